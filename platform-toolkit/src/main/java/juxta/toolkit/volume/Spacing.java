package juxta.toolkit.volume;

import java.util.List;

/**
 * Distances of neighbouring voxels.
 *
 * @param x along the first axis
 * @param y along the second axis
 * @param z along the third axis
 */
public record Spacing(double x, double y, double z) {
  /** Distances counted in voxels. */
  public static final Spacing VOXELS = new Spacing(1, 1, 1);

  /**
   * Checks.
   *
   * @param x more than 0
   * @param y more than 0
   * @param z more than 0
   * @throws IllegalArgumentException if a distance is not a number above 0
   */
  public Spacing {
    for (double d : new double[] {x, y, z}) {
      if (!(d > 0) || Double.isInfinite(d)) {
        throw new IllegalArgumentException("a spacing of " + x + " x " + y + " x " + z);
      }
    }
  }

  /**
   * The spacing of a grid.
   *
   * @param grid the grid of a scan
   * @return millimetres
   */
  public static Spacing of(Grid grid) {
    return new Spacing(grid.spacing(0), grid.spacing(1), grid.spacing(2));
  }

  /**
   * Distance along each axis.
   *
   * @return three numbers
   */
  public List<Double> axes() {
    return List.of(x, y, z);
  }
}
