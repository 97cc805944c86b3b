package juxta.plugin.baselines.evaluators;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import juxta.api.Evaluation;
import juxta.toolkit.graph.Seeds;
import juxta.toolkit.metrics.Classification;
import juxta.toolkit.metrics.Rows;

/** Chooses a recipe on training records that are held out; the test records are not looked at. */
final class HeldOut {
  /** A tenth of the training records, but no more than are needed to tell recipes apart. */
  private static final int MOST = 5000;

  private static final int FEWEST = 20;

  private HeldOut() {}

  /**
   * What was chosen.
   *
   * @param recipe the best recipe; the first of equally good ones
   * @param how how it was chosen, for people
   */
  record Choice(ProbeRecipe recipe, String how) {}

  static Choice choose(Evaluation evaluation, CachedProbe probe, List<ProbeRecipe> candidates) {
    int records = probe.trainLabels().length;
    int held = Math.min(MOST, records / 10);
    if (candidates.size() == 1 || held < FEWEST) {
      String why = candidates.size() == 1 ? "nothing to choose" : "too few records to hold any out";
      return new Choice(candidates.get(0), "not chosen: " + why);
    }
    int[] order = shuffled(records, Seeds.mix(evaluation.seed(), "linear", "held-out"));
    CachedProbe trial =
        part(probe, Arrays.copyOfRange(order, held, records), Arrays.copyOf(order, held));
    ProbeRecipe best = candidates.get(0);
    double accuracy = -1;
    for (ProbeRecipe candidate : candidates) {
      ProbeRecipe fitted = shortened(candidate).fitting(records - held);
      double found =
          Classification.topAccuracy(trial.scores(evaluation, fitted), trial.testLabels(), 1);
      if (found > accuracy) {
        accuracy = found;
        best = candidate;
      }
    }
    return new Choice(
        best,
        "learning rate and weight decay, best of "
            + candidates.size()
            + " on "
            + held
            + " held-out training records, then fitted to all");
  }

  /** A third of the way tells as much at a third of the time. */
  private static ProbeRecipe shortened(ProbeRecipe recipe) {
    return recipe.epochs((recipe.epochs() + 2) / 3, (recipe.fewestSteps() + 2) / 3);
  }

  private static CachedProbe part(CachedProbe probe, int[] fit, int[] held) {
    return new CachedProbe(
        Rows.pick(probe.train(), fit),
        pick(probe.trainLabels(), fit),
        Rows.pick(probe.train(), held),
        pick(probe.trainLabels(), held),
        probe.classes());
  }

  private static int[] pick(int[] labels, int[] records) {
    return Arrays.stream(records).map(i -> labels[i]).toArray();
  }

  static int[] shuffled(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }
}
