package juxta.plugin.medcluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Setup;
import juxta.api.Split;
import juxta.api.TaskContext;
import juxta.api.Value;

/**
 * The last phase: k-means' centres for the trained encoder, which class each cluster stands for,
 * the Gaussian that samples are drawn from, and pictures. All of it is read from training images;
 * their labels make the map and nothing else.
 *
 * <p>The second phase moves h away from the centres that were found before it, so they are found
 * again, as many (own choice); prototypes stay as they are.
 *
 * @param design of the run
 */
record FinishTask(Design design) {
  private static final String TABLE = "clusters.csv";

  void run(TaskContext task) {
    Setup setup = design.setup();
    Matrix h = task.run(ModelFunction.EMBED, Dataset.TRAIN, ModelFunction.EMBEDDING); // [N, Q]
    int used = Prototypes.used(task);
    Matrix centres = ClusterTask.kMeans(setup, used).fit(h).centres();
    task.write(
        Map.of(
            Prototypes.PLACE + "." + Prototypes.FIXED, ClusterTask.padded(centres, design.room())));
    int[] clusters = numbers(task.run(Functions.ASSIGN, Dataset.TRAIN, Functions.CLUSTER)); // [N]
    Map<String, Value> found = new LinkedHashMap<>(LatentGaussian.fit(h));
    int known = Math.max(1, setup.data().classes().size());
    ClassMap map = ClassMap.of(clusters, labels(setup), design.room(), known);
    if (design.labelled()) {
      found.put(Prototypes.PLACE + "." + ClassMap.NAME, map.value());
      task.log("train-mapped-accuracy", map.accuracy());
    }
    task.write(found);
    int[] sizes = new int[design.room()];
    IntStream.of(clusters).forEach(cluster -> sizes[cluster]++);
    task.log("clusters-with-members", IntStream.of(sizes).filter(size -> size > 0).count());
    WholeFile.write(
        task.artefacts().resolve(TABLE), table(map, java.util.Arrays.copyOf(sizes, used)));
    int shown = setup.settings().get(MedClusterSettings.PICTURES);
    if (shown > 0) {
      new Pictures(design, task, shown).write(used, h, clusters);
    }
  }

  /** A line a cluster, in the order in which pictures show them. */
  private String table(ClassMap map, int[] sizes) {
    List<String> names = design.setup().data().classes();
    StringBuilder table = new StringBuilder("cluster,images,class,share\n");
    for (int k = 0; k < sizes.length; k++) {
      int labelled = IntStream.of(map.counts()[k]).sum();
      boolean known = design.labelled() && labelled > 0;
      table.append(
          String.format(
              Locale.ROOT,
              "%d,%d,%s,%s\n",
              k,
              sizes[k],
              known ? '"' + names.get(map.classes()[k]).replace("\"", "\"\"") + '"' : "",
              known ? map.counts()[k][map.classes()[k]] / (double) labelled : ""));
    }
    return table.toString();
  }

  /** Classes of those training images that the map is made of, -1 for the others. */
  private int[] labels(Setup setup) {
    Split train = setup.data().train();
    int asked = setup.settings().get(MedClusterSettings.MAPPED);
    int[] labels = new int[train.size()];
    int taken = 0;
    for (int i = 0; i < labels.length; i++) {
      int label = design.labelled() ? train.value(Field.LABEL, i).number() : -1;
      boolean mapped = label >= 0 && (asked == 0 || taken < asked);
      labels[i] = mapped ? label : -1;
      taken += mapped ? 1 : 0;
    }
    return labels;
  }

  private static int[] numbers(Matrix column) {
    return IntStream.range(0, column.rows()).map(i -> Math.round(column.at(i, 0))).toArray();
  }
}
