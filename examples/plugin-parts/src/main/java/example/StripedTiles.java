package example;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import juxta.api.*;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.data.OpenDataset;

/**
 * Generated images of stripes, of two classes: upright and level. A reader of files would look for
 * them at {@code request.path()}, and add what it read to the fingerprint; see
 * juxta.toolkit.picture.
 */
public final class StripedTiles implements DatasetProvider {
  static final Setting<Integer> TRAIN_SIZE =
      Setting.integer("train-size", 512)
          .range(1, 1_000_000)
          .describe("number of training images")
          .source("own choice");

  private static final int TEST_SIZE = 128;
  private static final int SIDE = 32;

  @Override
  public String id() {
    return "striped-tiles";
  }

  @Override
  public String summary() {
    return "generated images of stripes, upright or level";
  }

  @Override
  public DataKind kind() {
    return DataKind.IMAGES;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(TRAIN_SIZE);
  }

  @Override
  public Dataset open(Request request) {
    if (request.path().isPresent()) {
      throw new UserException(
          "striped-tiles: the images are generated, not read from "
              + request.path().get()
              + "; leave the path away: --data striped-tiles");
    }
    int size = request.settings().get(TRAIN_SIZE);
    Map<String, Split> splits = new LinkedHashMap<>();
    splits.put(Dataset.TRAIN, split(size, 0));
    splits.put(Dataset.TEST, split(TEST_SIZE, size)); // tiles of its own
    // whatever decides what the records are; change the version when the drawing changes
    Fingerprint fingerprint =
        new Fingerprint().add("version", "1").add("train-size", Integer.toString(size));
    return new OpenDataset(id(), splits, List.of("upright", "level"), fingerprint.hex());
  }

  private static Split split(int size, int first) {
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = (first + i) % 2;
    }
    return ColumnSplit.of(
        size,
        Column.images(SIDE, SIDE, 3, record -> draw(first + record, labels[record])),
        Column.labels(labels));
  }

  /** uint8 [H, W, 3] of a tile: the same number, the same tile. */
  private static byte[] draw(int number, int label) {
    Random random = new Random(number);
    int width = 2 + random.nextInt(4);
    int phase = random.nextInt(2 * width);
    int[] dark = {random.nextInt(100), random.nextInt(100), random.nextInt(100)};
    byte[] pixels = new byte[SIDE * SIDE * 3];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        boolean bright = ((label == 0 ? x : y) + phase) / width % 2 == 0;
        for (int c = 0; c < 3; c++) {
          int value = dark[c] + (bright ? 120 : 0) + random.nextInt(30);
          pixels[(y * SIDE + x) * 3 + c] = (byte) value;
        }
      }
    }
    return pixels;
  }
}
