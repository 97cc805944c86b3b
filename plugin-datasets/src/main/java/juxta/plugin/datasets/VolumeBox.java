package juxta.plugin.datasets;

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
   * The smallest box around all classes but the background, larger by a margin where the scan goes
   * on.
   *
   * @return nothing where all is background
   */
  static Optional<VolumeBox> around(Grid grid, byte[] classes, int margin) {
    int[] size = {grid.x(), grid.y(), grid.z()};
    int[] low = size.clone();
    int[] high = new int[3];
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] != 0) {
        int[] at = {i / (size[1] * size[2]), i / size[2] % size[1], i % size[2]};
        for (int axis = 0; axis < 3; axis++) {
          low[axis] = Math.min(low[axis], at[axis]);
          high[axis] = Math.max(high[axis], at[axis] + 1);
        }
      }
    }
    if (high[0] == 0) {
      return Optional.empty();
    }
    List<Integer> lows = new ArrayList<>();
    List<Integer> highs = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      lows.add(Math.max(0, low[axis] - margin));
      highs.add((int) Math.min(size[axis], (long) high[axis] + margin));
    }
    return Optional.of(new VolumeBox(lows, highs));
  }

  /** What of a scan lies in the box. */
  LabelledScan cut(LabelledScan from) {
    Grid grid = from.grid();
    int x = high.get(0) - low.get(0);
    int y = high.get(1) - low.get(1);
    int z = high.get(2) - low.get(2);
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
    return new LabelledScan(new Scan(cut, voxels), from.classes().map(all -> classes));
  }
}
