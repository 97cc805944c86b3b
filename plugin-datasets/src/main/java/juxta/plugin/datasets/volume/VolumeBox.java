package juxta.plugin.datasets.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Scan;

/**
 * A box of voxels.
 *
 * @param low first index along each axis
 * @param high index behind the last one along each axis
 */
record VolumeBox(List<Integer> low, List<Integer> high) {
  /**
   * The smallest box around all classes but the background.
   *
   * @return nothing where all is background
   */
  static Optional<VolumeBox> around(Grid grid, byte[] classes) {
    int[] low = {grid.x(), grid.y(), grid.z()};
    int[] high = new int[3];
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] != 0) {
        int[] at = {i / (grid.y() * grid.z()), i / grid.z() % grid.y(), i % grid.z()};
        for (int axis = 0; axis < 3; axis++) {
          low[axis] = Math.min(low[axis], at[axis]);
          high[axis] = Math.max(high[axis], at[axis] + 1);
        }
      }
    }
    return high[0] == 0
        ? Optional.empty()
        : Optional.of(
            new VolumeBox(List.of(low[0], low[1], low[2]), List.of(high[0], high[1], high[2])));
  }

  /** Voxels along an axis. */
  int extent(int axis) {
    return high.get(axis) - low.get(axis);
  }

  /**
   * A box that is larger along one axis, where the scan goes on.
   *
   * @param before voxels wanted before it
   * @param after voxels wanted behind it
   * @param size voxels of the scan along the axis
   */
  VolumeBox grown(int axis, long before, long after, int size) {
    List<Integer> lows = new ArrayList<>(low);
    List<Integer> highs = new ArrayList<>(high);
    lows.set(axis, (int) Math.max(0, low.get(axis) - before));
    highs.set(axis, (int) Math.min(size, high.get(axis) + after));
    return new VolumeBox(lows, highs);
  }

  /** What of a scan lies in the box. */
  LabelledScan cut(LabelledScan from) {
    Grid grid = from.grid();
    int x = extent(0);
    int y = extent(1);
    int z = extent(2);
    float[] voxels = new float[x * y * z];
    byte[] classes = new byte[x * y * z];
    for (int i = 0; i < x; i++) {
      for (int j = 0; j < y; j++) {
        int source = ((i + low.get(0)) * grid.y() + j + low.get(1)) * grid.z() + low.get(2);
        int target = (i * y + j) * z;
        System.arraycopy(from.scan().voxels(), source, voxels, target, z);
        from.classes().ifPresent(all -> System.arraycopy(all, source, classes, target, z));
      }
    }
    Grid cut = new Grid(x, y, z, Affines.moved(grid.affine(), low.get(0), low.get(1), low.get(2)));
    return new LabelledScan(
        new Scan(cut, voxels), from.classes().map(all -> classes), from.source());
  }
}
