package juxta.plugin.baselines.evaluators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import juxta.api.Matrix;
import juxta.api.Score;
import juxta.toolkit.clustering.ClassMap;
import juxta.toolkit.clustering.Contingency;
import juxta.toolkit.clustering.Separation;
import juxta.toolkit.graph.Seeds;
import juxta.toolkit.metrics.Classification;
import juxta.toolkit.metrics.Rows;
import juxta.toolkit.metrics.Summary;

/** Scores of partitions of the same records. */
final class ClusterScores {
  private final ClusterData data;
  private final double majority;
  private final int[] sample; // test records that the silhouette is taken of
  private final Matrix sampled;

  ClusterScores(ClusterData data, int most, long seed) {
    this.data = data;
    this.majority = Contingency.of(data.testClasses(), data.testClasses()).majority();
    this.sample = sample(data.test().rows(), most, Seeds.mix(seed, "clustering", "silhouette"));
    this.sampled = Rows.pick(data.test(), sample);
  }

  /** Some of the records in their order, or all. */
  static int[] sample(int size, int most, long seed) {
    int[] some = Arrays.copyOf(HeldOut.shuffled(size, seed), Math.min(size, most));
    Arrays.sort(some);
    return some;
  }

  /**
   * Means over partitions; a score that a partition does not have is left out.
   *
   * @param prefix goes before the names
   * @param partitions one a repetition
   * @param protocol stands beside each
   */
  List<Score> of(String prefix, List<Partition> partitions, Map<String, String> protocol) {
    List<Map<String, Double>> each = partitions.stream().map(this::scores).toList();
    List<Score> scores = new ArrayList<>();
    for (String metric : each.get(0).keySet()) {
      double[] values =
          each.stream().mapToDouble(s -> s.getOrDefault(metric, Double.NaN)).toArray();
      Summary summary = Summary.of(values);
      if (!Double.isFinite(summary.mean())) {
        continue;
      }
      Map<String, String> beside = new LinkedHashMap<>(protocol);
      boolean rate = metric.endsWith("accuracy");
      if (rate) {
        beside.put("majority", percent(majority) + " of the scored records are of one class");
      }
      if (metric.equals("accuracy")) {
        beside.put("map", "a cluster stands for the class of most of its training records");
      }
      if (metric.equals("silhouette")) {
        beside.put("silhouette", "of " + sample.length + " test records");
      }
      if (values.length > 1) {
        beside.put("deviation", String.format(Locale.ROOT, "%.4f", summary.deviation()));
      }
      Score.Unit unit = rate ? Score.Unit.RATE : Score.Unit.NUMBER;
      Score.Better better =
          metric.equals("davies-bouldin") ? Score.Better.LOWER : Score.Better.HIGHER;
      scores.add(new Score(prefix + metric, summary.mean(), unit, better, beside));
    }
    return scores;
  }

  /** What a model that says the same of every record reaches. */
  Score majority() {
    return new Score(
        "majority",
        majority,
        Score.Unit.RATE,
        Score.Better.NEITHER,
        Map.of("majority", "share of the largest class of the scored records; not of the model"));
  }

  private Map<String, Double> scores(Partition partition) {
    int[] classes = data.testClasses();
    ClassMap map = ClassMap.of(partition.train(), data.trainClasses(), partition.k());
    int[] predicted = map.predict(partition.test());
    Contingency table = Contingency.of(partition.test(), classes);
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("accuracy", Classification.accuracy(predicted, classes));
    scores.put("hungarian-accuracy", table.matchedAccuracy());
    scores.put("nmi", table.mutualInformation());
    scores.put("nmi-mapped", Contingency.of(predicted, classes).mutualInformation());
    scores.put("ari", table.adjustedRand());
    int[] some = Arrays.stream(sample).map(i -> partition.test()[i]).toArray();
    put(scores, "silhouette", Separation.silhouette(sampled, some));
    put(scores, "davies-bouldin", Separation.daviesBouldin(data.test(), partition.test()));
    return scores;
  }

  private static void put(Map<String, Double> scores, String metric, OptionalDouble value) {
    scores.put(metric, value.orElse(Double.NaN));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
