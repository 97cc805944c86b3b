package juxta.launcher.preview;

import java.util.ArrayList;
import java.util.List;
import juxta.api.View;
import juxta.engine.preview.MethodViews;
import juxta.engine.run.Choices;

/**
 * Which views a sheet has.
 *
 * @param views those of one step
 * @param steps how many steps draw them
 * @param left how many more views a step has than there is room for
 */
public record ViewColumns(List<View> views, int steps, int left) {
  /** Without views. */
  public static final ViewColumns NONE = new ViewColumns(List.of(), 0, 0);

  private static final int MOST = 6;

  /**
   * Copies.
   *
   * @param views see the record
   * @param steps see the record
   * @param left see the record
   */
  public ViewColumns {
    views = List.copyOf(views);
  }

  /**
   * For the views of a method: one view alone is drawn in two steps, and where no step draws any
   * there is the fixed view that models are scored with.
   *
   * @param method what its steps draw
   * @param choices the method and its parts
   * @return the columns
   */
  public static ViewColumns of(MethodViews method, Choices choices) {
    if (choices.augmentation().isEmpty()) {
      return NONE;
    }
    List<View> views = method.views().isEmpty() ? List.of(View.EVALUATION) : method.views();
    List<View> shown = views.subList(0, Math.min(MOST, views.size()));
    boolean alone = shown.size() == 1 && !method.views().isEmpty();
    return new ViewColumns(shown, alone ? 2 : 1, views.size() - shown.size());
  }

  /**
   * Headings.
   *
   * @return one a column
   */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    int globals = 0;
    int locals = 0;
    for (int step = 0; step < steps; step++) {
      for (View view : views) {
        names.add(
            switch (view.kind()) {
              case GLOBAL -> "view " + ++globals;
              case LOCAL -> "local view " + ++locals;
              case PROBE -> "as a linear probe sees it";
              case EVALUATION -> "as models are scored";
            });
      }
    }
    return names;
  }
}
