package juxta.plugin.baselines.evaluators;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.metrics.ConfusionMatrix;

/**
 * Compares what a head finds in the tiles of a split with their masks.
 *
 * @param data the data
 * @param split name of the split
 * @param head the head's function
 */
record TileScoring(Dataset data, String split, Evaluation.Applied head) {
  /** Pixels at once: enough to keep a device busy, few enough for its memory. */
  private static final long PIXELS = 1L << 19;

  /**
   * Counts all pixels that have a class.
   *
   * @param found takes the counts
   * @param picture is shown each tile
   * @param done is told how many tiles are done
   */
  void run(ConfusionMatrix found, TilePicture picture, IntConsumer done) {
    Split tiles = data.split(split);
    int pixels = Math.toIntExact(tiles.field(Field.MASK).elements());
    int batch = (int) Math.max(1, PIXELS / pixels);
    for (int from = 0; from < tiles.size(); from += batch) {
      int to = Math.min(tiles.size(), from + batch);
      float[] classes =
          Tensors.floats(
              head.run(Map.of(Field.IMAGE, images(tiles, from, to)), SegmentationTraining.CLASSES));
      for (int i = from; i < to; i++) {
        byte[] predicted = new byte[pixels];
        for (int p = 0; p < pixels; p++) {
          predicted[p] = (byte) classes[(i - from) * pixels + p];
        }
        byte[] truth = bytes(tiles.value(Field.MASK, i));
        count(found, truth, predicted, i);
        int record = i;
        picture.show(i, tiles.size(), () -> tiles.value(Field.IMAGE, record), truth, predicted);
      }
      done.accept(to);
    }
  }

  private void count(ConfusionMatrix found, byte[] truth, byte[] predicted, int record) {
    for (int p = 0; p < truth.length; p++) {
      int actual = Byte.toUnsignedInt(truth[p]);
      if (actual == Field.IGNORED) {
        continue;
      }
      if (actual >= found.classes()) {
        throw new UserException(
            "segmentation: mask %d of split '%s' has class %d; data set '%s' names %d classes"
                .formatted(record, split, actual, data.id(), found.classes()));
      }
      found.add(actual, Byte.toUnsignedInt(predicted[p]));
    }
  }

  private static Value images(Split tiles, int from, int to) {
    Field field = tiles.field(Field.IMAGE);
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact((to - from) * field.bytes()));
    for (int i = from; i < to; i++) {
      all.put(tiles.value(Field.IMAGE, i).data());
    }
    List<Long> shape = new ArrayList<>(List.of((long) to - from));
    shape.addAll(field.shape());
    return new Value(field.type(), shape, all.flip());
  }

  private static byte[] bytes(Value value) {
    byte[] bytes = new byte[value.data().remaining()];
    value.data().get(bytes);
    return bytes;
  }
}
