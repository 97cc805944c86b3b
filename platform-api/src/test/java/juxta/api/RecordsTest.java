package juxta.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** What carries records through a run, without a graph. */
class RecordsTest {
  /** A tensor of a type that is part of no graph. */
  private record Named<T extends TType>(Class<T> type) implements Operand<T> {
    @Override
    public Output<T> asOutput() {
      throw new UnsupportedOperationException();
    }

    @Override
    public org.tensorflow.Operation op() {
      throw new UnsupportedOperationException();
    }
  }

  private static final Operand<TFloat32> FLOATS = new Named<>(TFloat32.class);
  private static final Operand<TUint8> BYTES = new Named<>(TUint8.class);

  @Test
  void aBatchGivesFieldsByNameAndType() {
    Batch batch = Batch.of(Field.IMAGE, BYTES).with("x", FLOATS);
    assertThat(batch.bytes(Field.IMAGE)).isSameAs(BYTES);
    assertThat(batch.floats("x")).isSameAs(FLOATS);
    assertThat(batch.with(Field.IMAGE, FLOATS).image()).isSameAs(FLOATS);
    assertThat(batch.bytes(Field.IMAGE)).isSameAs(BYTES); // the first batch is as it was
    assertThatThrownBy(() -> batch.get("y"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no field 'y'")
        .hasMessageContaining("image");
    assertThatThrownBy(batch::image)
        .isInstanceOf(UserException.class)
        .hasMessage("field 'image' holds TUint8 where TFloat32 is needed");
  }

  private record Two() implements Split {
    @Override
    public int size() {
      return 2;
    }

    @Override
    public List<Field> fields() {
      return List.of(Field.of(Field.LABEL, FieldType.INT32), Field.of(Field.TEXT, FieldType.TEXT));
    }

    @Override
    public Value value(String field, int record) {
      return field.equals(Field.LABEL) ? Value.of(record) : Value.of("record " + record);
    }
  }

  @Test
  void aSplitLooksFieldsUp() {
    Split split = new Two();
    assertThat(split.has(Field.TEXT)).isTrue();
    assertThat(split.has(Field.IMAGE)).isFalse();
    assertThat(split.field(Field.LABEL).type()).isEqualTo(FieldType.INT32);
    assertThat(split.values(List.of(Field.TEXT, Field.LABEL), 1))
        .containsExactly(
            Map.entry(Field.TEXT, Value.of("record 1")), Map.entry(Field.LABEL, Value.of(1)));
    assertThatThrownBy(() -> split.field(Field.IMAGE))
        .isInstanceOf(UserException.class)
        .hasMessage("the data have no field 'image'; they have label, text");
  }

  @Test
  void aStepKeepsTheOrderOfItsOutputsAndHasALoss() {
    Step step = Step.of(FLOATS).with("b", FLOATS).with("a", FLOATS);
    assertThat(step.outputs().keySet()).containsExactly(Step.LOSS, "b", "a");
    assertThat(step.runs()).isEmpty();
    Map<String, Operand<TFloat32>> none = Map.of("x", FLOATS);
    assertThatThrownBy(() -> new Step(none, List.of(), (runner, batch) -> {}, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'loss'");
  }

  @Test
  void aPhaseMayBeWatchedAndKeepItsOptimizerInAnyOrder() {
    Map<String, Schedule> schedules = new HashMap<>();
    schedules.put(TrainingPhase.LEARNING_RATE, Schedule.constant(0.1));
    TrainingPhase plain = TrainingPhase.of(3, null, schedules, context -> Step.of(FLOATS));
    schedules.clear(); // the phase has its own
    assertThat(plain.schedules().get(TrainingPhase.LEARNING_RATE).at(2, List.of())).isEqualTo(0.1);
    assertThat(plain.keepsOptimizer()).isFalse();
    assertThat(plain.validation()).isEmpty();
    TrainingPhase.Validation watch = new TrainingPhase.Validation(1, task -> 0.0, true, true, 2);
    for (TrainingPhase both :
        List.of(
            plain.validatedBy(watch).keepingOptimizer(),
            plain.keepingOptimizer().validatedBy(watch))) {
      assertThat(both.keepsOptimizer()).isTrue();
      assertThat(both.validation()).contains(watch);
      assertThat(both.steps()).isEqualTo(3);
      assertThat(both.step()).isSameAs(plain.step());
    }
  }

  @Test
  void aFunctionIsGivenWhatItsPreparationMakes() {
    Field text = Field.of(Field.TEXT, FieldType.TEXT);
    Field tokens = Field.of("tokens", FieldType.INT32, 7);
    ModelFunction.Body body = (scope, batch) -> Map.of();
    ModelFunction plain = new ModelFunction("f", List.of(text), body);
    assertThat(plain.prepared()).containsExactly(text);
    Preparation preparation =
        new Preparation() {
          @Override
          public List<Field> fields() {
            return List.of(tokens);
          }

          @Override
          public Map<String, Value> of(Map<String, Value> record) {
            return Map.of();
          }
        };
    ModelFunction prepared =
        new ModelFunction("f", List.of(text), body, Optional.of(preparation)).tunedBy(body);
    assertThat(prepared.prepared()).containsExactly(tokens);
    assertThat(prepared.inputs()).containsExactly(text);
    assertThat(prepared.tuned()).containsSame(body);
    assertThat(preparation.objection(Map.of())).isEmpty();
  }
}
