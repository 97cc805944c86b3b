package juxta.toolkit.volume;

import java.util.List;

/** Sums of the probabilities that windows have given to each voxel of a scan. */
final class WindowSums {
  private final Windows windows;
  private float[] values = {}; // [X, Y, Z, C] once the first window tells C
  private int classes;

  WindowSums(Windows windows) {
    this.windows = windows;
  }

  void add(int from, int count, float[] probabilities) {
    int voxels = Math.multiplyExact(windows.patch().voxels(), count);
    if (classes == 0) {
      classes = probabilities.length / voxels;
      values = new float[Math.multiplyExact(windows.scan().voxels(), classes)];
    }
    if (classes == 0 || probabilities.length != (long) voxels * classes) {
      throw new IllegalArgumentException(
          probabilities.length + " probabilities of " + voxels + " voxels");
    }
    for (int n = 0; n < count; n++) {
      int start = n * windows.patch().voxels();
      windows.runs(
          from + n,
          (inScan, inPatch, length) -> {
            int source = (start + inPatch) * classes;
            int target = inScan * classes;
            for (int i = 0; i < length * classes; i++) {
              values[target + i] += probabilities[source + i];
            }
          });
    }
  }

  /** Windows lie on a lattice: how many cover a voxel is a product over the axes. */
  Probabilities means() {
    Extent scan = windows.scan();
    int[] x = cover(scan.x(), windows.patch().x(), windows.xs());
    int[] y = cover(scan.y(), windows.patch().y(), windows.ys());
    int[] z = cover(scan.z(), windows.patch().z(), windows.zs());
    int at = 0;
    for (int i = 0; i < scan.x(); i++) {
      for (int j = 0; j < scan.y(); j++) {
        for (int k = 0; k < scan.z(); k++) {
          for (int c = 0; c < classes; c++) {
            values[at++] /= x[i] * y[j] * z[k];
          }
        }
      }
    }
    return new Probabilities(scan, classes, values);
  }

  private static int[] cover(int size, int patch, List<Integer> starts) {
    int[] covers = new int[size];
    for (int start : starts) {
      for (int i = Math.max(0, start); i < Math.min(size, start + patch); i++) {
        covers[i]++;
      }
    }
    return covers;
  }
}
