package juxta.toolkit.volume;

import java.util.Optional;

/**
 * A part of a volume along its axes.
 *
 * @param x first voxel along the first axis
 * @param y first voxel along the second axis
 * @param z first voxel along the third axis
 * @param size voxels along each axis
 */
record VoxelBox(int x, int y, int z, Extent size) {
  /** The smallest box around all voxels of both masks, empty if they have none. */
  static Optional<VoxelBox> around(byte[] a, byte[] b, Extent extent) {
    int[] low = {extent.x(), extent.y(), extent.z()};
    int[] high = {-1, -1, -1};
    int index = 0;
    for (int x = 0; x < extent.x(); x++) {
      for (int y = 0; y < extent.y(); y++) {
        for (int z = 0; z < extent.z(); z++, index++) {
          if ((a[index] | b[index]) != 0) {
            int[] at = {x, y, z};
            for (int axis = 0; axis < 3; axis++) {
              low[axis] = Math.min(low[axis], at[axis]);
              high[axis] = Math.max(high[axis], at[axis]);
            }
          }
        }
      }
    }
    return high[0] < 0
        ? Optional.empty()
        : Optional.of(
            new VoxelBox(
                low[0],
                low[1],
                low[2],
                new Extent(high[0] - low[0] + 1, high[1] - low[1] + 1, high[2] - low[2] + 1)));
  }

  /** This part of a mask. */
  byte[] cut(byte[] mask, Extent extent) {
    byte[] part = new byte[size.voxels()];
    for (int i = 0; i < size.x(); i++) {
      for (int j = 0; j < size.y(); j++) {
        int from = extent.index(x + i, y + j, z);
        System.arraycopy(mask, from, part, size.index(i, j, 0), size.z());
      }
    }
    return part;
  }
}
