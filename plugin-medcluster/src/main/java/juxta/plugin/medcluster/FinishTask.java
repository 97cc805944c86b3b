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
import juxta.toolkit.clustering.ClassMap;
import juxta.toolkit.clustering.Hungarian;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.metrics.Classification;

/**
 * The last phase: k-means' centres for the trained encoder, which class each cluster stands for,
 * the Gaussian that samples are drawn from, and pictures. All of it is read from training images;
 * their labels make the map and nothing else.
 *
 * <p>The second phase moves h away from the centres that were found before it, so they are found
 * again, as many (own choice), and numbered as the prototypes nearest to them, which stay.
 *
 * @param design of the run
 */
record FinishTask(Design design) {
  private static final String TABLE = "clusters.csv";

  void run(TaskContext task) {
    Setup setup = design.setup();
    Matrix h = task.run(ModelFunction.EMBED, Dataset.TRAIN, ModelFunction.EMBEDDING); // [N, Q]
    int used = Prototypes.used(task);
    task.write(
        Map.of(
            Prototypes.PLACE + "." + Prototypes.FIXED,
            ClusterTask.padded(centres(task, h, used), design.room())));
    int[] clusters = numbers(task.run(Functions.ASSIGN, Dataset.TRAIN, Functions.CLUSTER)); // [N]
    Map<String, Value> found = new LinkedHashMap<>(LatentGaussian.fit(h));
    int[] labels = labels(setup);
    boolean known = IntStream.of(labels).anyMatch(label -> label >= 0);
    ClassMap map =
        known ? ClassMap.of(clusters, labels, design.room()) : new ClassMap(new int[design.room()]);
    if (known) {
      found.putAll(ClusterClasses.parameter(map.classes()));
      task.log("train-mapped-accuracy", accuracy(map.predict(clusters), labels));
    }
    task.write(found);
    task.log("clusters-with-members", IntStream.of(clusters).distinct().count());
    AtomicFile.write(task.artefacts().resolve(TABLE), table(clusters, labels, map, used));
    int shown = setup.settings().get(MedClusterSettings.PICTURES);
    if (shown > 0) {
      new Pictures(design, task, shown).write(used, h, clusters);
    }
  }

  /** k-means' centres of the trained encoder's h, numbered as the prototypes nearest to them. */
  private Matrix centres(TaskContext task, Matrix h, int used) {
    Matrix found = ClusterTask.kMeans(design.setup(), used).fit(h).centres();
    float[] prototypes = Tensors.floats(task.read(Prototypes.PLACE + "." + Prototypes.MOVING));
    int q = h.columns();
    double[][] apart = new double[used][used]; // prototype by centre
    double most = Double.MIN_NORMAL;
    for (int k = 0; k < used; k++) {
      for (int i = 0; i < used; i++) {
        for (int j = 0; j < q; j++) {
          double off = prototypes[k * q + j] - found.at(i, j);
          apart[k][i] += off * off;
        }
        most = Math.max(most, apart[k][i]);
      }
    }
    long[][] alike = new long[used][used];
    for (int k = 0; k < used; k++) {
      for (int i = 0; i < used; i++) {
        alike[k][i] = Math.round(1e9 * (1 - apart[k][i] / most));
      }
    }
    int[] match = Hungarian.mostWeight(alike);
    float[] ordered = new float[used * q];
    for (int k = 0; k < used; k++) {
      System.arraycopy(found.values(), match[k] * q, ordered, k * q, q);
    }
    return new Matrix(used, q, ordered);
  }

  private static double accuracy(int[] predicted, int[] labels) {
    int[] known = IntStream.range(0, labels.length).filter(i -> labels[i] >= 0).toArray();
    return Classification.accuracy(
        IntStream.of(known).map(i -> predicted[i]).toArray(),
        IntStream.of(known).map(i -> labels[i]).toArray());
  }

  /** A line a cluster, in the order in which pictures show them. */
  private String table(int[] clusters, int[] labels, ClassMap map, int used) {
    List<String> names = design.setup().data().classes();
    StringBuilder table = new StringBuilder("cluster,images,class,share\n");
    for (int k = 0; k < used; k++) {
      int cluster = k;
      int[] members =
          IntStream.range(0, labels.length).filter(i -> clusters[i] == cluster).toArray();
      long labelled = IntStream.of(members).filter(i -> labels[i] >= 0).count();
      long right = IntStream.of(members).filter(i -> labels[i] == map.classes()[cluster]).count();
      String name = labelled == 0 ? "" : names.get(map.classes()[k]).replace("\"", "\"\"");
      table.append(
          String.format(
              Locale.ROOT,
              "%d,%d,%s,%s\n",
              k,
              members.length,
              labelled == 0 ? "" : '"' + name + '"',
              labelled == 0 ? "" : right / (double) labelled));
    }
    return table.toString();
  }

  /** Classes of those training images that the map is made of, -1 for the others. */
  private int[] labels(Setup setup) {
    Split train = setup.data().train();
    int asked = setup.settings().get(MedClusterSettings.MAPPED).orElse(Integer.MAX_VALUE);
    int[] labels = new int[train.size()];
    int taken = 0;
    for (int i = 0; i < labels.length; i++) {
      int label = design.labelled() ? train.value(Field.LABEL, i).number() : -1;
      boolean mapped = label >= 0 && taken < asked;
      labels[i] = mapped ? label : -1;
      taken += mapped ? 1 : 0;
    }
    return labels;
  }

  private static int[] numbers(Matrix column) {
    return IntStream.range(0, column.rows()).map(i -> Math.round(column.at(i, 0))).toArray();
  }
}
