package juxta.toolkit.volume;

import java.util.List;

/**
 * Voxels along the three axes of a scan, a patch or a step. Arrays of voxels are in C order of [X,
 * Y, Z]: z runs fastest.
 *
 * @param x voxels along the first axis
 * @param y voxels along the second axis
 * @param z voxels along the third axis
 */
public record Extent(int x, int y, int z) {
  /**
   * Checks.
   *
   * @param x 1 or more
   * @param y 1 or more
   * @param z 1 or more
   * @throws IllegalArgumentException if an axis has no voxel, or there are 2^31 voxels or more
   */
  public Extent {
    if (x < 1 || y < 1 || z < 1 || (long) x * y > Integer.MAX_VALUE / z) {
      throw new IllegalArgumentException("an extent of " + x + " x " + y + " x " + z + " voxels");
    }
  }

  /**
   * Number of voxels.
   *
   * @return x times y times z
   */
  public int voxels() {
    return x * y * z;
  }

  /**
   * Where a voxel lies in an array.
   *
   * @param i its place along the first axis
   * @param j its place along the second axis
   * @param k its place along the third axis
   * @return its index, in C order
   */
  public int index(int i, int j, int k) {
    return (i * y + j) * z + k;
  }

  /**
   * Voxels along each axis.
   *
   * @return three numbers
   */
  public List<Integer> axes() {
    return List.of(x, y, z);
  }

  /** Refuses an array that does not hold a value for each voxel. */
  void check(byte[] mask) {
    if (mask.length != voxels()) {
      throw new IllegalArgumentException("a mask of " + mask.length + " voxels, not of " + this);
    }
  }

  @Override
  public String toString() {
    return x + " x " + y + " x " + z;
  }
}
