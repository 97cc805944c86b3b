package juxta.toolkit.volume;

import java.util.Objects;

/**
 * A scan: a number for each voxel of a grid.
 *
 * @param grid where the voxels lie
 * @param voxels [x, y, z] in row-major order: z fastest, x slowest; not copied, so hands off
 * @param placement how much of the grid is known
 */
public record Scan(Grid grid, float[] voxels, Placement placement) {
  /**
   * Checks.
   *
   * @param grid see the record
   * @param voxels see the record
   * @param placement see the record
   * @throws IllegalArgumentException if the numbers are not as many as the grid's voxels
   */
  public Scan {
    if (voxels.length != grid.voxels()) {
      throw new IllegalArgumentException(
          voxels.length
              + " numbers for a grid of "
              + grid.x()
              + " x "
              + grid.y()
              + " x "
              + grid.z()
              + " voxels");
    }
  }

  /**
   * A scan all of whose grid is known.
   *
   * @param grid see the record
   * @param voxels see the record
   * @throws IllegalArgumentException if the numbers are not as many as the grid's voxels
   */
  public Scan(Grid grid, float[] voxels) {
    this(grid, voxels, Placement.FULL);
  }

  /**
   * One voxel.
   *
   * @param x index along the first axis
   * @param y index along the second axis
   * @param z index along the third axis
   * @return its number
   * @throws IndexOutOfBoundsException if there is no such voxel
   */
  public float at(int x, int y, int z) {
    Objects.checkIndex(x, grid.x());
    Objects.checkIndex(y, grid.y());
    Objects.checkIndex(z, grid.z());
    return voxels[(x * grid.y() + y) * grid.z() + z];
  }
}
