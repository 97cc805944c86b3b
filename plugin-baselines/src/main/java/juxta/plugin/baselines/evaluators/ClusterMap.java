package juxta.plugin.baselines.evaluators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import juxta.api.Evaluation;
import juxta.toolkit.clustering.ClassMap;
import juxta.toolkit.graph.Seeds;
import juxta.toolkit.metrics.Rows;
import juxta.toolkit.projection.PlanarMap;
import juxta.toolkit.projection.TSne;

/**
 * A map of test records, drawn once by principal components and once by neighbours: marks in one
 * row are classes, in the next clusters, and in a third the model's own clusters if it has any.
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
    rows.add(new MapPicture.Row("classes", data.names(), pick(data.testClasses(), some)));
    rows.add(row("k-means, a cluster and what it stands for", data, found, some));
    own.ifPresent(partition -> rows.add(row("the model's own clusters", data, partition, some)));
    MapPicture.write(
        List.of(
            new MapPicture.Panel(components, map.components()),
            new MapPicture.Panel(neighbours, map.neighbours())),
        rows,
        evaluation.directory().resolve("clusters.png"));
  }

  private static MapPicture.Row row(
      String title, ClusterData data, Partition partition, int[] some) {
    ClassMap map = ClassMap.of(partition.train(), data.trainClasses(), partition.k());
    List<String> names =
        IntStream.range(0, partition.k())
            .mapToObj(c -> c + " (" + data.names().get(map.classes()[c]) + ")")
            .toList();
    return new MapPicture.Row(title, names, pick(partition.test(), some));
  }

  private static int[] pick(int[] all, int... some) {
    return Arrays.stream(some).map(i -> all[i]).toArray();
  }
}
