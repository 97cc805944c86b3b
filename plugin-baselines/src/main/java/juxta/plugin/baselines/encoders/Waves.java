package juxta.plugin.baselines.encoders;

/**
 * The fixed position embedding of MoCo v3 (vits.py): sines and cosines of the row, then of the
 * column, at wave lengths from 2 pi to nearly 20000 pi; zeros for the class token.
 */
final class Waves {
  private static final double LONGEST = 10_000;

  private Waves() {}

  /** [1 + h w, D], patches row by row; D is a multiple of 4. */
  static float[] of(int height, int width, int length) {
    int quarter = length / 4;
    float[] table = new float[(1 + height * width) * length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int at = (1 + row * width + column) * length;
        for (int k = 0; k < quarter; k++) {
          double omega = Math.pow(LONGEST, -(double) k / quarter);
          table[at + k] = (float) Math.sin(row * omega);
          table[at + quarter + k] = (float) Math.cos(row * omega);
          table[at + 2 * quarter + k] = (float) Math.sin(column * omega);
          table[at + 3 * quarter + k] = (float) Math.cos(column * omega);
        }
      }
    }
    return table;
  }
}
