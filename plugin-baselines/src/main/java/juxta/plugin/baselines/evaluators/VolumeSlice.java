package juxta.plugin.baselines.evaluators;

import java.util.Arrays;
import juxta.toolkit.volume.Extent;
import juxta.toolkit.volume.VolumeCase;

/**
 * The slice through the middle of a case's true mask, to be looked at.
 *
 * @param dice mean Dice of the case
 * @param width voxels along x
 * @param height voxels along y
 * @param grey [width, height] from 0 to 255, x slowest
 * @param truth [width, height] class indices
 * @param prediction [width, height] class indices
 */
record VolumeSlice(
    double dice, int width, int height, int[] grey, byte[] truth, byte[] prediction) {
  static VolumeSlice of(VolumeCase one, byte[] prediction, double dice) {
    Extent extent = one.extent();
    int channels = one.scan().length / extent.voxels();
    int z = middle(one.truth(), extent);
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
    return new VolumeSlice(dice, extent.x(), extent.y(), grey(values), truth, predicted);
  }

  /** The middle of the slices that show the mask, or of all if it is empty. */
  private static int middle(byte[] mask, Extent extent) {
    int low = extent.z();
    int high = -1;
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0) {
        low = Math.min(low, i % extent.z());
        high = Math.max(high, i % extent.z());
      }
    }
    return high < 0 ? extent.z() / 2 : (low + high) / 2;
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

  /** Whether a voxel lies on the edge of a class. */
  boolean outlined(byte[] mask, int x, int y) {
    byte own = mask[x * height + y];
    return own != 0
        && (differs(mask, own, x - 1, y)
            || differs(mask, own, x + 1, y)
            || differs(mask, own, x, y - 1)
            || differs(mask, own, x, y + 1));
  }

  private boolean differs(byte[] mask, byte own, int x, int y) {
    return x < 0 || y < 0 || x >= width || y >= height || mask[x * height + y] != own;
  }
}
