package juxta.plugin.baselines.evaluators;

import java.util.Map;
import juxta.api.Evaluation;
import juxta.api.UserException;
import juxta.toolkit.clustering.Elbow;

/** How many clusters there shall be. */
final class ClusterCount {
  private static final int FEWEST = 2;
  private static final int MOST = 19;

  private ClusterCount() {}

  /** The number, and beside the scores how it came about. */
  static int choose(Evaluation evaluation, ClusterData data, Map<String, String> shown) {
    int wanted = evaluation.settings().get(Clustering.CLUSTERS).orElse(0);
    int records = data.train().rows();
    int k = wanted == 0 ? data.names().size() : wanted < 0 ? FEWEST : wanted;
    if (k > records) {
      throw new UserException(
          "clustering: %d clusters cannot be made of %d training records; set clustering.clusters"
              .formatted(k, records));
    }
    if (wanted < 0) {
      Elbow elbow =
          Elbow.search(
              data.train(),
              FEWEST,
              MOST,
              tried -> {
                evaluation.progress(tried - FEWEST, MOST - FEWEST + 1, "numbers of clusters");
                return Clustering.kMeans(evaluation, tried, 0);
              });
      shown.put(
          "clusters", elbow.k() + (elbow.found() ? ", by the elbow" : ", as there is no elbow"));
      return elbow.k();
    }
    shown.put("clusters", k + (wanted == 0 ? ", as many as classes" : ", as set"));
    return k;
  }
}
