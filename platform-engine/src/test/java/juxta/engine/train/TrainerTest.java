package juxta.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Preparation;
import juxta.api.Schedule;
import juxta.api.Split;
import juxta.api.Step;
import juxta.api.TaskContext;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.data.Column;
import juxta.toolkit.data.ColumnSplit;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class TrainerTest {
  /** y = x + b. */
  private static final ModelFunction SHIFT =
      new ModelFunction(
          "shift",
          List.of(Field.of("x", FieldType.FLOAT32, 1)),
          (scope, batch) -> Map.of("y", scope.tf().math.add(batch.floats("x"), b(scope))));

  private final List<Float> seen = new ArrayList<>();

  @TempDir private Path folder;

  private static Operand<TFloat32> b(GraphScope scope) {
    return scope.weight("b", Layout.PLAIN, Initializers.zeros(), 1).value();
  }

  /** Each step takes 1 from b. */
  private TrainingPhase phase() {
    TrainingPhase plain =
        TrainingPhase.of(
            3,
            Samplers.sequential("train", 4, 2),
            Map.of(TrainingPhase.LEARNING_RATE, Schedule.constant(1)),
            context -> {
              GraphScope scope = context.scope();
              Operand<TFloat32> loss = scope.tf().math.mean(b(scope), scope.ints(0));
              Sgd.of(0).minimize(scope, loss);
              return Step.of(loss);
            });
    return plain.validatedBy(new TrainingPhase.Validation(1, this::look, false, false, 0));
  }

  /** What the function makes of three records of two numbers, which are no split of the data. */
  private double look(TaskContext context) {
    List<Field> wide = List.of(Field.of("x", FieldType.FLOAT32, 2));
    try (Evaluation.Applied shift = context.open("shift", wide)) {
      Value y = shift.run(Map.of("x", Tensors.floats(new long[] {3, 2}, 0, 1, 2, 3, 4, 5)), "y");
      assertThat(y.shape()).containsExactly(3L, 2L);
      float[] values = Tensors.floats(y);
      assertThat(values[5] - values[0]).isEqualTo(5);
      seen.add(values[0]);
      return values[0];
    }
  }

  @Test
  void tasksAndValidationsOpenFunctionsWithTheWeightsOfTheMoment() {
    Plan plan =
        new Plan(
            List.of(
                new Phase.Task("before", this::look),
                new Phase.Training("train", artefacts -> phase()),
                new Phase.Task(
                    "after",
                    context -> {
                      context.write(Map.of("b", Tensors.floats(new long[] {1}, 7)));
                      look(context);
                    })),
            List.of(SHIFT));
    Trainer.Conditions conditions =
        new Trainer.Conditions(new Four(), 1, Precision.FLOAT32, 1, folder);
    new Trainer(plan, conditions, Monitor.SILENT, new Unsaved(), () -> false, (p, n, v) -> {})
        .run(new ParameterStore(), PhaseState.START);
    assertThat(seen).containsExactly(0f, -1f, -2f, -3f, 7f);
  }

  /** A map's order may be another in each process; files of weights are to be the same. */
  @Test
  void whatATaskWritesIsKeptInTheOrderOfItsNames() {
    Map<String, Value> written = new LinkedHashMap<>();
    List.of("z", "b", "y").forEach(name -> written.put(name, Tensors.floats(new long[] {1}, 1)));
    Plan plan =
        new Plan(
            List.of(new Phase.Task("writing", context -> context.write(written))), List.of(SHIFT));
    Trainer.Conditions conditions =
        new Trainer.Conditions(new Four(), 1, Precision.FLOAT32, 1, folder);
    ParameterStore store =
        new Trainer(plan, conditions, Monitor.SILENT, new Unsaved(), () -> false, (p, n, v) -> {})
            .run(new ParameterStore(), PhaseState.START);
    assertThat(store.entries().keySet()).containsExactly("b", "y", "z");
  }

  /** Adds to a text's length what a task has left in a file. */
  private ModelFunction lengths() {
    Preparation preparation =
        new Preparation() {
          @Override
          public List<Field> fields() {
            return List.of(Field.of("length", FieldType.FLOAT32, 1));
          }

          @Override
          public Map<String, Value> of(Map<String, Value> record) {
            return Map.of(
                "length", Tensors.floats(new long[] {1}, record.get("word").text().length()));
          }

          @Override
          public Optional<String> objection(Map<String, Value> record) {
            return record.get("word").text().isEmpty() ? Optional.of("no word") : Optional.empty();
          }
        };
    return new ModelFunction(
        "lengths",
        List.of(Field.of("word", FieldType.TEXT)),
        (scope, batch) ->
            Map.of("y", scope.tf().math.add(batch.floats("length"), scope.constant(left()))),
        Optional.of(preparation));
  }

  private float left() {
    try {
      return Float.parseFloat(Files.readString(folder.resolve("left.txt")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void textIsPreparedOnTheHostAndFunctionsReadWhatATaskHasLeft() {
    List<String> asked = new ArrayList<>();
    Phase.Task leaving =
        new Phase.Task(
            "leaving",
            context -> {
              try {
                Files.writeString(context.artefacts().resolve("left.txt"), "100");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Phase.Task asking =
        new Phase.Task(
            "asking",
            context -> {
              Matrix all = context.run("lengths", Dataset.TRAIN, "y");
              assertThat(all.values()).containsExactly(103, 103, 105, 104);
              List<Field> inputs = context.model().inputs("lengths");
              try (Evaluation.Applied lengths = context.open("lengths", inputs)) {
                Map<String, Value> query = Map.of("word", Value.of("nineteen"));
                Map<String, Value> none = Map.of("word", Value.of(""));
                Value y = lengths.records(List.of(query, none), "y");
                assertThat(y.shape()).containsExactly(2L, 1L);
                assertThat(Tensors.floats(y)).containsExactly(108, 100);
                assertThat(lengths.objection(query)).isEmpty();
                assertThat(lengths.objection(none)).contains("no word");
              }
              asked.add("asked");
            });
    Trainer.Conditions conditions =
        new Trainer.Conditions(new Four(), 1, Precision.FLOAT32, 1, folder);
    Plan plan = new Plan(List.of(leaving, asking), List.of(lengths()));
    new Trainer(plan, conditions, Monitor.SILENT, new Unsaved(), () -> false, (p, n, v) -> {})
        .run(new ParameterStore(), PhaseState.START);
    assertThat(asked).hasSize(1);
  }

  /** A function of random numbers, one a record. */
  private static ModelFunction drawing(String name) {
    return new ModelFunction(
        name,
        List.of(Field.of("x", FieldType.FLOAT32, 1)),
        (scope, batch) ->
            Map.of(
                "y",
                scope
                    .tf()
                    .random
                    .statelessRandomNormal(
                        scope.tf().shape(batch.floats("x")), scope.seed("crop"))));
  }

  @Test
  void functionsDrawAtRandomEachForItself() {
    FrozenModel model =
        new FrozenModel(List.of(drawing("one"), drawing("two")), new ParameterStore());
    Inference inference = new Inference(1, Placement.automatic(1), Monitor.SILENT);
    float[] one = inference.run(model, "one", new Four(), "y").values();
    assertThat(inference.run(model, "one", new Four(), "y").values()).containsExactly(one);
    assertThat(inference.run(model, "two", new Four(), "y").values()).doesNotContain(one);
  }

  @Test
  void everyRecordOfASplitHasNumbersOfItsOwn() {
    Field field = Field.of("x", FieldType.FLOAT32, 1);
    Split many =
        ColumnSplit.of(500, new Column(field, record -> Tensors.floats(new long[] {1}, record)));
    FrozenModel model = new FrozenModel(List.of(drawing("one")), new ParameterStore());
    Inference inference = new Inference(1, Placement.automatic(1), Monitor.SILENT);
    float[] drawn = inference.run(model, "one", many, "y").values();
    assertThat(Arrays.copyOfRange(drawn, 0, 250)).doesNotContain(drawn[250], drawn[499]);
  }

  @Test
  void functionsOfOneModelShareItsWeightsInAGraph() {
    ParameterStore store = new ParameterStore();
    store.put("b", new ParameterStore.Entry(Tensors.floats(new long[] {1}, 10), Layout.PLAIN));
    FrozenModel model = new FrozenModel(List.of(SHIFT), store);
    ModelFunction twice =
        new ModelFunction(
            "twice",
            SHIFT.inputs(),
            (scope, batch) ->
                Map.of(
                    "y",
                    scope
                        .tf()
                        .math
                        .add(
                            model.apply("shift", scope, batch).get("y"),
                            model.apply("shift", scope, batch).get("y"))));
    Matrix y =
        new Inference(1, Placement.automatic(1), Monitor.SILENT)
            .run(new FrozenModel(List.of(twice), store), "twice", new Four(), "y");
    assertThat(y.values()).containsExactly(20, 22, 24, 26);
  }

  /** Not by its learning rate, which nothing is wrong with. */
  @Test
  void aLossThatIsNoNumberIsPutDownToTheRecordThatIsNone() {
    TrainingPhase phase =
        TrainingPhase.of(
            2,
            Samplers.sequential("train", 4, 2),
            Map.of(TrainingPhase.LEARNING_RATE, Schedule.constant(1)),
            context -> {
              GraphScope scope = context.scope();
              Operand<TFloat32> x = context.batch().floats("x");
              Operand<TFloat32> loss =
                  scope.tf().math.mean(scope.tf().math.mul(x, b(scope)), scope.ints(0, 1));
              Sgd.of(0).minimize(scope, loss);
              return Step.of(loss);
            });
    Plan plan = new Plan(List.of(new Phase.Training("train", a -> phase)), List.of(SHIFT));
    Trainer.Conditions conditions =
        new Trainer.Conditions(new Four(Float.NaN), 1, Precision.FLOAT32, 1, folder);
    Trainer trainer =
        new Trainer(plan, conditions, Monitor.SILENT, new Unsaved(), () -> false, (p, n, v) -> {});
    assertThatThrownBy(() -> trainer.run(new ParameterStore(), PhaseState.START))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "train: the loss is NaN at step 1, since field 'x' of record 3 of split 'train' of data"
                + " set 'four' holds what is no number; mend the data, or take the record out (last"
                + " good state: nowhere)");
  }

  private static final class Unsaved implements Trainer.Saver {
    @Override
    public boolean due(long step, boolean endOfEpoch) {
      return false;
    }

    @Override
    public String save(ParameterStore store, PhaseState state) {
      return "nowhere";
    }

    @Override
    public String last() {
      return "nowhere";
    }
  }

  /** Four numbers, and how they are written. */
  private record Four(float last) implements Dataset, Split {
    Four() {
      this(3);
    }

    @Override
    public String id() {
      return "four";
    }

    @Override
    public DataKind kind() {
      return DataKind.IMAGES;
    }

    @Override
    public Map<String, Split> splits() {
      return Map.of(TRAIN, this);
    }

    @Override
    public List<String> classes() {
      return List.of();
    }

    @Override
    public String fingerprint() {
      return "0";
    }

    @Override
    public int size() {
      return 4;
    }

    @Override
    public List<Field> fields() {
      return List.of(SHIFT.inputs().get(0), Field.of("word", FieldType.TEXT));
    }

    @Override
    public Value value(String field, int record) {
      if (field.equals("word")) {
        return Value.of(List.of("one", "two", "three", "four").get(record));
      }
      return Tensors.floats(new long[] {1}, record == 3 ? last : record);
    }
  }
}
