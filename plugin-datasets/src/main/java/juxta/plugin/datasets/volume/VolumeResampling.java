package juxta.plugin.datasets.volume;

import java.util.Optional;
import juxta.api.UserException;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Scan;

/**
 * Brings scans to one distance of voxels: the image linearly, axis by axis, the label by the
 * nearest voxel. The outer faces of the first voxels stay where they are.
 *
 * @param millimetres the distance wanted along each axis
 */
record VolumeResampling(double millimetres) {
  private static final long MOST_VOXELS = 1L << 29;

  LabelledScan apply(LabelledScan from) {
    Grid grid = from.grid();
    int[] old = {grid.x(), grid.y(), grid.z()};
    int[] size = new int[3];
    double[] step = new double[3];
    double voxels = 1;
    for (int axis = 0; axis < 3; axis++) {
      step[axis] = millimetres / grid.spacing(axis);
      double wanted = Math.max(1, Math.rint(old[axis] / step[axis]));
      voxels *= wanted;
      size[axis] = (int) wanted;
    }
    if (!(voxels <= MOST_VOXELS)) {
      throw new UserException(
          "a scan of %d x %d x %d voxels would have %.3g at a spacing of %s mm; set data.spacing higher"
              .formatted(old[0], old[1], old[2], voxels, millimetres));
    }
    float[] image = from.scan().voxels();
    int[] now = old.clone();
    for (int axis = 0; axis < 3; axis++) {
      image = linear(image, now, axis, size[axis], step[axis]);
      now[axis] = size[axis];
    }
    Grid resampled =
        new Grid(
            size[0],
            size[1],
            size[2],
            Affines.scaled(
                Affines.moved(grid.affine(), first(step[0]), first(step[1]), first(step[2])),
                step));
    Optional<byte[]> classes = from.classes().map(all -> nearest(all, old, size, step));
    return new LabelledScan(new Scan(resampled, image), classes, from.source());
  }

  /** Where the first new voxel's centre lies among the old voxels. */
  private static double first(double step) {
    return step / 2 - 0.5;
  }

  private static float[] linear(float[] from, int[] sizes, int axis, int size, double step) {
    int old = sizes[axis];
    int inner = 1;
    for (int i = axis + 1; i < 3; i++) {
      inner *= sizes[i];
    }
    int outer = from.length / old / inner;
    float[] to = new float[outer * size * inner];
    for (int i = 0; i < size; i++) {
      double at = Math.min(old - 1, Math.max(0, first(step) + i * step));
      int low = (int) at;
      int high = Math.min(old - 1, low + 1);
      float share = (float) (at - low);
      for (int o = 0; o < outer; o++) {
        for (int n = 0; n < inner; n++) {
          float a = from[(o * old + low) * inner + n];
          float b = from[(o * old + high) * inner + n];
          to[(o * size + i) * inner + n] = a + share * (b - a);
        }
      }
    }
    return to;
  }

  private static byte[] nearest(byte[] from, int[] old, int[] size, double[] step) {
    byte[] to = new byte[size[0] * size[1] * size[2]];
    int at = 0;
    for (int i = 0; i < size[0]; i++) {
      for (int j = 0; j < size[1]; j++) {
        int row = (nearest(i, step[0], old[0]) * old[1] + nearest(j, step[1], old[1])) * old[2];
        for (int k = 0; k < size[2]; k++) {
          to[at++] = from[row + nearest(k, step[2], old[2])];
        }
      }
    }
    return to;
  }

  private static int nearest(int i, double step, int old) {
    return Math.min(old - 1, (int) ((i + 0.5) * step));
  }
}
