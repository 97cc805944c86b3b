package juxta.launcher.preview;

import java.nio.file.Path;
import java.util.Optional;
import juxta.api.Dataset;
import juxta.api.UserException;
import juxta.engine.preview.Draws;
import juxta.engine.preview.MethodViews;
import juxta.engine.run.Choices;

/**
 * The views that are shown beside records.
 *
 * @param choices the method that draws them, with its parts; empty where there are none
 * @param columns which views
 * @param about what a sheet says of them, empty where there is nothing to say
 */
public record ShownViews(Optional<Choices> choices, ViewColumns columns, String about) {
  /** No views. */
  public static final ShownViews NONE = new ShownViews(Optional.empty(), ViewColumns.NONE, "");

  /** Nothing is trained, so nothing is written or read there. */
  private static final Path NOWHERE = Path.of("juxta-preview");

  /**
   * Those of a method.
   *
   * @param choices the method and its parts
   * @param data the data
   * @return its views
   * @throws UserException if the method does not take the data
   */
  public static ShownViews of(Choices choices, Dataset data) {
    MethodViews drawn = MethodViews.of(choices, data, NOWHERE);
    ViewColumns columns = ViewColumns.of(drawn, choices);
    String by = choices.method().id() + ", preset " + choices.preset();
    return new ShownViews(
        Optional.of(choices),
        columns,
        columns.views().isEmpty()
            ? by + ", draws no views"
            : "views of "
                + by
                + ", augmentation "
                + choices.augmentation().orElseThrow().id()
                + ", seed "
                + choices.seed()
                + remark(drawn, columns));
  }

  /**
   * Of a method that takes the data, where nothing is to be shown.
   *
   * @param choices the method and its parts
   * @return without views
   */
  public static ShownViews none(Choices choices) {
    return new ShownViews(Optional.of(choices), ViewColumns.NONE, "");
  }

  private static String remark(MethodViews drawn, ViewColumns columns) {
    if (!drawn.known()) {
      return "; which its steps draw shows only after an earlier phase";
    }
    if (columns.left() > 0) {
      return "; a step draws " + columns.left() + " more";
    }
    return columns.steps() > 1 ? "; a step draws one, these are of two steps" : "";
  }

  /**
   * What draws them.
   *
   * @param data the data
   * @return what draws, empty where there are no views
   */
  public Optional<Draws> draws(Dataset data) {
    return choices
        .filter(own -> !columns.views().isEmpty())
        .map(own -> new Draws(own, data, NOWHERE));
  }

  /**
   * The seed of what is drawn.
   *
   * @return the method's, else 0
   */
  public long seed() {
    return choices.map(Choices::seed).orElse(0);
  }
}
