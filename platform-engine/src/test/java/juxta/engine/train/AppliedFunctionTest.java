package juxta.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Layout;
import juxta.api.ModelFunction;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.engine.hardware.Devices;
import juxta.engine.hardware.Team;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.nn.Initializers;
import org.junit.jupiter.api.Test;

class AppliedFunctionTest {
  /** y = x + b, where b starts at 0. */
  private static final ModelFunction SHIFT =
      new ModelFunction(
          "shift",
          List.of(Field.of("x", FieldType.FLOAT32, 3)),
          (scope, batch) ->
              Map.of(
                  "y",
                  scope
                      .tf()
                      .math
                      .add(
                          batch.floats("x"),
                          scope.weight("b", Layout.PLAIN, Initializers.zeros(), 1).value())));

  private static FrozenModel model() {
    ParameterStore store = new ParameterStore();
    store.put("b", new ParameterStore.Entry(Tensors.floats(new long[] {1}, 10), Layout.PLAIN));
    return new FrozenModel(List.of(SHIFT), store);
  }

  private static Evaluation.Applied open(long width) {
    return new Inference(1, Placement.automatic(1), Monitor.SILENT)
        .open(model(), "shift", List.of(Field.of("x", FieldType.FLOAT32, width)));
  }

  @Test
  void takesTheWeightsAndInputsOfAnySize() {
    try (Evaluation.Applied shift = open(-1)) {
      Value one = shift.run(Map.of("x", Tensors.floats(new long[] {1, 2}, 1, 2)), "y");
      assertThat(Tensors.floats(one)).containsExactly(11, 12);
      assertThat(one.shape()).containsExactly(1L, 2L);
      Value two = shift.run(Map.of("x", Tensors.floats(new long[] {2, 1}, 3, 4)), "y");
      assertThat(Tensors.floats(two)).containsExactly(13, 14);
      assertThat(two.shape()).containsExactly(2L, 1L);
    }
  }

  @Test
  void saysWhichOutputsThereAre() {
    try (Evaluation.Applied shift = open(1)) {
      assertThatThrownBy(() -> shift.run(Map.of("x", Tensors.floats(new long[] {1, 1}, 1)), "z"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("'shift' has no output 'z'")
          .hasMessageContaining("[y]");
      assertThatThrownBy(() -> shift.run(Map.of(), "y")).hasMessageContaining("no field 'x'");
    }
  }

  @Test
  void takesOnlyWhatAnOutputIsMadeOf() {
    ModelFunction two =
        new ModelFunction(
            "two",
            List.of(Field.of("x", FieldType.FLOAT32, 1), Field.of("z", FieldType.FLOAT32, 1)),
            (scope, batch) ->
                Map.of(
                    "y", scope.tf().math.neg(batch.floats("x")),
                    "sum", scope.tf().math.add(batch.floats("x"), batch.floats("z"))));
    FrozenModel model = new FrozenModel(List.of(two), new ParameterStore());
    Map<String, Value> x = Map.of("x", Tensors.floats(new long[] {1, 1}, 5));
    try (Evaluation.Applied opened =
        new Inference(1, Placement.automatic(1), Monitor.SILENT).open(model, "two", two.inputs())) {
      assertThat(Tensors.floats(opened.run(x, "y"))).containsExactly(-5);
      assertThatThrownBy(() -> opened.run(x, "sum")).hasMessageContaining("no field 'z'");
    }
  }

  /** Batches of differing shapes on two devices: the values of one, in order. */
  @Test
  void manyBatchesAreDealtOut() {
    ModelFunction squares =
        new ModelFunction(
            "squares",
            List.of(Field.of("x", FieldType.FLOAT32, -1)),
            (scope, batch) -> Map.of("y", scope.tf().math.square(batch.floats("x"))));
    FrozenModel model = new FrozenModel(List.of(squares), new ParameterStore());
    List<Map<String, Value>> batches = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      float[] row = new float[1 + i % 3];
      Arrays.fill(row, i);
      batches.add(Map.of("x", Tensors.floats(new long[] {1, row.length}, row)));
    }
    Placement two = Placement.of(Team.of("cpu:0,cpu:1", Devices.here()), 1);
    for (Placement placement : List.of(Placement.automatic(1), two)) {
      List<float[]> made = new ArrayList<>();
      try (Evaluation.Applied applied =
          new Inference(1, placement, Monitor.SILENT).open(model, "squares", squares.inputs())) {
        applied.each(batches.iterator(), "y", value -> made.add(Tensors.floats(value)));
        assertThat(made).hasSize(9);
        for (int i = 0; i < 9; i++) {
          assertThat(made.get(i)).hasSize(1 + i % 3).containsOnly(i * i);
        }
        assertThatThrownBy(() -> applied.each(batches.iterator(), "z", value -> {}))
            .hasMessageContaining("has no output 'z'");
        assertThatThrownBy(
                () ->
                    applied.each(
                        batches.iterator(),
                        "y",
                        value -> {
                          throw new UserException("the disk is full");
                        }))
            .hasMessage("the disk is full");
      }
    }
  }

  @Test
  void saysWhichFunctionsThereAre() {
    assertThat(model().inputs("shift")).isEqualTo(SHIFT.inputs());
    assertThatThrownBy(() -> model().inputs("turn"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no function 'turn'");
    assertThatThrownBy(
            () ->
                new Inference(1, Placement.automatic(1), Monitor.SILENT)
                    .open(model(), "turn", List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("[shift]");
    assertThatThrownBy(
            () ->
                new Inference(1, Placement.automatic(1), Monitor.SILENT)
                    .open(model(), "shift", List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no field 'x'");
  }
}
