package juxta.plugin.baselines.evaluators;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Evaluator;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Reference;
import juxta.api.Score;
import juxta.api.Setting;
import juxta.toolkit.clustering.Clusters;
import juxta.toolkit.clustering.KMeans;
import juxta.toolkit.graph.Seeds;

/**
 * How well clusters match classes that they were made without: k-means on the embeddings of the
 * training records, scored on the test records by their nearest centres. Labels of training records
 * only name the clusters, for the metric {@code accuracy}; no other metric looks at them.
 *
 * <p>A model that has clusters of its own, by a function {@code assign} with the output {@code
 * cluster}, is scored by these, too: metrics that begin with {@code own-}.
 *
 * <p>Leaves {@code clusters.csv}, the cluster of every record, and {@code clusters.png}, a map of
 * test records.
 */
public final class Clustering implements Evaluator {
  /** Name of the function of models that have clusters of their own. */
  static final String ASSIGN = "assign";

  /** Its output: the number of a cluster, [B]. */
  static final String CLUSTER = "cluster";

  /** Number of clusters. */
  public static final Setting<Optional<Integer>> CLUSTERS =
      Setting.integer("clusters")
          .range(-1, 10_000)
          .unset("as many as classes", "0")
          .describe("number of clusters; -1: by the elbow among 2 to 19 clusters")
          .source("Xie et al. 2016, section 5.1: as many as classes");

  /** Starts of k-means. */
  public static final Setting<Integer> RESTARTS =
      Setting.integer("restarts", 10)
          .range(1, 10_000)
          .describe("starts of k-means, of which the best is kept")
          .source("scikit-learn's long-time default");

  /** Repetitions. */
  public static final Setting<Integer> SEEDS =
      Setting.integer("seeds", 1)
          .range(1, 1000)
          .describe("how often k-means is repeated with another seed; scores are means")
          .source("own choice");

  /** Whether embeddings are brought to unit length. */
  public static final Setting<Boolean> UNIT =
      Setting.flag("unit", false)
          .describe("divide embeddings by their length before anything else")
          .source("own choice: distances as the model gives them");

  /** Records of the silhouette. */
  public static final Setting<Integer> SILHOUETTE_RECORDS =
      Setting.integer("silhouette-records", 5000)
          .range(2, 100_000)
          .describe(
              "test records that the silhouette is taken of, at most; time grows as its square")
          .source("own choice");

  /** Records of the map. */
  public static final Setting<Integer> MAP_RECORDS =
      Setting.integer("map-records", 1500)
          .range(0, 5000)
          .describe("test records on the map, at most; 0: no map; time grows as its square")
          .source("own choice");

  /** Made by the service loader. */
  public Clustering() {}

  @Override
  public String id() {
    return "clustering";
  }

  @Override
  public String summary() {
    return "k-means on the embeddings, and how well its clusters match the classes";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Xie, Girshick, Farhadi",
            "Unsupervised Deep Embedding for Clustering Analysis",
            2016,
            "https://arxiv.org/abs/1511.06335"));
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(CLUSTERS, RESTARTS, SEEDS, UNIT, SILHOUETTE_RECORDS, MAP_RECORDS);
  }

  @Override
  public Set<String> functions() {
    return Set.of(ModelFunction.EMBED);
  }

  @Override
  public List<Score> evaluate(Evaluation evaluation) {
    ClusterData data = ClusterData.of(evaluation, evaluation.settings().get(UNIT));
    Map<String, String> shared = data.shown();
    int k = ClusterCount.choose(evaluation, data, shared);
    int seeds = evaluation.settings().get(SEEDS);
    List<Partition> found = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      evaluation.progress(i, seeds, "clusterings");
      Clusters clusters = kMeans(evaluation, k, i).fit(data.train());
      found.add(new Partition(k, clusters.assignments(), clusters.assign(data.test())));
    }
    evaluation.progress(seeds, seeds, "clusterings");

    Map<String, String> protocol = new LinkedHashMap<>(shared);
    protocol.put("k-means", fitted(evaluation, data, found.get(0)));
    if (seeds > 1) {
      protocol.put("seeds", seeds + "; scores are means, and deviation says how far they differ");
    }
    int most = evaluation.settings().get(SILHOUETTE_RECORDS);
    ClusterScores scores = new ClusterScores(data, most, evaluation.seed());
    List<Score> all = new ArrayList<>(scores.of("", found, protocol));
    Optional<Partition> own = own(evaluation, data);
    own.ifPresent(
        partition -> {
          Map<String, String> ours = new LinkedHashMap<>(data.shown());
          ours.put("clusters", partition.k() + ", the model's own (function '" + ASSIGN + "')");
          all.addAll(scores.of("own-", List.of(partition), ours));
        });
    all.add(scores.majority());
    ClusterTable.write(data, found.get(0), own, evaluation.directory().resolve("clusters.csv"));
    ClusterMap.write(evaluation, data, found.get(0), own);
    return all;
  }

  static KMeans kMeans(Evaluation evaluation, int k, long repetition) {
    return KMeans.of(
            k, Seeds.mix(Seeds.mix(evaluation.seed(), "clustering", "k-means"), repetition))
        .restarts(evaluation.settings().get(RESTARTS));
  }

  private static String fitted(Evaluation evaluation, ClusterData data, Partition partition) {
    KMeans kMeans = kMeans(evaluation, partition.k(), 0);
    return "best of "
        + kMeans.restarts()
        + " starts of at most "
        + kMeans.rounds()
        + " rounds, fitted to "
        + data.train().rows()
        + " training records";
  }

  private static Optional<Partition> own(Evaluation evaluation, ClusterData data) {
    if (!evaluation.model().functions().contains(ASSIGN)) {
      return Optional.empty();
    }
    int[] train = numbers(evaluation.run(ASSIGN, Dataset.TRAIN, CLUSTER));
    int[] test = data.tested(numbers(evaluation.run(ASSIGN, Dataset.TEST, CLUSTER)));
    return Optional.of(Partition.of(train, test));
  }

  private static int[] numbers(Matrix column) {
    int[] numbers = new int[column.rows()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Math.round(column.at(i, 0));
    }
    return numbers;
  }
}
