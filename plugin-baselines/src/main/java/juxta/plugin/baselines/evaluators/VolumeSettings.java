package juxta.plugin.baselines.evaluators;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.toolkit.volume.EmptyMasks;
import juxta.toolkit.volume.Extent;
import juxta.toolkit.volume.Tiling;

/**
 * How scans are segmented and scored.
 *
 * @param tiling how they are cut into windows
 * @param largest whether only the largest part of each class is kept
 * @param empty how empty predictions are scored
 * @param millimetres whether distances are in millimetres rather than voxels
 * @param predictions whether the predicted masks are written
 */
record VolumeSettings(
    Tiling tiling, boolean largest, EmptyMasks empty, boolean millimetres, boolean predictions) {
  private static final String CODE = "FBA-Net's code: utils/test_patch.py";

  private static final List<Setting<Integer>> PATCH = List.of(patch("x"), patch("y"), patch("z"));

  static final Setting<Integer> STRIDE_XY =
      Setting.integer("stride-xy", 18)
          .atLeast(1)
          .describe("voxels from window to window along x and y, at most the window")
          .source(CODE + ", left atrium; 16 for the pancreas");

  static final Setting<Integer> STRIDE_Z =
      Setting.integer("stride-z", 4)
          .atLeast(1)
          .describe("voxels from window to window along z, at most the window")
          .source(CODE + ", left atrium; 16 for the pancreas");

  static final Setting<Integer> BATCH =
      Setting.integer("batch", 4)
          .atLeast(1)
          .describe("windows at once; scores do not depend on it")
          .source("ours; the code has 1");

  static final Setting<Boolean> LARGEST =
      Setting.flag("largest-component", false)
          .describe("keep only the largest connected part of each class (26 neighbours)")
          .source(CODE);

  static final Setting<String> EMPTY =
      Setting.choice("empty", "reference", "reference", "strict")
          .describe(
              "distances of an empty prediction: 0 as in published tables, or undefined and left"
                  + " out of the mean")
          .source(CODE);

  static final Setting<String> UNIT =
      Setting.choice("unit", "voxels", "voxels", "mm")
          .describe("unit of the distances")
          .source(CODE);

  static final Setting<Boolean> PREDICTIONS =
      Setting.flag("predictions", false)
          .describe(
              "write the predicted mask of each case to predictions/<case>.nii.gz, on the grid of"
                  + " the file that the scan came from, also where the data crop or resample it")
          .source("ours; the code writes them on request, too");

  private static Setting<Integer> patch(String axis) {
    return Setting.integer("patch-" + axis, 0)
        .atLeast(0)
        .describe(
            "voxels of a window along "
                + axis
                + "; 0 takes what the model was trained on or, where it does not say, the whole"
                + " scan")
        .source(CODE + ", where it is the training patch");
  }

  static List<Setting<?>> all() {
    List<Setting<?>> all = new ArrayList<>(PATCH);
    all.addAll(List.of(STRIDE_XY, STRIDE_Z, BATCH, LARGEST, EMPTY, UNIT, PREDICTIONS));
    return all;
  }

  static VolumeSettings of(Settings settings) {
    int xy = settings.get(STRIDE_XY);
    Extent stride = new Extent(xy, xy, settings.get(STRIDE_Z));
    return new VolumeSettings(
        new Tiling(PATCH.stream().map(settings::get).toList(), stride, settings.get(BATCH)),
        settings.get(LARGEST),
        EmptyMasks.valueOf(settings.get(EMPTY).toUpperCase(Locale.ROOT)),
        settings.get(UNIT).equals("mm"),
        settings.get(PREDICTIONS));
  }

  /** What scores depend on, beside the windows. */
  Map<String, String> shown() {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("stride", tiling.stride() + ", at most the window");
    shown.put("largest-component", Boolean.toString(largest));
    shown.put("empty", empty.name().toLowerCase(Locale.ROOT));
    shown.put("unit", millimetres ? "mm" : "voxels");
    return shown;
  }
}
