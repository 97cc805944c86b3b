package juxta.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Schedule;
import juxta.api.Split;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class StepDriverTest {
  private static final Trainer.Conditions CONDITIONS =
      new Trainer.Conditions(new Numbers(), 1, Precision.FLOAT32, 1, Path.of("."));

  /** The loss is w times the mean of the records. */
  private static Step step(StepContext context) {
    GraphScope scope = context.scope();
    Operand<TFloat32> w = scope.weight("w", Layout.PLAIN, Initializers.ones(), 1).value();
    Operand<TFloat32> mean =
        scope.tf().math.mean(context.batch().floats("x"), scope.ints(0, 1)); // []
    Operand<TFloat32> loss =
        scope.tf().math.mul(scope.tf().math.mean(w, scope.ints(0)), mean); // []
    Sgd.of(0.5).minimize(scope, loss);
    return Step.of(loss).with("w", scope.tf().identity(w));
  }

  private static TrainingPhase phase() {
    return TrainingPhase.of(
        3,
        Samplers.sequential("train", 4, 2),
        Map.of(TrainingPhase.LEARNING_RATE, (step, history) -> 0.1 * (step + 1)),
        StepDriverTest::step);
  }

  private static StepDriver driver(ParameterStore start) {
    return new StepDriver("train", phase(), CONDITIONS, start);
  }

  private static Map<String, Value> all(StepDriver driver) {
    return driver.read(driver.parameters().stream().map(p -> p.name()).toList());
  }

  @Test
  void stepsAreThoseOfATrainer() {
    Plan plan = new Plan(List.of(new Phase.Training("train", a -> phase())), List.of());
    ParameterStore trained =
        new Trainer(plan, CONDITIONS, Monitor.SILENT, new Nowhere(), () -> false, (p, n, v) -> {})
            .run(new ParameterStore(), PhaseState.START);
    try (StepDriver driver = driver(new ParameterStore())) {
      for (int i = 0; i < 3; i++) {
        driver.train(i, List.of());
      }
      assertThat(all(driver)).containsOnlyKeys(trained.names());
      all(driver).forEach((name, value) -> assertThat(value).isEqualTo(trained.value(name)));
    }
  }

  @Test
  void aStepTellsItsOutputsAndALookChangesNothing() {
    ParameterStore start = new ParameterStore();
    start.put("w", new ParameterStore.Entry(Tensors.floats(new long[] {1}, 4), Layout.PLAIN));
    try (StepDriver driver = driver(start)) {
      Operand<TFloat32> gradient =
          Gradients.of(
                  driver.scope(),
                  driver.step().outputs().get(Step.LOSS),
                  List.of(value(driver, "w")))
              .get(0);
      Value before = driver.read(List.of("w")).get("w");
      Map<String, Value> seen = driver.look(1, Map.of("gradient", gradient), Map.of());
      assertThat(Tensors.floats(seen.get("gradient"))).containsExactly(2.5f); // of records 2, 3
      assertThat(driver.read(List.of("w"))).containsEntry("w", before);
      driver.hold(TrainingPhase.LEARNING_RATE, 1);
      Map<String, Value> outputs = driver.train(1, List.of());
      assertThat(Tensors.floats(outputs.get(Step.LOSS))).containsExactly(10);
      assertThat(Tensors.floats(outputs.get("w"))).containsExactly(4);
      assertThat(Tensors.floats(driver.read(List.of("w")).get("w"))).containsExactly(1.5f);
    }
  }

  @SuppressWarnings("unchecked")
  private static Operand<TFloat32> value(StepDriver driver, String name) {
    return (Operand<TFloat32>)
        driver.parameters().stream()
            .filter(p -> p.name().equals(name))
            .findFirst()
            .orElseThrow()
            .value();
  }

  /** Where all weights but one are 0 a loss is its term. */
  @Test
  void anOutputMayHaveTwoNames() {
    TrainingPhase twice =
        TrainingPhase.of(
            1,
            phase().sampler(),
            phase().schedules(),
            context -> {
              Step step = step(context);
              return step.with("term", step.outputs().get(Step.LOSS));
            });
    try (StepDriver driver = new StepDriver("train", twice, CONDITIONS, new ParameterStore())) {
      Map<String, Value> outputs = driver.train(0, List.of());
      assertThat(outputs).containsOnlyKeys(Step.LOSS, "term", "w");
      assertThat(outputs.get("term")).isEqualTo(outputs.get(Step.LOSS));
    }
    Plan plan = new Plan(List.of(new Phase.Training("train", a -> twice)), List.of());
    new Trainer(plan, CONDITIONS, Monitor.SILENT, new Nowhere(), () -> false, (p, n, v) -> {})
        .run(new ParameterStore(), PhaseState.START);
  }

  /** As a mask that depends on the records of the step. */
  @Test
  void aLookSeesWhatTheProgramOfTheStepFeeds() {
    TrainingPhase fed =
        TrainingPhase.of(
            1,
            phase().sampler(),
            phase().schedules(),
            context -> {
              Operand<TFloat32> first = context.feed("first", TFloat32.class);
              return Step.of(context.scope().tf().identity(first))
                  .driven(
                      List.of(),
                      (runner, batch) ->
                          runner.train(
                              Map.of("first", Tensors.floats(new long[0], batch.get("main")[0]))));
            });
    try (StepDriver driver = new StepDriver("train", fed, CONDITIONS, new ParameterStore())) {
      Map<String, Operand<TFloat32>> wanted = Map.of("it", driver.step().outputs().get(Step.LOSS));
      Map<String, Value> given = Map.of("first", Tensors.floats(new long[0], 9));
      assertThat(Tensors.floats(driver.look(1, wanted, Map.of()).get("it"))).containsExactly(2);
      assertThat(Tensors.floats(driver.look(1, wanted, given).get("it"))).containsExactly(9);
    }
  }

  @Test
  void aLossThatIsNoScalarIsNamed() {
    TrainingPhase vector =
        TrainingPhase.of(
            1,
            Samplers.sequential("train", 4, 2),
            Map.of(TrainingPhase.LEARNING_RATE, Schedule.constant(1)),
            context -> Step.of(context.scope().tf().constant(new float[2])));
    assertThatThrownBy(() -> new StepDriver("t", vector, CONDITIONS, new ParameterStore()))
        .isInstanceOf(ComponentFault.class)
        .hasMessageContaining("phase 't'")
        .rootCause()
        .hasMessageContaining("'loss' of shape [2]");
  }

  private static final class Nowhere implements Trainer.Saver {
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

  /** 0, 1, 2, 3. */
  private record Numbers() implements Dataset, Split {
    @Override
    public String id() {
      return "numbers";
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
      return List.of(Field.of("x", FieldType.FLOAT32, 1));
    }

    @Override
    public Value value(String field, int record) {
      return Tensors.floats(new long[] {1}, record);
    }
  }
}
