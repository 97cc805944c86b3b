package juxta.plugin.multinet;

import java.util.ArrayList;
import java.util.List;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.UserException;
import juxta.api.View;
import juxta.toolkit.discrimination.Parts;

/** Whether the settings fit each other, the batch and the views. */
final class Fitness {
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
      Parts parts = MultinetSettings.parts(s);
      problems.addAll(parts.problems(setup.side(View.Kind.GLOBAL)));
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
}
