package juxta.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import juxta.engine.hardware.Devices;
import juxta.engine.hardware.Team;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.nn.Initializers;
import org.junit.jupiter.api.Test;
import org.tensorflow.op.Ops;

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
    assertThat(Inference.batches(SIZE)).isEqualTo(3);
    for (int from = 0; from < 3; from++) {
      List<Integer> firsts = new ArrayList<>();
      List<Float> values = new ArrayList<>();
      inference.stream(
          model(),
          "noisy",
          SPLIT,
          "y",
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
                        0,
                        3,
                        (first, rows) -> {
                          firsts.add(first);
                          throw new UserException("the disk is full");
                        }))
        .hasMessage("the disk is full");
    assertThat(firsts).containsExactly(0);
  }

  private static Object[] boxed(float[] values) {
    Object[] boxed = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return boxed;
  }
}
