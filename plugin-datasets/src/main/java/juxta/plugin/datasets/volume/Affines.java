package juxta.plugin.datasets.volume;

import java.util.ArrayList;
import java.util.List;

/** Affines (3 x 4 numbers, row by row) of grids that were made of other grids. */
final class Affines {
  private Affines() {}

  /** That of a grid whose first voxel lies at the given place, in voxels, of the old one. */
  static List<Double> moved(List<Double> affine, double i, double j, double k) {
    List<Double> moved = new ArrayList<>(affine);
    for (int row = 0; row < 12; row += 4) {
      moved.set(
          row + 3,
          affine.get(row) * i
              + affine.get(row + 1) * j
              + affine.get(row + 2) * k
              + affine.get(row + 3));
    }
    return moved;
  }

  /** That of a grid whose steps along the axes are so many times those of the old one. */
  static List<Double> scaled(List<Double> affine, double... steps) {
    List<Double> scaled = new ArrayList<>(affine);
    for (int row = 0; row < 12; row += 4) {
      for (int axis = 0; axis < 3; axis++) {
        scaled.set(row + axis, affine.get(row + axis) * steps[axis]);
      }
    }
    return scaled;
  }
}
