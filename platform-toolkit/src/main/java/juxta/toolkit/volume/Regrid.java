package juxta.toolkit.volume;

import java.util.List;

/** Brings masks from one grid to another that lies in the same patient. */
public final class Regrid {
  /** Parts of a voxel by which a place may lie off a face: affines come as single precision. */
  private static final double SLACK = 1e-3;

  private Regrid() {}

  /**
   * Gives each voxel of a grid the class of the voxel of the other one in which its centre lies, 0
   * outside. A mask of a scan that was cut or resampled so comes to lie on the scan's file.
   *
   * @param mask [X, Y, Z] of {@code from}, class indices
   * @param from the mask's grid
   * @param to the grid wanted
   * @return [X, Y, Z] of {@code to}; the mask itself where both are the same
   * @throws IllegalArgumentException if the mask has not a class for each voxel, or the axes of
   *     {@code from} do not span space
   */
  public static byte[] nearest(byte[] mask, Grid from, Grid to) {
    if (mask.length != from.voxels()) {
      throw new IllegalArgumentException("a mask of " + mask.length + " voxels for " + from);
    }
    if (from.equals(to)) {
      return mask;
    }
    double[] map = composed(inverse(from.affine()), to.affine());
    byte[] regridded = new byte[to.voxels()];
    int at = 0;
    for (int i = 0; i < to.x(); i++) {
      for (int j = 0; j < to.y(); j++) {
        for (int k = 0; k < to.z(); k++) {
          int x = place(map, 0, i, j, k, from.x());
          int y = place(map, 4, i, j, k, from.y());
          int z = place(map, 8, i, j, k, from.z());
          if (x >= 0 && y >= 0 && z >= 0) {
            regridded[at] = mask[(x * from.y() + y) * from.z() + z];
          }
          at++;
        }
      }
    }
    return regridded;
  }

  /** The voxel along an axis, -1 outside; a place just off an outer face counts as on it. */
  private static int place(double[] map, int row, int i, int j, int k, int length) {
    double at = map[row] * i + map[row + 1] * j + map[row + 2] * k + map[row + 3];
    return at < -0.5 - SLACK || at > length - 0.5 + SLACK
        ? -1
        : (int) Math.min(length - 1, Math.max(0, Math.floor(at + 0.5 + SLACK / 2)));
  }

  /** 3 x 4 numbers that undo 3 x 4 numbers. */
  static double[] inverse(List<Double> a) {
    double[] inverse = new double[12];
    double determinant = 0;
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        // the cofactor of (column, row), with indices that go round
        int r1 = 4 * ((column + 1) % 3);
        int r2 = 4 * ((column + 2) % 3);
        int c1 = (row + 1) % 3;
        int c2 = (row + 2) % 3;
        inverse[4 * row + column] =
            a.get(r1 + c1) * a.get(r2 + c2) - a.get(r1 + c2) * a.get(r2 + c1);
      }
      determinant += inverse[4 * row] * a.get(row);
    }
    if (!(Math.abs(determinant) > 0)) {
      throw new IllegalArgumentException("axes that do not span space: " + a);
    }
    for (int row = 0; row < 12; row += 4) {
      for (int column = 0; column < 3; column++) {
        inverse[row + column] /= determinant;
      }
      inverse[row + 3] =
          -(inverse[row] * a.get(3) + inverse[row + 1] * a.get(7) + inverse[row + 2] * a.get(11));
    }
    return inverse;
  }

  /** First the second, then the first. */
  static double[] composed(double[] first, List<Double> second) {
    double[] map = new double[12];
    for (int row = 0; row < 12; row += 4) {
      for (int column = 0; column < 4; column++) {
        for (int inner = 0; inner < 3; inner++) {
          map[row + column] += first[row + inner] * second.get(4 * inner + column);
        }
      }
      map[row + 3] += first[row + 3];
    }
    return map;
  }
}
