package juxta.engine.run;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import juxta.api.Augmentation;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Encoder;
import juxta.api.Evaluation;
import juxta.api.Evaluator;
import juxta.api.Features;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Network;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Score;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Split;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.api.View;
import juxta.engine.catalogue.Catalogue;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.optim.Sgd;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A method of two phases and a task, an encoder of one layer, views as they are: whole runs. */
final class Lines {
  private static final Optional<Map<String, String>> LOOKS = Optional.of(Map.of("steps", "3"));

  static final Catalogue CATALOGUE =
      Catalogue.of(
          List.of(
              new Line("line"),
              new Line("other"),
              new Layer(),
              new AsTheyAre(),
              new Provider(),
              new Looking("looking", LOOKS, false),
              new Looking("stumbling", LOOKS, true),
              new Looking("slow", Optional.empty(), false)));

  private Lines() {}

  static Choices choices(String method, Map<String, String> given) {
    Map<String, String> all = new TreeMap<>(Map.of("device", "cpu"));
    all.putAll(given);
    Request request =
        new Request(method, "four", Optional.empty(), List.of(), Overrides.typed(all));
    return new Resolver(CATALOGUE).resolve(request, DataSummary.of(four()));
  }

  static RunSetup setup(Path folder, String method) {
    return new RunSetup(choices(method, Map.of()), four(), folder);
  }

  static TrainingRun.Job job(Path folder, boolean resume, Map<String, String> given) {
    return new TrainingRun.Job(
        choices("line", given), "four", four(), folder, resume, Optional.empty());
  }

  /** The same run on forty images, of which all but every fourth have one of two classes. */
  static TrainingRun.Job labelled(Path folder, boolean resume, Map<String, String> given) {
    return new TrainingRun.Job(
        choices("line", given), "four", forty(), folder, resume, Optional.empty());
  }

  static Dataset forty() {
    return new Few(40, true);
  }

  /** Trains a head and asks the model, as evaluators do; its score is a mean of embeddings. */
  record Looking(String id, Optional<Map<String, String>> probing, boolean stumbles)
      implements Evaluator {
    static final Setting<Integer> STEPS =
        Setting.integer("steps", 50).atLeast(1).describe("steps").source("made up");

    @Override
    public String summary() {
      return "looks";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of(STEPS);
    }

    @Override
    public Set<String> functions() {
      return Set.of(ModelFunction.EMBED);
    }

    @Override
    public List<Score> evaluate(Evaluation evaluation) {
      if (stumbles) {
        throw new UserException("nothing to hold on to");
      }
      TrainingPhase phase =
          TrainingPhase.of(
              evaluation.settings().get(STEPS),
              Samplers.shuffled(Dataset.TRAIN, evaluation.data().train().size(), 2),
              Map.of(TrainingPhase.LEARNING_RATE, (step, history) -> 0.1),
              context -> {
                GraphScope scope = context.scope();
                Operand<TFloat32> x =
                    evaluation
                        .model()
                        .apply(ModelFunction.EMBED, scope.frozen(), context.batch())
                        .get(ModelFunction.EMBEDDING);
                Parameter<TFloat32> w =
                    scope.weight("head", Layout.PLAIN, Initializers.truncatedNormal(0.1f), 2);
                Operand<TFloat32> loss =
                    scope.tf().math.mean(scope.tf().math.mul(x, w.value()), scope.ints(0, 1));
                Sgd.of(0).minimize(scope, loss);
                return Step.of(loss);
              });
      evaluation.train("head", evaluation.data(), phase, List.of());
      double sum = 0;
      for (String split : List.of(Dataset.TRAIN, Dataset.TEST)) {
        for (float value :
            evaluation.run(ModelFunction.EMBED, split, ModelFunction.EMBEDDING).values()) {
          sum += value;
        }
      }
      return List.of(
          new Score("sum", sum, Score.Unit.NUMBER, Map.of("steps", "3")),
          new Score("detail/one", 1, Score.Unit.NUMBER, Map.of("steps", "3")));
    }
  }

  /** [4] pixels to [width]. */
  private record Layer() implements Encoder {
    private static final Setting<Integer> WIDTH =
        Setting.integer("width", 2).range(1, 8).describe("width").source("made up");

    @Override
    public String id() {
      return "layer";
    }

    @Override
    public String summary() {
      return "one layer";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of(WIDTH);
    }

    @Override
    public Map<String, String> aliases() {
      return Map.of("fc.weight", "classifier.weight");
    }

    @Override
    public List<Map<String, String>> spellings() {
      return List.of(Map.of("fc.weight", "features.0.weight"));
    }

    @Override
    public Network create(GraphScope scope, long[] input, Settings settings) {
      int width = settings.get(WIDTH);
      Parameter<TFloat32> weight =
          scope.weight(
              "fc.weight",
              Layout.LINEAR,
              Initializers.truncatedNormal(0.1f),
              input[0] * input[1] * input[2],
              width);
      return new Network() {
        @Override
        public int width() {
          return width;
        }

        @Override
        public Features apply(Operand<TFloat32> x, Pass pass) {
          Operand<TFloat32> flat =
              scope.tf().reshape(x, scope.ints(-1, weight.shape().get(0).intValue()));
          return new Features(scope.tf().linalg.matMul(flat, weight.value()), Map.of());
        }
      };
    }
  }

  private record AsTheyAre() implements Augmentation {
    @Override
    public String id() {
      return "as-they-are";
    }

    @Override
    public String summary() {
      return "images as they are, with noise";
    }

    @Override
    public int side(View.Kind kind, DataSummary data, Settings settings) {
      return data.imageSide();
    }

    @Override
    public Batch apply(
        GraphScope scope, Batch batch, View view, DataSummary data, Settings settings) {
      var tf = scope.tf();
      Operand<TFloat32> image = tf.dtypes.cast(batch.bytes(Field.IMAGE), TFloat32.class);
      Operand<TFloat32> noise =
          tf.random.statelessRandomNormal(tf.shape(image), scope.seed("noise"));
      return batch.with(
          Field.IMAGE, view.kind() == View.Kind.EVALUATION ? image : tf.math.add(image, noise));
    }
  }

  /** Pulls embeddings towards 1; the second phase goes on with the optimiser of the first. */
  private record Line(String id) implements Method {
    @Override
    public String summary() {
      return "a line";
    }

    @Override
    public Map<String, String> preset(String name, DataSummary data) {
      return Map.of("encoder", "layer", "augmentation", "as-they-are", "epochs", "3", "batch", "2");
    }

    @Override
    public Plan plan(Setup setup) {
      TrainingPhase first = phase(setup);
      TrainingPhase second =
          phase(setup)
              .keepingOptimizer()
              .validatedBy(
                  new TrainingPhase.Validation(
                      2,
                      task -> (double) task.run("embed", Dataset.TRAIN, "embedding").at(0, 0),
                      false,
                      true,
                      0));
      return new Plan(
          List.of(
              new Phase.Training("first", artefacts -> first),
              new Phase.Task(
                  "look",
                  task -> task.log("mean", task.run("embed", "train", "embedding").at(0, 0))),
              new Phase.Training("second", artefacts -> second)),
          List.of(embed(setup)));
    }

    private static TrainingPhase phase(Setup setup) {
      return TrainingPhase.of(
          2L * setup.epochs(),
          Samplers.shuffled(Dataset.TRAIN, setup.data().train().size(), setup.batch()),
          Map.of(
              TrainingPhase.LEARNING_RATE,
              // what the validation found counts: it must be on the checkpoint
              (step, history) -> history.isEmpty() ? 1e-3 : 1e-3 / (1 + Math.abs(history.get(0)))),
          context -> step(setup, context));
    }

    private static Step step(Setup setup, StepContext context) {
      GraphScope scope = context.scope();
      Network encoder = setup.encoder(scope.sub("encoder"));
      Operand<TFloat32> x = setup.view(scope, context.batch(), View.global(0)).image();
      Operand<TFloat32> h = encoder.apply(x, Pass.TRAINING).embedding();
      Operand<TFloat32> loss =
          scope
              .tf()
              .math
              .mean(
                  scope.tf().math.square(scope.tf().math.sub(h, scope.constant(1))),
                  scope.ints(0, 1));
      Sgd.of(0.9).minimize(scope, loss);
      return Step.of(loss);
    }

    private static ModelFunction embed(Setup setup) {
      return new ModelFunction(
          ModelFunction.EMBED,
          List.of(setup.data().train().field(Field.IMAGE)),
          (scope, batch) ->
              Map.of(
                  ModelFunction.EMBEDDING,
                  setup
                      .encoder(scope.sub("encoder"))
                      .apply(setup.view(scope, batch, View.EVALUATION).image(), Pass.INFERENCE)
                      .embedding()));
    }
  }

  private record Provider() implements DatasetProvider {
    @Override
    public String id() {
      return "four";
    }

    @Override
    public String summary() {
      return "four images";
    }

    @Override
    public DataKind kind() {
      return DataKind.IMAGES;
    }

    @Override
    public Dataset open(Request request) {
      return four();
    }
  }

  /** Four images of 2 x 2 pixels. */
  private static Dataset four() {
    return new Few(4, false);
  }

  /** Images of 2 x 2 pixels. */
  private record Few(int size, boolean labelled) implements Dataset, Split {
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
      return "4f";
    }

    @Override
    public List<Field> fields() {
      Field image = Field.of(Field.IMAGE, FieldType.UINT8, 2, 2, 1);
      return labelled ? List.of(image, Field.of(Field.LABEL, FieldType.INT32)) : List.of(image);
    }

    @Override
    public Value value(String field, int record) {
      if (field.equals(Field.LABEL)) {
        return Value.of(record % 4 == 3 ? -1 : record % 2);
      }
      byte r = (byte) record;
      return new Value(
          FieldType.UINT8,
          List.of(2L, 2L, 1L),
          ByteBuffer.wrap(new byte[] {r, (byte) (2 * r), 1, (byte) (r * r)}));
    }
  }
}
