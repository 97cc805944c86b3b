package juxta.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Layout;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.engine.hardware.Devices;
import juxta.engine.hardware.Team;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.nn.Initializers;
import org.junit.jupiter.api.Test;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The rows that evaluators get and those that are streamed are the same ones. */
class InferenceTest {
  private static final int SIZE = 2 * Inference.BATCH + 7;
  private static final Field X = Field.of("x", FieldType.FLOAT32, 3);
  private static final Split SPLIT =
      ColumnSplit.of(
          SIZE,
          new Column(X, i -> Tensors.floats(new long[] {3}, i, (float) Math.sin(i), 1f / (1 + i))));

  /** A product, with noise that differs from batch to batch. */
  private static final ModelFunction NOISY =
      new ModelFunction(
          "noisy",
          List.of(X),
          (scope, batch) -> {
            Ops tf = scope.tf();
            var y =
                tf.linalg.matMul(
                    batch.floats("x"),
                    scope.weight("w", Layout.PLAIN, Initializers.zeros(), 3, 2).value());
            return Map.of(
                "y",
                tf.math.add(y, tf.random.statelessRandomNormal(tf.shape(y), scope.seed("noise"))));
          });

  private static FrozenModel model() {
    ParameterStore store = new ParameterStore();
    float[] w = {1, 0.3f, -2, 0.7f, 5, 0.1f};
    store.put("w", new ParameterStore.Entry(Tensors.floats(new long[] {3, 2}, w), Layout.PLAIN));
    return new FrozenModel(List.of(NOISY), store);
  }

  @Test
  void anyBatchesAreThoseOfAWholePass() {
    Inference inference = new Inference(1, Placement.automatic(1), Monitor.SILENT);
    Matrix whole = inference.run(model(), "noisy", SPLIT, "y");
    assertThat(whole.rows()).isEqualTo(SIZE);
    assertThat(Inference.batches(SIZE, Inference.BATCH)).isEqualTo(3);
    for (int from = 0; from < 3; from++) {
      List<Integer> firsts = new ArrayList<>();
      List<Float> values = new ArrayList<>();
      inference.stream(
          model(),
          "noisy",
          SPLIT,
          "y",
          Inference.BATCH,
          from,
          3,
          (first, rows) -> {
            firsts.add(first);
            for (float value : Tensors.floats(rows)) {
              values.add(value);
            }
          });
      assertThat(firsts).hasSize(3 - from).first().isEqualTo(from * Inference.BATCH);
      float[] expected =
          Arrays.copyOfRange(whole.values(), 2 * from * Inference.BATCH, whole.values().length);
      assertThat(values.toArray()).isEqualTo(boxed(expected));
    }
  }

  /** Their batches are dealt out, and each is what it is on one device, to the bit. */
  @Test
  void severalDevicesMakeTheRowsOfOne() {
    Placement two = Placement.of(Team.of("cpu:0,cpu:1", Devices.here()), 1);
    Matrix one =
        new Inference(1, Placement.automatic(1), Monitor.SILENT).run(model(), "noisy", SPLIT, "y");
    Matrix shared = new Inference(1, two, Monitor.SILENT).run(model(), "noisy", SPLIT, "y");
    assertThat(shared.values()).isEqualTo(one.values());
  }

  @Test
  void whatTakesTheRowsMayEndAPassOverSeveralDevices() {
    Placement two = Placement.of(Team.of("cpu:0,cpu:1", Devices.here()), 1);
    List<Integer> firsts = new ArrayList<>();
    assertThatThrownBy(
            () ->
                new Inference(1, two, Monitor.SILENT)
                    .stream(
                        model(),
                        "noisy",
                        SPLIT,
                        "y",
                        Inference.BATCH,
                        0,
                        3,
                        (first, rows) -> {
                          firsts.add(first);
                          throw new UserException("the disk is full");
                        }))
        .hasMessage("the disk is full");
    assertThat(firsts).containsExactly(0);
  }

  /** What a network makes of a batch is many times as large as its records. */
  @Test
  void largeRecordsComeInSmallBatches() {
    Field large = Field.of("x", FieldType.UINT8, 1 << 10, 1 << 10);
    ModelFunction mean =
        new ModelFunction(
            "mean",
            List.of(large),
            (scope, batch) -> {
              Ops tf = scope.tf();
              var x = tf.dtypes.cast(batch.get("x"), TFloat32.class);
              return Map.of("y", tf.math.mean(x, tf.constant(new int[] {1, 2})));
            });
    Split ten =
        ColumnSplit.of(
            10,
            new Column(
                large,
                i ->
                    new Value(
                        FieldType.UINT8,
                        large.shape(),
                        ByteBuffer.allocate(Math.toIntExact(large.bytes())).put(0, (byte) i))));
    int batch = Inference.batch(mean, ten);
    assertThat(batch).isEqualTo(8);
    assertThat(Inference.batch(NOISY, SPLIT)).isEqualTo(Inference.BATCH);

    FrozenModel model = new FrozenModel(List.of(mean), new ParameterStore());
    Inference inference = new Inference(1, Placement.automatic(1), Monitor.SILENT);
    List<Long> sizes = new ArrayList<>();
    List<Float> streamed = new ArrayList<>();
    inference.stream(
        model,
        "mean",
        ten,
        "y",
        batch,
        0,
        Inference.batches(10, batch),
        (first, rows) -> {
          sizes.add(rows.shape().get(0));
          for (float value : Tensors.floats(rows)) {
            streamed.add(value);
          }
        });
    assertThat(sizes).containsExactly(8L, 2L);
    assertThat(boxed(inference.run(model, "mean", ten, "y").values()))
        .isEqualTo(streamed.toArray());
  }

  private static Object[] boxed(float[] values) {
    Object[] boxed = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return boxed;
  }
}
