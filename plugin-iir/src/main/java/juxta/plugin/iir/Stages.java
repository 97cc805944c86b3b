package juxta.plugin.iir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import juxta.api.FieldType;
import juxta.api.Step;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/**
 * Drives the three stages of a {@link TuningStep}.
 *
 * @param batch images B
 * @param width length D of a descriptor
 * @param chunk images at once
 */
record Stages(int batch, int width, int chunk) implements Step.Program {
  /** Makes the views and clears the sums. */
  static final String PREPARE = "prepare";

  /** Descriptors of a chunk. */
  static final String EMBED = "embed";

  /** The loss's gradient at the descriptors. */
  static final String SLOPE = "slope";

  /** Adds a chunk's gradients to the sums. */
  static final String ACCUMULATE = "accumulate";

  @Override
  public void run(Step.Runner runner, Map<String, int[]> records) {
    runner.run(PREPARE, Map.of());
    ByteBuffer all = ByteBuffer.allocate(4 * batch * width).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < batch; from += chunk) { // (a)
      all.put(runner.run(EMBED, place(from)).get(EMBED).data());
    }
    Value d = new Value(FieldType.FLOAT32, List.of((long) batch, (long) width), all.flip());
    Value slope = runner.run(SLOPE, Map.of("descriptors", d)).get(SLOPE); // (b)
    for (int from = 0; from < batch; from += chunk) { // (c)
      Map<String, Value> feeds = new java.util.HashMap<>(place(from));
      feeds.put("slope", rows(slope, from));
      runner.run(ACCUMULATE, feeds);
    }
    runner.train(Map.of("descriptors", d));
  }

  private int count(int from) {
    return Math.min(chunk, batch - from);
  }

  private Map<String, Value> place(int from) {
    long[] one = {1};
    return Map.of("first", Tensors.ints(one, from), "count", Tensors.ints(one, count(from)));
  }

  private Value rows(Value matrix, int from) {
    ByteBuffer data = matrix.data();
    int rows = count(from);
    return new Value(
        FieldType.FLOAT32,
        List.of((long) rows, (long) width),
        data.slice(4 * width * from, 4 * width * rows));
  }
}
