package juxta.toolkit.volume;

/** How much a file says of the place of its voxels; a grid fills in what is missing. */
public enum Placement {
  /** Nothing: voxels are counted. */
  NONE,
  /** Distances of voxels, but not where they lie. */
  SPACING,
  /** Distances, directions of the axes and the place of the first voxel. */
  FULL
}
