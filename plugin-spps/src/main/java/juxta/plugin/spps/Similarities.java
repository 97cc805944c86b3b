package juxta.plugin.spps;

import juxta.api.Matrix;

/**
 * Cosines in double precision, summed in one fixed order: the same on every machine, however images
 * are dealt into blocks.
 *
 * @param unit V, rows of length 1
 */
record Similarities(Matrix unit) {
  /** s_ij = V_i . V_j, the same as s_ji. */
  double of(int i, int j) {
    int width = unit.columns();
    float[] v = unit.values();
    double sum = 0;
    for (int a = i * width, b = j * width, end = a + width; a < end; a++, b++) {
      sum += (double) v[a] * v[b];
    }
    return sum;
  }
}
