package juxta.plugin.datasets;

import java.util.List;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.toolkit.volume.Scan;

/**
 * What is done to a scan before it is used, in this order: resampled, windowed, normalised by all
 * of its voxels, cropped.
 *
 * @param spacing millimetres, 0: as it is
 * @param low number that becomes 0
 * @param high number that becomes 1; no window where it equals low
 * @param normalise none, z-score or min-max
 * @param margin voxels around the label, -1: no crop
 */
record VolumePreparation(double spacing, double low, double high, String normalise, int margin) {
  static final Setting<Double> SPACING =
      Setting.real("spacing", 0)
          .range(0, 1000)
          .describe("resample to voxels of so many millimetres; 0: as they are")
          .source("own choice: untouched voxels");

  static final Setting<Double> WINDOW_LOW =
      Setting.real("window-low", 0)
          .describe("this intensity and all below become 0; no window if equal to window-high")
          .source("own choice: untouched voxels");

  static final Setting<Double> WINDOW_HIGH =
      Setting.real("window-high", 0)
          .describe("this intensity and all above become 1; no window if equal to window-low")
          .source("own choice: untouched voxels");

  static final Setting<String> NORMALISE =
      Setting.choice("normalise", "none", "none", "z-score", "min-max")
          .describe("bring each scan to mean 0 and deviation 1, or to 0..1")
          .source("own choice: sets for segmentation come normalised");

  static final Setting<Integer> CROP_MARGIN =
      Setting.integer("crop-margin", -1)
          .range(-1, 100_000)
          .describe("cut to the label's box and so many voxels around it; -1: leave whole")
          .source("own choice: sets for segmentation come cropped");

  static final List<Setting<?>> SETTINGS =
      List.of(NORMALISE, WINDOW_LOW, WINDOW_HIGH, CROP_MARGIN, SPACING);

  static VolumePreparation of(Settings settings) {
    VolumePreparation preparation =
        new VolumePreparation(
            settings.get(SPACING),
            settings.get(WINDOW_LOW),
            settings.get(WINDOW_HIGH),
            settings.get(NORMALISE),
            settings.get(CROP_MARGIN));
    if (preparation.low > preparation.high) {
      throw new UserException(
          "data.window-low is %s, above data.window-high, %s; set it lower"
              .formatted(preparation.low, preparation.high));
    }
    return preparation;
  }

  /** Whether it leaves all scans as they are. */
  boolean isIdle() {
    return spacing == 0 && low == high && normalise.equals("none") && margin < 0;
  }

  LabelledScan apply(LabelledScan from) {
    LabelledScan resampled = spacing == 0 ? from : new VolumeResampling(spacing).apply(from);
    float[] voxels = normalised(windowed(resampled.scan().voxels()));
    LabelledScan normal = new LabelledScan(new Scan(resampled.grid(), voxels), resampled.classes());
    if (margin < 0) {
      return normal;
    }
    return normal
        .classes()
        .flatMap(classes -> VolumeBox.around(normal.grid(), classes, margin))
        .map(box -> box.cut(normal))
        .orElse(normal);
  }

  private float[] windowed(float[] voxels) {
    return low == high
        ? voxels
        : mapped(voxels, v -> (Math.min(high, Math.max(low, v)) - low) / (high - low));
  }

  private float[] normalised(float[] voxels) {
    if (normalise.equals("none")) {
      return voxels;
    }
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (float voxel : voxels) {
      sum += voxel;
      least = Math.min(least, voxel);
      most = Math.max(most, voxel);
    }
    if (normalise.equals("min-max")) {
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
    return mapped(voxels, v -> unit > 0 ? (v - zero) / unit : 0);
  }

  /** Takes a number to another. */
  private interface Change {
    double of(double v);
  }

  private static float[] mapped(float[] voxels, Change change) {
    float[] mapped = new float[voxels.length];
    for (int i = 0; i < voxels.length; i++) {
      mapped[i] = (float) change.of(voxels[i]);
    }
    return mapped;
  }
}
