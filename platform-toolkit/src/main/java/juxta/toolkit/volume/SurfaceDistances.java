package juxta.toolkit.volume;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How far the borders of two masks lie from each other.
 *
 * @param forth for each border voxel of the first mask, the Euclidean distance to the nearest
 *     border voxel of the second
 * @param back the same from the second mask to the first
 */
public record SurfaceDistances(double[] forth, double[] back) {
  /**
   * Measures.
   *
   * @param first [X, Y, Z], not empty
   * @param second [X, Y, Z], not empty
   * @param extent X, Y and Z
   * @param spacing distances of neighbouring voxels
   * @return distances in the unit of the spacing
   * @throws IllegalArgumentException if a mask is empty
   */
  public static SurfaceDistances between(
      byte[] first, byte[] second, Extent extent, Spacing spacing) {
    extent.check(first);
    extent.check(second);
    // All borders lie in this box, and what is outside it is outside both masks.
    VoxelBox box =
        VoxelBox.around(first, second, extent)
            .orElseThrow(() -> new IllegalArgumentException("empty masks have no border"));
    byte[] a = Surface.of(box.cut(first, extent), box.size());
    byte[] b = Surface.of(box.cut(second, extent), box.size());
    return new SurfaceDistances(
        at(a, DistanceTransform.of(b, box.size(), spacing)),
        at(b, DistanceTransform.of(a, box.size(), spacing)));
  }

  private static double[] at(byte[] border, double[] distances) {
    double[] found = new double[border.length];
    int count = 0;
    for (int i = 0; i < border.length; i++) {
      if (border[i] != 0) {
        if (distances[i] == Double.POSITIVE_INFINITY) {
          throw new IllegalArgumentException("an empty mask has no border");
        }
        found[count++] = distances[i];
      }
    }
    if (count == 0) {
      throw new IllegalArgumentException("an empty mask has no border");
    }
    return Arrays.copyOf(found, count);
  }

  /**
   * The Hausdorff distance, or a less strict one: a percentile of the distances of both directions
   * taken together.
   *
   * @param percent from 0 to 100: 100 is the Hausdorff distance, 95 is called 95HD
   * @return the percentile, with linear interpolation
   */
  public double hausdorff(double percent) {
    double[] both =
        DoubleStream.concat(Arrays.stream(forth), Arrays.stream(back)).sorted().toArray();
    double place = percent / 100 * (both.length - 1);
    int below = (int) place;
    if (below == both.length - 1) {
      return both[below];
    }
    double t = place - below;
    double step = both[below + 1] - both[below];
    return t < 0.5 ? both[below] + step * t : both[below + 1] - step * (1 - t); // as NumPy does
  }

  /**
   * Average distance of the first mask's border to the second's; not symmetric.
   *
   * @return the mean of {@link #forth}
   */
  public double average() {
    return Arrays.stream(forth).sum() / forth.length;
  }
}
