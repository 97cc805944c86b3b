package juxta.launcher.whole;

import java.nio.file.Path;
import juxta.launcher.plugins.PluginJars;

/**
 * A plug-in with the method {@code toy}: one linear layer, so that a run starts at once and a step
 * takes a few milliseconds, and yet all that a run can have: two phases of training with a task
 * between them, random numbers in the graph, a moving average and an optimiser with a memory.
 */
final class Toy {
  /** Its command line: two phases of 90 steps. */
  static final String TRAIN =
      "train toy --data shapes --set data.side=16 --set data.train-size=80 --set data.test-size=16"
          + " --threads 1";

  private static final String SOURCE =
      """
      package toy;

      import static juxta.api.TrainingPhase.LEARNING_RATE;

      import java.util.List;
      import java.util.Map;
      import java.util.Optional;
      import juxta.api.*;
      import juxta.toolkit.data.*;
      import juxta.toolkit.graph.Tensors;
      import juxta.toolkit.nn.Linear;
      import juxta.toolkit.optim.*;
      import org.tensorflow.Operand;
      import org.tensorflow.op.Ops;
      import org.tensorflow.types.TFloat32;

      public final class Toy implements Method {
        private static final Setting<Double> RATE = Setting.real("base-rate", 1e-3).range(0, 1e30);
        private static final int PIXELS = 768;

        @Override
        public String id() {
          return "toy";
        }

        @Override
        public String summary() {
          return "a linear layer";
        }

        @Override
        public List<Setting<?>> settings() {
          return List.of(RATE);
        }

        @Override
        public boolean usesEncoder() {
          return false;
        }

        @Override
        public Map<String, String> preset(String name, DataSummary data) {
          return Map.of("batch", "8", "epochs", "9");
        }

        @Override
        public Plan plan(Setup setup) {
          Sampler sampler = Samplers.shuffled("train", setup.data().train().size(), setup.batch());
          long steps = sampler.stepsPerEpoch() * setup.epochs();
          double rate = setup.settings().get(RATE);
          TrainingPhase phase =
              TrainingPhase.of(
                  steps,
                  sampler,
                  Map.of(LEARNING_RATE, (step, history) -> rate * (1 - step / (double) steps)),
                  context -> step(context.scope(), context.batch()));
          Field image = setup.data().train().field(Field.IMAGE);
          ModelFunction embed =
              new ModelFunction(
                  ModelFunction.EMBED,
                  List.of(image),
                  (scope, batch) ->
                      Map.of(ModelFunction.EMBEDDING, layer(scope).apply(flat(scope, batch))));
          return new Plan(
              List.of(
                  new Phase.Training("first", path -> phase),
                  new Phase.Task("halve", Toy::halve),
                  new Phase.Training("second", path -> phase)),
              List.of(embed));
        }

        private static void halve(TaskContext task) {
          Value bias = task.read("layer.bias");
          float[] half = Tensors.floats(bias);
          for (int i = 0; i < half.length; i++) {
            half[i] /= 2;
          }
          task.log("halved", half.length);
          long[] shape = {half.length};
          task.write(Map.of("layer.bias", Tensors.floats(shape, half)));
        }

        private static Linear layer(GraphScope scope) {
          return new Linear(scope.sub("layer"), PIXELS, 16, true);
        }

        private static Operand<TFloat32> flat(GraphScope scope, Batch batch) {
          Ops tf = scope.tf();
          return tf.math.div(
              tf.reshape(
                  tf.dtypes.cast(batch.bytes(Field.IMAGE), TFloat32.class),
                  tf.constant(new int[] {-1, PIXELS})),
              scope.constant(255));
        }

        private static Step step(GraphScope scope, Batch batch) {
          Ops tf = scope.tf();
          Operand<TFloat32> x = flat(scope, batch);
          Operand<TFloat32> noise =
              tf.random.statelessRandomNormal(tf.shape(x), scope.seed("noise"));
          Linear online = layer(scope);
          GraphScope copy =
              scope.sub("momentum").averageOf(scope.sub("layer"), scope.constant(0.9f));
          Operand<TFloat32> q = online.apply(tf.math.add(x, noise));
          Operand<TFloat32> k =
              tf.stopGradient(new Linear(copy, PIXELS, 16, true).apply(x));
          Operand<TFloat32> loss =
              tf.math.mean(tf.math.square(tf.math.sub(q, k)), scope.ints(0, 1));
          Adam.of(WeightDecay.NONE).minimize(scope, loss);
          return Step.of(loss).with(Step.EMBEDDING, q);
        }
      }
      """;

  private Toy() {}

  /** Puts the plug-in among the others. */
  static void addTo(Shell shell) {
    addTo(shell, "", "");
  }

  /** One of whose lines something else was made. */
  static void addTo(Shell shell, String line, String another) {
    Path jar = shell.plugins().resolve("toy.jar");
    PluginJars.module("toy", "1.0")
        .directive("requires juxta.toolkit;")
        .provider("juxta.api.Method", "toy.Toy")
        .source(
            "toy.Toy",
            SOURCE.replace(line.isEmpty() ? SOURCE : line, line.isEmpty() ? SOURCE : another))
        .writeTo(jar);
  }
}
