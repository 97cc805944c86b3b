package juxta.plugin.medcluster;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import juxta.api.Dataset;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.TaskContext;
import juxta.api.Value;
import juxta.toolkit.clustering.Clusters;
import juxta.toolkit.clustering.Elbow;
import juxta.toolkit.clustering.KMeans;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.AtomicFile;

/**
 * The phase between both trainings: k-means on h of all training images, as they are. Its centres
 * become the prototypes.
 *
 * @param setup the run
 */
record ClusterTask(Setup setup) {
  private static final String CURVE = "elbow.csv";

  void run(TaskContext task) {
    Settings s = setup.settings();
    Matrix h = task.run(ModelFunction.EMBED, Dataset.TRAIN, ModelFunction.EMBEDDING); // [N, Q]
    int k = s.get(MedClusterSettings.CLUSTERS).orElseGet(() -> elbow(task, h));
    Clusters found = kMeans(k).fit(h);
    task.log("clusters", k);
    task.log("distortion", found.distortion());
    task.write(parameters(found.centres(), MedClusterSettings.room(s)));
  }

  private KMeans kMeans(int k) {
    return kMeans(setup, k);
  }

  static KMeans kMeans(Setup setup, int k) {
    return KMeans.of(k, setup.seed()).restarts(setup.settings().get(MedClusterSettings.RESTARTS));
  }

  /** K, and the curve that it was read from among the artefacts. */
  private int elbow(TaskContext task, Matrix h) {
    int least = setup.settings().get(MedClusterSettings.LEAST);
    int most = Math.min(setup.settings().get(MedClusterSettings.MOST), h.rows());
    Elbow elbow =
        Elbow.search(
            h,
            least,
            most,
            k -> {
              task.progress(k - least, most - least + 1L, "numbers of clusters");
              return kMeans(k);
            });
    StringBuilder curve = new StringBuilder("clusters,distortion,chosen\n");
    for (int i = 0; i < elbow.distortions().length; i++) {
      curve.append(
          String.format(
              Locale.ROOT,
              "%d,%s,%s\n",
              least + i,
              elbow.distortions()[i],
              least + i == elbow.k() ? (elbow.found() ? "elbow" : "no elbow: the middle") : ""));
    }
    AtomicFile.write(task.artefacts().resolve(CURVE), curve.toString());
    task.log("elbow-depth", elbow.depth());
    return elbow.k();
  }

  /** Rows, and zeros up to the room that there is. */
  static Value padded(Matrix centres, int room) {
    float[] padded = new float[room * centres.columns()];
    System.arraycopy(centres.values(), 0, padded, 0, centres.values().length);
    return Tensors.floats(new long[] {room, centres.columns()}, padded);
  }

  /** Prototypes, centres and which of them are in use. */
  static Map<String, Value> parameters(Matrix centres, int room) {
    float[] used = new float[room];
    Arrays.fill(used, 0, centres.rows(), 1);
    Value value = padded(centres, room);
    Map<String, Value> parameters = new LinkedHashMap<>();
    parameters.put(Prototypes.PLACE + "." + Prototypes.MOVING, value);
    parameters.put(Prototypes.PLACE + "." + Prototypes.FIXED, value);
    parameters.put(
        Prototypes.PLACE + "." + Prototypes.USED, Tensors.floats(new long[] {room}, used));
    return parameters;
  }
}
