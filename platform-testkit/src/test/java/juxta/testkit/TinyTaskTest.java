package juxta.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Layout;
import juxta.api.ModelFunction;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.nn.Initializers;
import org.junit.jupiter.api.Test;

class TinyTaskTest {
  @Test
  void openedFunctionsHaveTheWeightsThatWereWritten() {
    List<Field> inputs = List.of(Field.of("x", FieldType.FLOAT32, 1));
    ModelFunction shift =
        new ModelFunction(
            "shift",
            inputs,
            (scope, batch) ->
                Map.of(
                    "y",
                    scope
                        .tf()
                        .math
                        .add(
                            batch.floats("x"),
                            scope.weight("b", Layout.PLAIN, Initializers.zeros(), 1).value())));
    TinyTask task =
        new TinyTask(TinyData.small(), 1, Path.of("."), List.of(shift), new HashMap<>());
    assertThat(y(task, inputs)).containsExactly(1, 2);
    task.write(Map.of("b", Tensors.floats(new long[] {1}, 10)));
    assertThat(y(task, inputs)).containsExactly(11, 12);
  }

  private static float[] y(TinyTask task, List<Field> inputs) {
    try (Evaluation.Applied shift = task.open("shift", inputs)) {
      return Tensors.floats(shift.run(Map.of("x", Tensors.floats(new long[] {2, 1}, 1, 2)), "y"));
    }
  }
}
