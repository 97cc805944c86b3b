package juxta.toolkit.volume;

/** How a prediction without a voxel is scored. */
public enum EmptyMasks {
  /**
   * Distances of 0, as the published tables of semi-supervised atrium segmentation have them: the
   * distances of a model that finds nothing look perfect.
   */
  REFERENCE,
  /** Distances that are not a number, left out of means and counted. */
  STRICT
}
