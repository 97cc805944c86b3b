package juxta.toolkit.volume;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The lattice of a scan's voxels: how many lie along each axis, and where they are.
 *
 * @param x voxels along the first axis
 * @param y voxels along the second axis
 * @param z voxels along the third axis
 * @param affine 3 x 4 numbers, row by row, that take a voxel's indices (i, j, k, 1) to millimetres
 *     in the patient, to the right, to the front and up (NIfTI's RAS+)
 */
public record Grid(int x, int y, int z, List<Double> affine) {
  /**
   * Checks and copies.
   *
   * @param x 1 or more
   * @param y 1 or more
   * @param z 1 or more
   * @param affine 12 numbers
   * @throws IllegalArgumentException if an axis has no voxel or the affine has not 12 finite
   *     numbers
   */
  public Grid {
    affine = List.copyOf(affine);
    if (x < 1 || y < 1 || z < 1) {
      throw new IllegalArgumentException("a grid of " + x + " x " + y + " x " + z + " voxels");
    }
    if (affine.size() != 12 || !affine.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("an affine has 12 finite numbers, not " + affine);
    }
  }

  /**
   * A grid along the patient's axes with its first voxel at the origin.
   *
   * @param x voxels along the first axis
   * @param y voxels along the second axis
   * @param z voxels along the third axis
   * @param dx millimetres between voxels along the first axis
   * @param dy millimetres along the second axis
   * @param dz millimetres along the third axis
   * @return the grid
   */
  public static Grid of(int x, int y, int z, double dx, double dy, double dz) {
    return new Grid(x, y, z, List.of(dx, 0.0, 0.0, 0.0, 0.0, dy, 0.0, 0.0, 0.0, 0.0, dz, 0.0));
  }

  /**
   * Distance of neighbouring voxels.
   *
   * @param axis 0, 1 or 2
   * @return millimetres
   */
  public double spacing(int axis) {
    double sum = 0;
    for (int row = 0; row < 3; row++) {
      double d = affine.get(4 * row + axis);
      sum += d * d;
    }
    return Math.sqrt(sum);
  }

  /**
   * Number of voxels.
   *
   * @return x times y times z
   * @throws ArithmeticException if that is 2^31 or more
   */
  public int voxels() {
    return Math.multiplyExact(Math.multiplyExact(x, y), z);
  }

  /**
   * The grid in words, for errors.
   *
   * @return voxels, their distances, the place of the first one and the directions of the axes
   */
  public String words() {
    List<String> spacing = new ArrayList<>();
    List<String> axes = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      double length = spacing(axis);
      spacing.add(number(length));
      List<String> direction = new ArrayList<>();
      for (int row = 0; row < 3; row++) {
        direction.add(number(affine.get(4 * row + axis) / length));
      }
      axes.add("(" + String.join(", ", direction) + ")");
    }
    return "%d x %d x %d voxels, spacing %s mm, origin (%s, %s, %s), axes %s"
        .formatted(
            x,
            y,
            z,
            String.join(" x ", spacing),
            number(affine.get(3)),
            number(affine.get(7)),
            number(affine.get(11)),
            String.join(" ", axes));
  }

  /** Six digits tell apart what is worth to be told apart. */
  private static String number(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(6));
    return rounded.signum() == 0 || Math.abs(number) < 1e-9
        ? "0"
        : rounded.stripTrailingZeros().toPlainString();
  }
}
