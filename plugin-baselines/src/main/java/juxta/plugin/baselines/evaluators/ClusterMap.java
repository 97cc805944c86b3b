package juxta.plugin.baselines.evaluators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import juxta.api.Evaluation;
import juxta.plugin.baselines.projection.PlanarMap;
import juxta.plugin.baselines.projection.TSne;
import juxta.toolkit.clustering.ClassMap;
import juxta.toolkit.clustering.Hungarian;
import juxta.toolkit.graph.Seeds;
import juxta.toolkit.metrics.Rows;

/**
 * A map of test records, drawn once by principal components and once by neighbours: marks in one
 * row are classes, in the next clusters, and in a third the model's own clusters if it has any. A
 * cluster has the mark of the class that it matches best, one to one; clusters that are left over
 * have marks of their own.
 */
final class ClusterMap {
  private static final int FEWEST = 4;

  private ClusterMap() {}

  static void write(
      Evaluation evaluation, ClusterData data, Partition found, Optional<Partition> own) {
    int most = evaluation.settings().get(Clustering.MAP_RECORDS);
    int[] some =
        ClusterScores.sample(
            data.test().rows(), most, Seeds.mix(evaluation.seed(), "clustering", "map"));
    if (some.length < FEWEST) {
      return;
    }
    PlanarMap map = PlanarMap.of(Rows.pick(data.test(), some), TSne.DEFAULT);
    String components =
        String.format(
            Locale.ROOT,
            "principal components (%.0f %% and %.0f %% of the variance)",
            100 * map.share()[0],
            100 * map.share()[1]);
    String neighbours = "t-SNE, " + some.length + " of " + data.test().rows() + " test records";
    List<MapPicture.Row> rows = new ArrayList<>();
    SortedMap<Integer, String> classes = new TreeMap<>();
    IntStream.range(0, data.names().size()).forEach(c -> classes.put(c, data.names().get(c)));
    rows.add(new MapPicture.Row("classes", classes, pick(data.testClasses(), some)));
    rows.add(row("clusters of k-means (class)", data, found, some));
    own.ifPresent(
        partition -> rows.add(row("the model's own clusters (class)", data, partition, some)));
    MapPicture.draw(
            List.of(
                new MapPicture.Panel(components, map.components()),
                new MapPicture.Panel(neighbours, map.neighbours())),
            rows)
        .write(evaluation.directory().resolve("clusters.png"));
  }

  private static MapPicture.Row row(
      String title, ClusterData data, Partition partition, int[] some) {
    ClassMap map = ClassMap.of(partition.train(), data.trainClasses(), partition.k());
    int[] marks = marks(data, partition);
    SortedMap<Integer, String> names = new TreeMap<>();
    for (int c = 0; c < partition.k(); c++) {
      names.put(marks[c], c + " (" + data.names().get(map.classes()[c]) + ")");
    }
    int[] clusters = pick(partition.test(), some);
    return new MapPicture.Row(title, names, pick(marks, clusters));
  }

  /** The mark of each cluster. */
  private static int[] marks(ClusterData data, Partition partition) {
    int classes = data.names().size();
    long[][] counts = new long[partition.k()][classes]; // of training records
    for (int i = 0; i < partition.train().length; i++) {
      if (data.trainClasses()[i] >= 0) {
        counts[partition.train()[i]][data.trainClasses()[i]]++;
      }
    }
    int[] marks = Hungarian.mostWeight(counts);
    int next = classes;
    for (int c = 0; c < marks.length; c++) {
      marks[c] = marks[c] < 0 ? next++ : marks[c];
    }
    return marks;
  }

  private static int[] pick(int[] all, int... some) {
    return Arrays.stream(some).map(i -> all[i]).toArray();
  }
}
