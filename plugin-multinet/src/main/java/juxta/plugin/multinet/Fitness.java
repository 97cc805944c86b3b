package juxta.plugin.multinet;

import java.util.ArrayList;
import java.util.List;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.UserException;
import juxta.api.View;

/** Whether the settings fit each other, the batch and the views. */
final class Fitness {
  /** More combinations than these are a mistake: each is a row of the projector for each image. */
  private static final int MOST = 1000;

  private Fitness() {}

  /**
   * Checks a run.
   *
   * @throws UserException if something does not fit, naming all that does not
   */
  static void check(Setup setup) {
    Settings s = setup.settings();
    List<String> problems = new ArrayList<>();
    if (setup.batch() < 2) {
      problems.add("batch: one image alone has no negatives; pass --batch with 2 or more");
    }
    double local = s.get(MultinetSettings.LOCAL_WEIGHT);
    boolean released = s.get(MultinetSettings.GRADIENT).equals(MultinetSettings.AS_RELEASED);
    if (s.get(MultinetSettings.GLOBAL_WEIGHT) == 0 && (local == 0 || released)) {
      problems.add(
          "global-weight: without the global loss nothing is trained, as the local one has "
              + (local == 0
                  ? "local-weight 0; make one of the two more than 0"
                  : "no gradient with local-gradient=as-released; pass --set"
                      + " local-gradient=as-designed"));
    }
    if (s.get(MultinetSettings.NEIGHBOURS)) {
      queue(setup, problems);
    }
    if (local > 0) {
      parts(setup, problems);
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  private static void queue(Setup setup, List<String> problems) {
    int queue = setup.settings().get(MultinetSettings.QUEUE);
    int batch = setup.batch();
    if (queue % batch != 0) {
      problems.add(
          "queue: %d embeddings are no multiple of the batch of %d; pass --set queue=%d"
              .formatted(queue, batch, Math.max(1, queue / batch) * batch));
    }
  }

  private static void parts(Setup setup, List<String> problems) {
    Parts parts = Parts.of(setup.settings());
    int side = setup.side(View.Kind.GLOBAL);
    if (side % parts.splits() != 0) {
      problems.add(
          "splits: views of side %d do not divide into %d parts a side; pass --set splits=N with a divisor of %1$d"
              .formatted(side, parts.splits()));
    }
    if (parts.combined() > parts.count()) {
      problems.add(
          "parts-combined: %d of %d parts cannot be chosen; pass --set parts-combined=N with N up to %2$d"
              .formatted(parts.combined(), parts.count()));
    } else if (parts.choices() > MOST) {
      problems.add(
          "parts-combined: there are %.0f choices of %d of %d parts, more than %d; pass a smaller --set parts-combined or splits"
              .formatted(parts.choices(), parts.combined(), parts.count(), MOST));
    }
  }
}
