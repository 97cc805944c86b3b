package juxta.plugin.datasets.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;

/** Class names that may lie beside the data, one a line in label order. */
public final class ClassNames {
  private ClassNames() {}

  /** The names in the file, or the usual ones where there is no file. */
  public static List<String> read(Path file, List<String> usual) {
    if (!Files.exists(file)) {
      return usual;
    }
    List<String> names = DataFolder.lines(file);
    if (names.size() != usual.size()) {
      throw new UserException(
          "%s: names %d classes where the data have %d; mend the file or remove it"
              .formatted(file, names.size(), usual.size()));
    }
    return names;
  }
}
