package juxta.plugin.baselines.evaluators;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import juxta.toolkit.volume.Extent;
import juxta.toolkit.volume.VolumeCase;

/**
 * The slice of a case in which the prediction is wrong at the most voxels, to be looked at: of
 * several, the one with the largest true mask, and of these the one nearest to the middle.
 *
 * @param name name of the case
 * @param dice mean Dice of the case
 * @param z which slice, from 0
 * @param width voxels along x
 * @param height voxels along y
 * @param grey [width, height] from 0 to 255, x slowest
 * @param truth [width, height] class indices
 * @param prediction [width, height] class indices
 */
record VolumeSlice(
    String name,
    double dice,
    int z,
    int width,
    int height,
    int[] grey,
    byte[] truth,
    byte[] prediction) {
  static VolumeSlice of(VolumeCase one, byte[] prediction, double dice) {
    Extent extent = one.extent();
    int channels = one.scan().length / extent.voxels();
    int z = worst(one.truth(), prediction, extent);
    int voxels = extent.x() * extent.y();
    float[] values = new float[voxels];
    byte[] truth = new byte[voxels];
    byte[] predicted = new byte[voxels];
    for (int i = 0; i < voxels; i++) {
      int at = i * extent.z() + z;
      values[i] = one.scan()[at * channels];
      truth[i] = one.truth()[at];
      predicted[i] = prediction[at];
    }
    return new VolumeSlice(
        one.name(), dice, z, extent.x(), extent.y(), grey(values), truth, predicted);
  }

  private static int worst(byte[] truth, byte[] prediction, Extent extent) {
    int[] wrong = new int[extent.z()];
    int[] area = new int[extent.z()];
    for (int i = 0; i < truth.length; i++) {
      wrong[i % extent.z()] += truth[i] != prediction[i] ? 1 : 0;
      area[i % extent.z()] += truth[i] != 0 ? 1 : 0;
    }
    return IntStream.range(0, extent.z())
        .boxed()
        .max(
            Comparator.<Integer>comparingInt(z -> wrong[z])
                .thenComparingInt(z -> area[z])
                .thenComparingInt(z -> -Math.abs(2 * z + 1 - extent.z())))
        .orElseThrow();
  }

  /** All but the darkest and the brightest hundredth use the whole range. */
  private static int[] grey(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    float dark = sorted[sorted.length / 100];
    float bright = sorted[sorted.length - 1 - sorted.length / 100];
    int[] grey = new int[values.length];
    for (int i = 0; i < grey.length; i++) {
      float share = bright > dark ? (values[i] - dark) / (bright - dark) : 0;
      grey[i] = Math.round(255 * Math.max(0, Math.min(1, share)));
    }
    return grey;
  }

  /**
   * Whether a point lies inside a class, but near its edge.
   *
   * @param x in parts of a voxel, as y
   * @param zoom parts of a voxel
   * @param line parts that are near
   */
  boolean outlined(byte[] mask, int x, int y, int zoom, int line) {
    byte own = at(mask, x, y, zoom);
    return own != 0
        && (at(mask, x - line, y, zoom) != own
            || at(mask, x + line, y, zoom) != own
            || at(mask, x, y - line, zoom) != own
            || at(mask, x, y + line, zoom) != own);
  }

  private byte at(byte[] mask, int x, int y, int zoom) {
    boolean inside = x >= 0 && y >= 0 && x < width * zoom && y < height * zoom;
    return inside ? mask[x / zoom * height + y / zoom] : 0;
  }
}
