package juxta.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import juxta.api.DataSummary;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Network;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Sampler;
import juxta.api.Schedule;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TaskContext;
import juxta.api.TrainingPhase;
import juxta.api.View;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.graph.Parts;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.model.ImageFunctions;
import juxta.toolkit.nn.Initializers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

class MethodContractTest {
  private static Method preset(String key, String value) {
    return new Good.GoodMethod() {
      @Override
      public Map<String, String> preset(String name, DataSummary data) {
        Map<String, String> preset = new HashMap<>(super.preset(name, data));
        preset.put(key, value);
        preset.values().removeIf(String::isEmpty);
        return preset;
      }
    };
  }

  private static Method planned(Function<Plan, Plan> change) {
    return new Good.GoodMethod() {
      @Override
      public Plan plan(Setup setup) {
        return change.apply(super.plan(setup));
      }
    };
  }

  private static Method stepping(BiFunction<GraphScope, Step, Step> change) {
    return new Good.GoodMethod() {
      @Override
      Step step(Setup setup, StepContext context) {
        return change.apply(context.scope(), super.step(setup, context));
      }
    };
  }

  private static Method functions(Function<Setup, List<ModelFunction>> functions) {
    return new Good.GoodMethod() {
      @Override
      List<ModelFunction> functions(Setup setup) {
        return functions.apply(setup);
      }
    };
  }

  /** A method whose {@code embed} makes something else of the embedding. */
  private static Method embedding(
      BiFunction<GraphScope, Operand<TFloat32>, Operand<TFloat32>> change) {
    return functions(
        setup -> {
          ModelFunction embed = ImageFunctions.of(setup, "encoder").get(0);
          return List.of(
              new ModelFunction(
                  embed.name(),
                  embed.inputs(),
                  (scope, batch) ->
                      Map.of(
                          ModelFunction.EMBEDDING,
                          change.apply(
                              scope,
                              embed.body().apply(scope, batch).get(ModelFunction.EMBEDDING)))));
        });
  }

  /** Its running statistics change, and nothing else. */
  private static Method idle() {
    return new Good.GoodMethod() {
      @Override
      void optimize(GraphScope scope, Operand<TFloat32> loss) {
        scope.tf().stopGradient(loss);
      }
    };
  }

  /** Nothing is drawn: constant weights, records in order, plain views. */
  private static Method seedless() {
    return new Good.GoodMethod() {
      @Override
      Sampler sampler(Setup setup) {
        return Samplers.sequential("train", setup.data().train().size(), setup.batch());
      }

      @Override
      Step step(Setup setup, StepContext context) {
        GraphScope scope = context.scope();
        Operand<TFloat32> w = scope.weight("w", Layout.PLAIN, Initializers.ones(), 3).value();
        Operand<TFloat32> x = setup.view(scope, context.batch(), View.EVALUATION).image();
        Operand<TFloat32> loss =
            scope.tf().math.mean(scope.tf().math.mul(x, w), scope.ints(0, 1, 2, 3));
        optimize(scope, loss);
        return Step.of(loss);
      }
    };
  }

  /** Draws without a seed, so no run repeats. */
  private static Step unseeded(GraphScope scope, Step step) {
    Parameter<TFloat32> kept =
        scope.state(
            "kept", TFloat32.class, (tf, s, seed) -> tf.zeros(tf.constant(s), TFloat32.class), 1);
    scope.assign(kept, scope.tf().random.randomUniform(scope.ints(1), TFloat32.class));
    return step;
  }

  /** Feeds each step how many there were before it, which it counts outside the graph. */
  private static Method counting() {
    return new Good.GoodMethod() {
      @Override
      Step step(Setup setup, StepContext context) {
        GraphScope scope = context.scope();
        Operand<TFloat32> fed = context.feed("before", TFloat32.class);
        Parameter<TFloat32> kept =
            scope.state(
                "kept", TFloat32.class, (tf, s, seed) -> tf.fill(tf.constant(s), tf.constant(0f)));
        scope.assign(kept, fed);
        float[] before = {0};
        return super.step(setup, context)
            .driven(
                List.of(),
                (runner, batch) ->
                    runner.train(Map.of("before", Tensors.floats(new long[0], before[0]++))));
      }
    };
  }

  /**
   * Two phases with a task between them; the second goes on with the optimiser of the first, its
   * rate follows what a validation measures.
   */
  private static Method phased(boolean keepBest, Function<TaskContext, Double> measure) {
    return planned(
        plan -> {
          Function<Path, TrainingPhase> create = ((Phase.Training) plan.phases().get(0)).create();
          Function<Path, TrainingPhase> watched =
              artefacts -> {
                TrainingPhase phase = create.apply(artefacts);
                Map<String, Schedule> schedules = new HashMap<>(phase.schedules());
                schedules.put(
                    TrainingPhase.LEARNING_RATE,
                    (step, history) -> history.isEmpty() ? 0.1 : 0.1 * history.get(0));
                return new TrainingPhase(
                    phase.steps(),
                    phase.sampler(),
                    schedules,
                    phase.step(),
                    true,
                    Optional.of(new TrainingPhase.Validation(5, measure, true, keepBest, 0)));
              };
          return new Plan(
              List.of(
                  plan.phases().get(0),
                  new Phase.Task("log", task -> task.log("seed", task.seed())),
                  new Phase.Training("watched", watched)),
              plan.functions());
        });
  }

  @Test
  void aRunOfSeveralPhasesWithValidationIsStoppedAnywhereAndKept() throws Throwable {
    for (boolean keepBest : List.of(true, false)) {
      resumed(
          phased(
              keepBest, task -> Math.abs(task.run("embed", "test", "embedding").at(0, 0)) + 0.5));
    }
  }

  /** The validation of the second step is right before a stop; another one counts its calls. */
  @Test
  void aValidationThatCountsItsCallsIsFound() {
    double[] calls = {0};
    assertThatThrownBy(() -> resumed(phased(false, task -> ++calls[0])))
        .hasMessageContaining(MethodContract.RESUMED + "; found: another ");
  }

  private static void resumed(Method method) throws Throwable {
    MethodContract.promises(method).stream()
        .filter(p -> p.words().equals(MethodContract.RESUMED))
        .findFirst()
        .orElseThrow()
        .test("phased")
        .getExecutable()
        .execute();
  }

  /** What a method says reaches the engine when its phases are cut. */
  @Test
  void aShortenedMethodSaysWhatTheMethodSays() throws NoSuchMethodException {
    for (java.lang.reflect.Method each : Method.class.getMethods()) {
      Class<?> where =
          Shortened.class.getMethod(each.getName(), each.getParameterTypes()).getDeclaringClass();
      assertThat(where).as(each.toString()).isEqualTo(Shortened.class);
    }
  }

  /** Moves all moving averages by 1. */
  @SuppressWarnings("unchecked") // averages are floats
  private static Step pushed(GraphScope scope, Step step) {
    for (Parameter<?> parameter : scope.sub("momentum").parameters()) {
      Parameter<TFloat32> average = (Parameter<TFloat32>) parameter;
      scope.assign(average, scope.tf().math.add(average.value(), scope.constant(1)));
    }
    return step;
  }

  @TestFactory
  Stream<DynamicTest> contract() {
    return Breaking.tests(
        new Good.GoodMethod(),
        MethodContract::promises,
        Map.ofEntries(
            Map.entry(MethodContract.PRESETS, List.of(preset("rat", "1"), preset("rate", "2"))),
            Map.entry(
                MethodContract.PAPER,
                List.of(preset("epochs", ""), preset("encoder", ""), preset("batch", "all"))),
            Map.entry(
                MethodContract.PLAN,
                List.of(
                    planned(plan -> new Plan(plan.phases(), List.of())),
                    planned(plan -> new Plan(doubled(plan.phases()), plan.functions())),
                    planned(plan -> new Plan(plan.phases(), doubled(plan.functions()))))),
            Map.entry(
                MethodContract.LOSS,
                List.of(
                    stepping((scope, step) -> Step.of(scope.constant(Float.NaN))),
                    stepping((scope, step) -> Step.of(scope.tf().constant(new float[2]))))),
            Map.entry(
                MethodContract.EMBEDDING,
                List.of(
                    stepping((scope, step) -> step.with("x", scope.tf().constant(new float[2]))),
                    stepping((scope, step) -> step.with(Step.EMBEDDING, scope.constant(1))))),
            Map.entry(MethodContract.LEARNS, List.of(idle())),
            Map.entry(MethodContract.SEEDED, List.of(stepping(MethodContractTest::unseeded))),
            Map.entry(MethodContract.RESUMED, List.of(counting())),
            Map.entry(
                MethodContract.DEVICES,
                List.of(
                    partial(MethodContractTest::centred),
                    partial(
                        (scope, x) -> {
                          Operand<TFloat32> centred = centred(scope, x);
                          return scope
                              .tf()
                              .math
                              .add(
                                  centred,
                                  scope.tf().stopGradient(scope.tf().math.sub(x, centred)));
                        }))),
            Map.entry(MethodContract.SEEDS, List.of(seedless())),
            Map.entry(MethodContract.AVERAGES, List.of(stepping(MethodContractTest::pushed))),
            Map.entry(
                MethodContract.RESTORED,
                List.of(functions(setup -> ImageFunctions.of(setup, "backbone")))),
            Map.entry(MethodContract.ELSEWHERE, List.of(another())),
            Map.entry(
                MethodContract.FUNCTIONS,
                List.of(
                    embedding((scope, e) -> scope.tf().math.log(scope.tf().math.neg(e))),
                    embedding((scope, e) -> scope.tf().math.mean(e, scope.ints(1))),
                    embedding((scope, e) -> scope.constant(1))))));
  }

  /** A method that treats its embeddings so in each part of the batch. */
  private static Method partial(
      BiFunction<GraphScope, Operand<TFloat32>, Operand<TFloat32>> treatment) {
    return new Good.GoodMethod() {
      @Override
      Network encoder(Setup setup, GraphScope scope) {
        Network f = super.encoder(setup, scope);
        return new Network() {
          @Override
          public int width() {
            return f.width();
          }

          @Override
          public Features apply(Operand<TFloat32> input, Pass pass) {
            Features made = f.apply(input, pass);
            List<Operand<? extends TType>> scaled =
                Parts.apply(
                    scope,
                    List.of(made.embedding()),
                    part -> List.of(treatment.apply(scope, floats(part.get(0)))));
            return new Features(floats(scaled.get(0)), made.maps());
          }
        };
      }
    };
  }

  /** Each embedding among the others of its part. */
  private static Operand<TFloat32> centred(GraphScope scope, Operand<TFloat32> x) {
    return scope.tf().math.sub(x, scope.tf().math.mean(x, scope.ints(0)));
  }

  @SuppressWarnings("unchecked") // embeddings are floats
  private static Operand<TFloat32> floats(Operand<? extends TType> x) {
    return (Operand<TFloat32>) x;
  }

  /** A method whose function is another one each time that it is built. */
  private static Method another() {
    AtomicInteger times = new AtomicInteger();
    return embedding((scope, e) -> scope.tf().math.mul(e, scope.constant(times.incrementAndGet())));
  }

  private static <T> List<T> doubled(List<T> list) {
    return Stream.concat(list.stream(), list.stream()).toList();
  }
}
