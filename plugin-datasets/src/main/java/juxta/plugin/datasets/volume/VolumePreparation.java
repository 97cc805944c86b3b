package juxta.plugin.datasets.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.toolkit.data.Problems;

/**
 * What is done to a scan before it is used, in this order: resampled, windowed, normalised by all
 * of its voxels, cropped; or normalised after the crop, by what is left.
 *
 * @param spacing millimetres; none to leave voxels as they are
 * @param low number that becomes 0
 * @param high number that becomes 1; no window where it equals low
 * @param normalisation what is done to intensities behind the window
 * @param late whether the crop comes before that
 * @param crop what is cut away
 */
record VolumePreparation(
    Optional<Double> spacing,
    double low,
    double high,
    VolumeNormalisation normalisation,
    boolean late,
    MaskCrop crop) {
  static final Setting<Optional<Double>> SPACING =
      Setting.real("spacing")
          .range(1e-4, 1000)
          .unset("voxels as they are", "0")
          .describe("resample to voxels of so many millimetres")
          .source("own choice: untouched voxels");

  static final Setting<Double> WINDOW_LOW =
      Setting.real("window-low", 0)
          .describe("this intensity and all below become 0; no window if equal to window-high")
          .source("own choice: untouched voxels");

  static final Setting<Double> WINDOW_HIGH =
      Setting.real("window-high", 0)
          .describe("this intensity and all above become 1; no window if equal to window-low")
          .source("own choice: untouched voxels");

  static final Setting<Boolean> LATE =
      Setting.flag("normalise-after-crop", false)
          .describe("normalise by what the crop leaves, not by the whole scan")
          .source("as the atrium is prepared in UA-MT (Pancreas-CT true: its usual protocol)");

  static final List<Setting<?>> SETTINGS =
      Stream.concat(
              Stream.of(VolumeNormalisation.HOW, LATE, WINDOW_LOW, WINDOW_HIGH, SPACING),
              MaskCrop.SETTINGS.stream())
          .toList();

  static VolumePreparation of(Settings settings) {
    VolumePreparation preparation =
        new VolumePreparation(
            settings.get(SPACING),
            settings.get(WINDOW_LOW),
            settings.get(WINDOW_HIGH),
            new VolumeNormalisation(settings.get(VolumeNormalisation.HOW)),
            settings.get(LATE),
            MaskCrop.of(settings));
    List<String> problems = new ArrayList<>();
    if (preparation.low > preparation.high) {
      problems.add(
          "data.window-low is %s, above data.window-high, %s; set it lower"
              .formatted(preparation.low, preparation.high));
    }
    if (preparation.crop.isIdle()) {
      Stream.of(LATE, MaskCrop.AXES, MaskCrop.SIZE, MaskCrop.JITTER, MaskCrop.SEED)
          .filter(setting -> !settings.get(setting).equals(setting.defaultValue()))
          .map(
              setting ->
                  "data.%s is %s but nothing is cropped; set data.crop-margin to 0 or more too"
                      .formatted(setting.key(), text(setting, settings)))
          .forEach(problems::add);
    }
    Problems.report(problems, "settings");
    return preparation;
  }

  private static <T> String text(Setting<T> setting, Settings settings) {
    return setting.text(settings.get(setting));
  }

  /** Whether it leaves all scans as they are. */
  boolean isIdle() {
    return spacing.isEmpty() && low == high && normalisation.isIdle() && crop.isIdle();
  }

  /**
   * Prepares a scan.
   *
   * @param id name of the case, which a crop's random part depends on
   */
  LabelledScan apply(String id, LabelledScan from) {
    LabelledScan scan =
        spacing.map(millimetres -> new VolumeResampling(millimetres).apply(from)).orElse(from);
    LabelledScan windowed = low == high ? scan : scan.with(windowed(scan.scan().voxels()));
    return late
        ? normalisation.apply(crop.apply(id, windowed))
        : crop.apply(id, normalisation.apply(windowed));
  }

  private float[] windowed(float[] voxels) {
    float[] windowed = new float[voxels.length];
    for (int i = 0; i < voxels.length; i++) {
      windowed[i] = (float) ((Math.min(high, Math.max(low, voxels[i])) - low) / (high - low));
    }
    return windowed;
  }
}
