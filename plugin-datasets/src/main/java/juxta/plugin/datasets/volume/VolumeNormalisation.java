package juxta.plugin.datasets.volume;

import juxta.api.Setting;

/**
 * Brings the intensities of a scan to a common range, by all of its voxels.
 *
 * @param how none, z-score or min-max
 */
public record VolumeNormalisation(String how) {
  static final Setting<String> HOW =
      Setting.choice("normalise", "none", "none", "z-score", "min-max")
          .describe("bring each scan to mean 0 and deviation 1, or to 0..1")
          .source("own choice: sets for segmentation come normalised");

  boolean isIdle() {
    return how.equals("none");
  }

  public LabelledScan apply(LabelledScan from) {
    return isIdle() ? from : from.with(normalised(from.scan().voxels()));
  }

  private float[] normalised(float[] voxels) {
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (float voxel : voxels) {
      sum += voxel;
      least = Math.min(least, voxel);
      most = Math.max(most, voxel);
    }
    if (how.equals("min-max")) {
      return scaled(voxels, least, most - least);
    }
    double mean = sum / voxels.length;
    double squares = 0;
    for (float voxel : voxels) {
      squares += (voxel - mean) * (voxel - mean);
    }
    return scaled(voxels, mean, Math.sqrt(squares / voxels.length));
  }

  /** A scan of one intensity becomes 0 throughout. */
  private static float[] scaled(float[] voxels, double zero, double unit) {
    float[] scaled = new float[voxels.length];
    for (int i = 0; i < voxels.length; i++) {
      scaled[i] = (float) (unit > 0 ? (voxels[i] - zero) / unit : 0);
    }
    return scaled;
  }
}
