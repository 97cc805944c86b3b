package juxta.toolkit.volume;

/**
 * How well a predicted mask meets the true one.
 *
 * @param dice twice the common voxels through the sum of the voxels, from 0 to 1
 * @param jaccard common voxels through the voxels of either, from 0 to 1
 * @param hd95 95th percentile of the distances between the borders, both directions together
 * @param asd mean distance from the predicted border to the true one; not symmetric
 */
public record Overlap(double dice, double jaccard, double hd95, double asd) {
  /**
   * Scores a mask. If only the true mask is empty, the overlap is 0 and the distances are not a
   * number; if both are, the overlap is 1.
   *
   * @param prediction [X, Y, Z], 0 where the mask is not
   * @param truth [X, Y, Z]
   * @param extent X, Y and Z
   * @param spacing distances of neighbouring voxels
   * @param empty what distances an empty prediction has
   * @return the scores; distances in the unit of the spacing
   */
  public static Overlap of(
      byte[] prediction, byte[] truth, Extent extent, Spacing spacing, EmptyMasks empty) {
    extent.check(prediction);
    extent.check(truth);
    long predicted = 0;
    long actual = 0;
    long common = 0;
    for (int i = 0; i < truth.length; i++) {
      predicted += prediction[i] != 0 ? 1 : 0;
      actual += truth[i] != 0 ? 1 : 0;
      common += prediction[i] != 0 && truth[i] != 0 ? 1 : 0;
    }
    long either = predicted + actual - common;
    double dice = either == 0 ? 1 : 2.0 * common / (predicted + actual);
    double jaccard = either == 0 ? 1 : common / (double) either;
    if (predicted == 0) {
      double distance = empty == EmptyMasks.REFERENCE ? 0 : Double.NaN;
      return new Overlap(dice, jaccard, distance, distance);
    }
    if (actual == 0) {
      return new Overlap(dice, jaccard, Double.NaN, Double.NaN);
    }
    SurfaceDistances distances = SurfaceDistances.between(prediction, truth, extent, spacing);
    return new Overlap(dice, jaccard, distances.hausdorff(95), distances.average());
  }
}
