package juxta.toolkit.volume;

import java.nio.file.Path;
import java.util.List;

/** Grids as headers tell them. A header may hold any number. */
final class CheckedGrid {
  /** No voxel is nearer to its neighbour; millimetres. */
  private static final double NEAREST = 1e-9;

  /** Nothing lies farther away; millimetres. */
  private static final double FARTHEST = 1e9;

  private CheckedGrid() {}

  /**
   * Checks sizes that were checked as {@link VoxelStream} does, and an affine.
   *
   * @throws juxta.api.UserException if the affine overflows or takes voxels to one place, naming
   *     the file
   */
  static Grid of(Path file, long[] sizes, List<Double> affine) {
    for (double number : affine) {
      if (!(Math.abs(number) <= FARTHEST)) {
        throw ScanFaults.damaged(
            file, "says that its voxels lie at absurd places (the number %s)".formatted(number));
      }
    }
    Grid grid = new Grid((int) sizes[0], (int) sizes[1], (int) sizes[2], affine);
    for (int axis = 0; axis < 3; axis++) {
      if (!(grid.spacing(axis) >= NEAREST)) {
        throw ScanFaults.damaged(
            file,
            "says that its voxels lie at absurd places (%s mm apart)"
                .formatted(grid.spacing(axis)));
      }
    }
    return grid;
  }
}
