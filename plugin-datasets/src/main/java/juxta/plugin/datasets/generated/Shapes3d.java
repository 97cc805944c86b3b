package juxta.plugin.datasets.generated;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.plugin.datasets.volume.LabelledScan;
import juxta.plugin.datasets.volume.VolumeColumns;
import juxta.plugin.datasets.volume.VolumeRecord;
import juxta.plugin.datasets.volume.Volumes;
import juxta.toolkit.data.Dice;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;
import juxta.toolkit.picture.Pixels;

/**
 * Generated scans of a chamber with vessels, with exact masks; nothing is downloaded. Bodies of
 * like brightness, a change of brightness across the scan, blurred surfaces and noise keep a
 * threshold from finding the mask. Fields and splits are those of {@link Volumes}.
 */
public final class Shapes3d implements DatasetProvider {
  static final Setting<Integer> TRAIN_SIZE =
      Setting.integer("train-size", 16)
          .range(1, 100_000)
          .describe("number of training scans")
          .source("own choice: the least that segmentation learns from");

  static final Setting<Integer> TEST_SIZE =
      Setting.integer("test-size", 4)
          .range(1, 100_000)
          .describe("number of test scans")
          .source("own choice: a fifth, as in the usual lists");

  static final Setting<Integer> SIDE =
      Setting.integer("side", 48)
          .range(12, 512)
          .describe("voxels along the first two axes; the third has two thirds of them")
          .source("own choice: 48 x 48 x 32 halves four times");

  static final Setting<Optional<Integer>> LABELLED =
      Setting.integer("labelled")
          .range(1, 100_000)
          .unset("all", "0")
          .describe("the first so many training scans keep their labels")
          .source("own choice: nothing is hidden unless asked for");

  static final Setting<Integer> SEED =
      Setting.integer("seed", 0)
          .describe("another seed gives other scans")
          .source("own choice; apart from the run's seed, so that runs share their data");

  /** Raised whenever the same settings give other voxels. */
  private static final int VERSION = 1;

  /** Creates the provider. */
  public Shapes3d() {}

  @Override
  public String id() {
    return "shapes3d";
  }

  @Override
  public String summary() {
    return "generated 3D scans of a chamber with vessels, with exact masks; needs no download";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(TRAIN_SIZE, TEST_SIZE, SIDE, LABELLED, SEED);
  }

  @Override
  public DataKind kind() {
    return DataKind.VOLUMES;
  }

  @Override
  public Dataset open(Request request) {
    request
        .path()
        .ifPresent(
            path -> {
              throw new UserException(
                  "shapes3d: the scans are generated, not read from "
                      + path
                      + "; leave the path away: --data shapes3d");
            });
    Settings settings = request.settings();
    int train = settings.get(TRAIN_SIZE);
    int labelled = settings.get(LABELLED).orElse(train);
    if (labelled > train) {
      throw new UserException(
          "data.labelled is %d but there are %d training scans; set it to %d or less"
              .formatted(labelled, train, train));
    }
    List<VolumeRecord> training = records(request, "train", 0, train, labelled);
    int test = settings.get(TEST_SIZE);
    VolumeColumns columns = VolumeColumns.around(training);
    Map<String, Split> splits = new LinkedHashMap<>();
    splits.put(Dataset.TRAIN, columns.split(training));
    splits.put(Dataset.TEST, columns.split(records(request, "test", 1, test, test)));
    if (labelled < train) {
      List<VolumeRecord> revealed = training.stream().map(VolumeRecord::revealed).toList();
      splits.put(Dataset.REVEALED, columns.split(revealed));
    }
    Fingerprint fingerprint = new Fingerprint().add("version", Integer.toString(VERSION));
    settings()
        .forEach(
            setting ->
                fingerprint.add(
                    setting.key(),
                    settings.get(setting) instanceof Optional<?> given
                        ? given.map(Object::toString).orElse("0")
                        : String.valueOf(settings.get(setting))));
    return new OpenDataset(id(), kind(), splits, Volumes.names(2), fingerprint.hex());
  }

  /** Scans are drawn on all cores and kept if they fit, else drawn whenever they are asked for. */
  private static List<VolumeRecord> records(
      Request request, String name, int split, int size, int labelled) {
    int seed = request.settings().get(SEED);
    int side = request.settings().get(SIDE);
    boolean keep = Pixels.fits(5L * size * SolidRenderer.grid(side).voxels());
    LabelledScan[] drawn = new LabelledScan[keep ? size : 0];
    AtomicInteger done = new AtomicInteger();
    IntStream.range(0, drawn.length)
        .parallel()
        .forEach(
            i -> {
              drawn[i] = draw(seed, split, i, side);
              synchronized (done) {
                double share = (double) done.incrementAndGet() / size;
                request.progress().accept("drawing scans", share);
              }
            });
    List<VolumeRecord> records = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int record = i;
      Supplier<LabelledScan> scan =
          keep ? () -> drawn[record] : () -> draw(seed, split, record, side);
      records.add(new VolumeRecord(name + "-" + i, i < labelled, SolidRenderer.grid(side), scan));
    }
    return records;
  }

  private static LabelledScan draw(int seed, int split, int record, int side) {
    SolidScene scene = SolidScene.draw(new Dice(seed, split, record, 0));
    return SolidRenderer.draw(scene, side, new Dice(seed, split, record, 1));
  }
}
