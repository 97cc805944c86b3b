package juxta.toolkit.volume;

import java.util.Arrays;

/**
 * The exact Euclidean distance of each voxel to the nearest voxel of a mask, in time linear in the
 * voxels: <a href="https://doi.org/10.4086/toc.2012.v008a019">Felzenszwalb and Huttenlocher,
 * Distance Transforms of Sampled Functions, 2012</a>. Squared distances separate, so one axis is
 * treated after another; along an axis, the squared distance is the lower envelope of parabolas.
 */
public final class DistanceTransform {
  private DistanceTransform() {}

  /**
   * Distances to a mask.
   *
   * @param mask [X, Y, Z], 0 where the mask is not
   * @param extent X, Y and Z
   * @param spacing distances of neighbouring voxels
   * @return [X, Y, Z] in the unit of the spacing: 0 inside the mask, infinite if the mask is empty
   */
  public static double[] of(byte[] mask, Extent extent, Spacing spacing) {
    extent.check(mask);
    double[] squared = new double[mask.length];
    for (int i = 0; i < mask.length; i++) {
      squared[i] = mask[i] == 0 ? Double.POSITIVE_INFINITY : 0;
    }
    along(squared, extent.z(), 1, spacing.z());
    along(squared, extent.y(), extent.z(), spacing.y());
    along(squared, extent.x(), extent.y() * extent.z(), spacing.x());
    return Arrays.stream(squared).map(Math::sqrt).toArray();
  }

  /** Treats all lines of voxels that are {@code stride} apart. */
  private static void along(double[] squared, int length, int stride, double step) {
    if (length == 1) {
      return;
    }
    Envelope envelope = new Envelope(length, step);
    for (int block = 0; block < squared.length; block += length * stride) {
      for (int start = block; start < block + stride; start++) {
        envelope.apply(squared, start, stride);
      }
    }
  }

  /** The lower envelope of parabolas over one line, with the memory that it takes. */
  private static final class Envelope {
    private final double step;
    private final double[] heights; // of all parabolas of the line
    private final int[] lowest; // voxels whose parabolas make the envelope, from left to right
    private final double[] from; // where each of them becomes the lowest

    Envelope(int length, double step) {
      this.step = step;
      this.heights = new double[length];
      this.lowest = new int[length];
      this.from = new double[length];
    }

    void apply(double[] squared, int start, int stride) {
      for (int i = 0; i < heights.length; i++) {
        heights[i] = squared[start + i * stride];
      }
      int parts = build();
      if (parts == 0) {
        return; // nothing of the mask is on this line: all stays infinite
      }
      int part = 0;
      for (int i = 0; i < heights.length; i++) {
        double at = i * step;
        while (part + 1 < parts && from[part + 1] < at) {
          part++;
        }
        double d = at - lowest[part] * step;
        squared[start + i * stride] = d * d + heights[lowest[part]];
      }
    }

    /** Returns the number of parts of the envelope. */
    private int build() {
      int parts = 0;
      for (int i = 0; i < heights.length; i++) {
        if (heights[i] == Double.POSITIVE_INFINITY) {
          continue;
        }
        double meet = Double.NEGATIVE_INFINITY;
        while (parts > 0) {
          meet = meeting(lowest[parts - 1], i);
          if (meet > from[parts - 1]) {
            break;
          }
          parts--; // hidden below the new parabola
        }
        lowest[parts] = i;
        from[parts] = parts == 0 ? Double.NEGATIVE_INFINITY : meet;
        parts++;
      }
      return parts;
    }

    /** Where the parabola of the right voxel becomes lower than that of the left. */
    private double meeting(int left, int right) {
      double a = left * step;
      double b = right * step;
      return (a + b) / 2 + (heights[right] - heights[left]) / (2 * (b - a));
    }
  }
}
