package juxta.plugin.datasets.volume;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.toolkit.data.Dice;
import juxta.toolkit.volume.Grid;

/**
 * How a scan is cut to the box of its label. Along each cropped axis both sides of the box move out
 * by max(size - extent, 0) / 2 voxels (rounded up, so that the box reaches the size), plus the
 * margin, plus a draw from 0 to the jitter, and stop at the faces of the scan. A box at a face thus
 * may stay below the size, as in the published preparation of the atrium (UA-MT and those that
 * follow it). Own choice: each of the six sides has a draw of its own, and draws are a hash of the
 * seed and the case's id, where the published one is not repeatable.
 *
 * @param margin voxels on each side of the box; none for no crop
 * @param axes xyz or xy
 * @param size least voxels of the box before the margin
 * @param jitter greatest draw
 * @param seed another one gives other draws
 */
record MaskCrop(Optional<Integer> margin, String axes, int size, int jitter, int seed) {
  static final Setting<Optional<Integer>> MARGIN =
      Setting.integer("crop-margin")
          .range(0, 100_000)
          .unset("scans stay whole", "-1")
          .describe("cut to the label's box and so many voxels around it")
          .source("own choice: sets for segmentation come cropped (atrium 10, Pancreas-CT 25)");

  static final Setting<String> AXES =
      Setting.choice("crop-axes", "xyz", "xyz", "xy")
          .describe("axes along which scans are cut")
          .source("own choice: all alike, as for Pancreas-CT (atrium xy: UA-MT, preparation)");

  static final Setting<Optional<Integer>> SIZE =
      Setting.integer("crop-size")
          .range(1, 100_000)
          .unset("the box as it is", "0")
          .describe("the label's box grows to so many voxels before the margin")
          .source("own choice: the box as it is (atrium 112: UA-MT, preparation)");

  static final Setting<Integer> JITTER =
      Setting.integer("crop-jitter", 0)
          .range(0, 100_000)
          .describe("each side of a crop moves out by further 0 to so many voxels, at random")
          .source("own choice: nothing by chance (atrium 9, margins 10 to 19: UA-MT, preparation)");

  static final Setting<Integer> SEED =
      Setting.integer("crop-seed", 0)
          .describe("another seed gives other draws of crop-jitter")
          .source("own choice; apart from the run's seed, so that runs share their data");

  static final List<Setting<?>> SETTINGS = List.of(MARGIN, AXES, SIZE, JITTER, SEED);

  static MaskCrop of(Settings settings) {
    return new MaskCrop(
        settings.get(MARGIN),
        settings.get(AXES),
        settings.get(SIZE).orElse(0),
        settings.get(JITTER),
        settings.get(SEED));
  }

  /** Whether it leaves all scans whole. */
  boolean isIdle() {
    return margin.isEmpty();
  }

  /** Cuts a scan; one without foreground stays whole. */
  LabelledScan apply(String id, LabelledScan from) {
    if (margin.isEmpty()) {
      return from;
    }
    return from.classes()
        .flatMap(classes -> VolumeBox.around(from.grid(), classes))
        .map(box -> box(id, box, from.grid(), margin.get()).cut(from))
        .orElse(from);
  }

  private VolumeBox box(String id, VolumeBox label, Grid grid, int around) {
    Dice dice =
        new Dice(LongStream.concat(LongStream.of(seed), id.chars().asLongStream()).toArray());
    int[] scan = {grid.x(), grid.y(), grid.z()};
    VolumeBox box = label;
    for (int axis = 0; axis < 3; axis++) {
      boolean cropped = axes.indexOf("xyz".charAt(axis)) >= 0;
      long least =
          cropped ? around + (Math.max(0, size - label.extent(axis)) + 1L) / 2 : scan[axis];
      box =
          box.grown(
              axis, least + dice.below(jitter + 1), least + dice.below(jitter + 1), scan[axis]);
    }
    return box;
  }
}
