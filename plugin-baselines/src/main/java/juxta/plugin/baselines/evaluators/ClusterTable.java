package juxta.plugin.baselines.evaluators;

import java.nio.file.Path;
import java.util.Optional;
import juxta.api.Dataset;
import juxta.toolkit.clustering.ClassMap;
import juxta.toolkit.io.AtomicFile;

/**
 * A row a record: split, number, class, cluster, and the class that the cluster stands for; the
 * model's own cluster, where it has any. A record without a class has an empty cell.
 */
final class ClusterTable {
  private final ClusterData data;
  private final Partition found;
  private final ClassMap map;
  private final Optional<Partition> own;
  private final StringBuilder text = new StringBuilder();

  private ClusterTable(ClusterData data, Partition found, Optional<Partition> own) {
    this.data = data;
    this.found = found;
    this.own = own;
    this.map = ClassMap.of(found.train(), data.trainClasses(), found.k());
  }

  static void write(ClusterData data, Partition found, Optional<Partition> own, Path file) {
    ClusterTable table = new ClusterTable(data, found, own);
    table.text.append("split,record,class,cluster,cluster-class");
    table.text.append(own.isPresent() ? ",own-cluster\n" : "\n");
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
    AtomicFile.write(file, table.text.toString());
  }

  private void row(String split, int record, int label, int cluster, Optional<Integer> ownCluster) {
    text.append(split).append(',').append(record).append(',');
    text.append(label < 0 ? "" : Csv.cell(data.names().get(label))).append(',');
    text.append(cluster).append(',').append(Csv.cell(data.names().get(map.classes()[cluster])));
    ownCluster.ifPresent(number -> text.append(',').append(number));
    text.append('\n');
  }
}
