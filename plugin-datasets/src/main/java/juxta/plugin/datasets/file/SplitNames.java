package juxta.plugin.datasets.file;

import java.util.Locale;
import java.util.Optional;
import juxta.api.Dataset;

/** What people call the splits. */
public final class SplitNames {
  private SplitNames() {}

  /**
   * The split that a folder or a cell of a table names; capitals do not matter.
   *
   * @param word for example {@code Training} or {@code val}
   * @return the split's name, empty if the word is none of them
   */
  public static Optional<String> of(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "train", "training" -> Optional.of(Dataset.TRAIN);
      case "validation", "valid", "val", "dev" -> Optional.of(Dataset.VALIDATION);
      case "test", "testing" -> Optional.of(Dataset.TEST);
      default -> Optional.empty();
    };
  }
}
