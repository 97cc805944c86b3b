package juxta.launcher.whole;

import juxta.launcher.plugins.PluginJars;

/**
 * A plug-in that goes wrong where it is told to: the method {@code frail} by its setting {@code
 * where}, and the evaluator {@code brittle} by its setting {@code how}.
 */
final class Frail {
  /** Its command line: one phase of 10 steps and a task. */
  static final String TRAIN = "train frail " + small();

  private static final String METHOD =
      """
      package frail;

      import static juxta.api.TrainingPhase.LEARNING_RATE;

      import java.util.*;
      import juxta.api.*;
      import juxta.toolkit.data.*;
      import juxta.toolkit.nn.Linear;
      import juxta.toolkit.optim.*;
      import org.tensorflow.Operand;
      import org.tensorflow.op.Ops;
      import org.tensorflow.types.TFloat32;

      public final class Frail implements Method {
        private static final Setting<String> WHERE =
            Setting.choice("where", "nowhere", "nowhere", "plan", "no-plan", "step", "assertion",
                "rank", "no-step", "sampler", "too-few", "index", "schedule", "program", "graph",
                "task", "mistake", "preset", "function", "trainless");

        @Override
        public String id() {
          return "frail";
        }

        @Override
        public String summary() {
          return "goes wrong";
        }

        @Override
        public List<Setting<?>> settings() {
          return List.of(WHERE);
        }

        @Override
        public boolean usesEncoder() {
          return false;
        }

        @Override
        public Set<String> presets() {
          return Set.of("paper", "small", "wrong", "typing", "none");
        }

        @Override
        public Map<String, String> preset(String name, DataSummary data) {
          return switch (name) {
            case "wrong" -> throw new IllegalStateException("no such page");
            case "typing" -> Map.of("batch", "8", "epochs", "1", "wheer", "step");
            case "none" -> null;
            default -> Map.of("batch", "8", "epochs", "1");
          };
        }

        @Override
        public Plan plan(Setup setup) {
          String where = setup.settings().get(WHERE);
          if (where.equals("plan")) {
            Helper.boom();
          }
          if (where.equals("no-plan")) {
            return null;
          }
          Sampler shuffled = Samplers.shuffled("train", setup.data().train().size(), setup.batch());
          Sampler sampler = new Wayward(shuffled, where);
          TrainingPhase phase =
              TrainingPhase.of(
                  10,
                  sampler,
                  Map.of(LEARNING_RATE, (step, history) -> rate(where)),
                  context -> step(context, where));
          Field image = setup.data().train().field(Field.IMAGE);
          ModelFunction embed =
              new ModelFunction(
                  ModelFunction.EMBED,
                  List.of(image),
                  (scope, batch) -> {
                    if (where.equals("function")) {
                      Helper.boom();
                    }
                    return Map.of(ModelFunction.EMBEDDING, layer(scope).apply(flat(scope, batch)));
                  });
          return new Plan(
              List.of(
                  new Phase.Training("first", path -> phase),
                  new Phase.Task("second", task -> task(where))),
              List.of(embed));
        }

        private static double rate(String where) {
          if (where.equals("schedule")) {
            Helper.boom();
          }
          return 1e-3;
        }

        private static void task(String where) {
          if (where.equals("task")) {
            Helper.boom();
          }
        }

        private static Linear layer(GraphScope scope) {
          return new Linear(scope.sub("layer"), 768, 16, true);
        }

        private static Operand<TFloat32> flat(GraphScope scope, Batch batch) {
          Ops tf = scope.tf();
          return tf.reshape(
              tf.dtypes.cast(batch.bytes(Field.IMAGE), TFloat32.class),
              tf.constant(new int[] {-1, 768}));
        }

        private static Step step(StepContext context, String where) {
          if (where.equals("step")) {
            Helper.boom();
          }
          if (where.equals("assertion")) {
            throw new AssertionError("never");
          }
          if (where.equals("mistake")) {
            throw new UserException("where: 'mistake' is none; choose another");
          }
          if (where.equals("no-step")) {
            return null;
          }
          GraphScope scope = context.scope();
          Ops tf = scope.tf();
          Operand<TFloat32> each = layer(scope).apply(flat(scope, context.batch())); // [8, 16]
          Operand<TFloat32> loss = tf.math.mean(tf.math.square(each), scope.ints(0, 1));
          if (!where.equals("trainless")) {
            Adam.of(WeightDecay.NONE).minimize(scope, loss);
          }
          if (where.equals("rank")) {
            return Step.of(tf.math.mean(each, scope.ints(1)));
          }
          if (where.equals("graph")) {
            return Step.of(tf.reshape(each, tf.constant(new int[0])));
          }
          Step step = Step.of(loss);
          return where.equals("program")
              ? step.driven(List.of(), (runner, batch) -> Helper.boom())
              : step;
        }

        private record Wayward(Sampler kept, String where) implements Sampler {
          @Override
          public Map<String, Stream> streams() {
            return kept.streams();
          }

          @Override
          public long stepsPerEpoch() {
            return kept.stepsPerEpoch();
          }

          @Override
          public Map<String, int[]> indices(long seed, long step) {
            if (where.equals("sampler")) {
              Helper.boom();
            }
            Map<String, int[]> all = kept.indices(seed, step);
            if (where.equals("too-few")) {
              return Map.of(MAIN, new int[3]);
            }
            if (where.equals("index")) {
              all.get(MAIN)[0] = 80;
            }
            return all;
          }
        }
      }
      """;

  private static final String HELPER =
      """
      package frail;

      final class Helper {
        static void boom() {
          throw new IllegalStateException("boom");
        }
      }
      """;

  private static final String EVALUATOR =
      """
      package frail;

      import java.util.*;
      import juxta.api.*;

      public final class Brittle implements Evaluator {
        private static final Setting<String> HOW =
            Setting.choice(
                "how", "well", "well", "throws", "null", "mistake", "empty", "twice", "percent");

        @Override
        public String id() {
          return "brittle";
        }

        @Override
        public String summary() {
          return "goes wrong";
        }

        @Override
        public List<Setting<?>> settings() {
          return List.of(HOW);
        }

        @Override
        public Set<String> functions() {
          return Set.of();
        }

        @Override
        public List<Score> evaluate(Evaluation evaluation) {
          switch (evaluation.settings().get(HOW)) {
            case "throws" -> Helper.boom();
            case "null" -> {
              return null;
            }
            case "mistake" -> throw new UserException("how: 'mistake' is none; choose another");
            case "empty" -> {
              return List.of();
            }
            case "twice" -> {
              return List.of(size(Score.Unit.NUMBER), size(Score.Unit.NUMBER));
            }
            case "percent" -> {
              return List.of(size(Score.Unit.RATE));
            }
            default -> {}
          }
          return List.of(size(Score.Unit.NUMBER));
        }

        private static Score size(Score.Unit unit) {
          return new Score("size", 17, unit, Score.Better.HIGHER, Map.of());
        }
      }
      """;

  private static final String LOSS =
      """
      package frail;

      import juxta.api.*;
      import org.tensorflow.Operand;
      import org.tensorflow.types.TFloat32;

      public final class Skewed implements Loss {
        @Override
        public String id() {
          return "skewed";
        }

        @Override
        public String summary() {
          return "a loss for each query";
        }

        @Override
        public Operand<TFloat32> apply(GraphScope scope, Comparison comparison, Settings own) {
          return scope.tf().math.mean(comparison.similarities(), scope.ints(1));
        }
      }
      """;

  private static final String ENCODER =
      """
      package frail;

      import juxta.api.*;
      import juxta.toolkit.nn.Linear;
      import org.tensorflow.Operand;
      import org.tensorflow.op.Ops;
      import org.tensorflow.types.TFloat32;

      public final class Vain implements Encoder {
        @Override
        public String id() {
          return "vain";
        }

        @Override
        public String summary() {
          return "says that it is wider than it is";
        }

        @Override
        public Network create(GraphScope scope, long[] input, Settings settings) {
          int pixels = (int) (input[0] * input[1] * input[2]);
          Linear fc = new Linear(scope.sub("fc"), pixels, 4, true);
          return new Network() {
            @Override
            public int width() {
              return 8;
            }

            @Override
            public Features apply(Operand<TFloat32> x, Pass pass) {
              Operand<TFloat32> flat = scope.tf().reshape(x, scope.ints(-1, pixels));
              return new Features(fc.apply(flat), java.util.Map.of());
            }
          };
        }
      }
      """;

  private static final String DATA =
      """
      package frail;

      import java.util.*;
      import juxta.api.*;
      import juxta.toolkit.graph.Tensors;

      public final class Blank implements DatasetProvider {
        @Override
        public String id() {
          return "blank";
        }

        @Override
        public String summary() {
          return "volumes of nothing";
        }

        @Override
        public DataKind kind() {
          return DataKind.VOLUMES;
        }

        @Override
        public Dataset open(Request request) {
          return new Blanks();
        }

        private record Blanks() implements Dataset, Split {
          @Override
          public String id() {
            return "blank";
          }

          @Override
          public DataKind kind() {
            return DataKind.VOLUMES;
          }

          @Override
          public Map<String, Split> splits() {
            return Map.of(TRAIN, this, TEST, this);
          }

          @Override
          public List<String> classes() {
            return List.of();
          }

          @Override
          public String fingerprint() {
            return "00";
          }

          @Override
          public int size() {
            return 8;
          }

          @Override
          public List<Field> fields() {
            return List.of(
                Field.of("volume", FieldType.FLOAT32, 24, 24, 24, 1),
                Field.of("mask", FieldType.UINT8, 24, 24, 24),
                Field.of("labelled", FieldType.INT32));
          }

          @Override
          public Value value(String field, int record) {
            if (field.equals("labelled")) {
              return Value.of(record < 4 ? 1 : 0);
            }
            boolean mask = field.equals("mask");
            int size = 24 * 24 * 24;
            return mask
                ? new Value(
                    FieldType.UINT8,
                    List.of(24L, 24L, 24L),
                    java.nio.ByteBuffer.allocate(size))
                : Tensors.floats(new long[] {24, 24, 24, 1}, new float[size]);
          }
        }
      }
      """;

  private Frail() {}

  /** Data with which a run takes no time. */
  static String small() {
    return "--data shapes --set data.side=16 --set data.train-size=80 --set data.test-size=16"
        + " --threads 1";
  }

  /** Puts the plug-in among the others. */
  static void addTo(Shell shell) {
    PluginJars.module("frail", "1.0")
        .directive("requires juxta.toolkit;")
        .provider("juxta.api.Method", "frail.Frail")
        .provider("juxta.api.Evaluator", "frail.Brittle")
        .source("frail.Frail", METHOD)
        .source("frail.Helper", HELPER)
        .provider("juxta.api.DatasetProvider", "frail.Blank")
        .source("frail.Blank", DATA)
        .source("frail.Brittle", EVALUATOR)
        .provider("juxta.api.Loss", "frail.Skewed")
        .source("frail.Skewed", LOSS)
        .provider("juxta.api.Encoder", "frail.Vain")
        .source("frail.Vain", ENCODER)
        .writeTo(shell.plugins().resolve("frail.jar"));
  }
}
