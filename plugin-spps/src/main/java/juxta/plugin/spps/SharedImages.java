package juxta.plugin.spps;

import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/** Which views of a step are of the same image, although they belong to different entries. */
final class SharedImages {
  private SharedImages() {}

  /**
   * Compares records.
   *
   * @param records [2B], the image behind each view, view-major
   * @return [2B, 2B] of 0 and 1
   */
  static Value of(int[] records) {
    int n = records.length;
    float[] shared = new float[n * n];
    for (int u = 0; u < n; u++) {
      for (int v = 0; v < n; v++) {
        shared[u * n + v] = u != v && records[u] == records[v] ? 1 : 0;
      }
    }
    return Tensors.floats(new long[] {n, n}, shared);
  }
}
