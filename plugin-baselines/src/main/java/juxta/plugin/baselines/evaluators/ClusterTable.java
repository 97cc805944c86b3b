package juxta.plugin.baselines.evaluators;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import juxta.api.Dataset;
import juxta.toolkit.clustering.ClassMap;
import juxta.toolkit.io.Csv;

/**
 * A row a record: split, number, class, cluster, and the class that the cluster stands for; the
 * model's own cluster, where it has any. A record without a class has an empty cell.
 */
final class ClusterTable {
  private final ClusterData data;
  private final Partition found;
  private final ClassMap map;
  private final Optional<Partition> own;
  private final Csv table;

  private ClusterTable(ClusterData data, Partition found, Optional<Partition> own) {
    this.data = data;
    this.found = found;
    this.own = own;
    this.map = ClassMap.of(found.train(), data.trainClasses(), found.k());
    List<String> header =
        new ArrayList<>(List.of("split", "record", "class", "cluster", "cluster-class"));
    own.ifPresent(partition -> header.add("own-cluster"));
    this.table = new Csv(header);
  }

  static void write(ClusterData data, Partition found, Optional<Partition> own, Path file) {
    ClusterTable table = new ClusterTable(data, found, own);
    for (int i = 0; i < found.train().length; i++) {
      int at = i;
      table.row(
          Dataset.TRAIN,
          i,
          data.trainClasses()[i],
          found.train()[i],
          own.map(partition -> partition.train()[at]));
    }
    for (int i = 0; i < found.test().length; i++) {
      int at = i;
      table.row(
          Dataset.TEST,
          data.labelled().records()[i],
          data.testClasses()[i],
          found.test()[i],
          own.map(partition -> partition.test()[at]));
    }
    table.table.write(file);
  }

  private void row(String split, int record, int label, int cluster, Optional<Integer> ownCluster) {
    List<Object> row = new ArrayList<>();
    row.add(split);
    row.add(record);
    row.add(label < 0 ? "" : data.names().get(label));
    row.add(cluster);
    row.add(data.names().get(map.classes()[cluster]));
    ownCluster.ifPresent(row::add);
    table.row(row);
  }
}
