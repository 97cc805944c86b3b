package juxta.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Augmentation;
import juxta.api.Batch;
import juxta.api.Comparison;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.DatasetProvider;
import juxta.api.Encoder;
import juxta.api.Evaluation;
import juxta.api.Evaluator;
import juxta.api.Features;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Loss;
import juxta.api.MaskClass;
import juxta.api.Matrix;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Sampler;
import juxta.api.Schedule;
import juxta.api.Score;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Split;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TestTransform;
import juxta.api.TrainingPhase;
import juxta.api.View;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.model.ImageFunctions;
import juxta.toolkit.optim.Sgd;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Components that keep every promise, open for tests to break one. */
final class Good {
  static final Setting<Double> RATE =
      Setting.real("rate", 0.1).range(0, 1).describe("learning rate").source("made up");

  private Good() {}

  /** Any component. */
  public static class Part implements juxta.api.Component {
    @Override
    public String id() {
      return "good";
    }

    @Override
    public String summary() {
      return "keeps every promise";
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of(RATE);
    }

    @Override
    public Optional<Reference> reference() {
      return Optional.of(new Reference("A, B", "On promises", 2020, "https://example.org"));
    }
  }

  /** Softmax cross-entropy. */
  public static class GoodLoss extends Part implements Loss {
    @Override
    public Operand<TFloat32> apply(GraphScope scope, Comparison comparison, Settings settings) {
      return new TinyLoss().apply(scope, comparison, settings);
    }
  }

  /** One convolution. */
  public static class GoodEncoder extends Part implements Encoder {
    @Override
    public Set<String> maps() {
      return Set.of(Features.FEATURE_MAP);
    }

    @Override
    public Network create(GraphScope scope, long[] input, Settings settings) {
      return new TinyNetwork(scope, (int) input[2]);
    }
  }

  /** Noise. */
  public static class GoodViews extends Part implements Augmentation {
    static final List<Double> ZEROS = List.of(0.0, 0.0, 0.0);
    static final List<Double> ONES = List.of(1.0, 1.0, 1.0);

    @Override
    public int side(View.Kind kind, DataSummary data, Settings settings) {
      return kind == View.Kind.LOCAL ? 16 : 32;
    }

    @Override
    public Optional<TestTransform> test(DataSummary data, Settings settings) {
      return Optional.of(new TestTransform(32, 1, "bicubic", ZEROS, ONES));
    }

    @Override
    public Batch apply(
        GraphScope scope, Batch batch, View view, DataSummary data, Settings settings) {
      return TinyViews.images(scope, batch, view, side(view.kind(), data, settings));
    }
  }

  /** The class of the nearest training record. */
  public static class GoodEvaluator extends Part implements Evaluator {
    @Override
    public Set<String> functions() {
      return Set.of(ModelFunction.EMBED);
    }

    @Override
    public Optional<Map<String, String>> probing() {
      return Optional.of(Map.of());
    }

    @Override
    public List<Score> evaluate(Evaluation evaluation) {
      Matrix train = rows(evaluation, Dataset.TRAIN);
      Matrix test = rows(evaluation, Dataset.TEST);
      Split known = evaluation.data().train();
      Split asked = evaluation.data().split(Dataset.TEST);
      int right = 0;
      for (int i = 0; i < test.rows(); i++) {
        int nearest = nearest(train, test.row(i));
        boolean same = known.value(Field.LABEL, nearest).equals(asked.value(Field.LABEL, i));
        right += same ? 1 : 0;
      }
      return score(right / (double) test.rows());
    }

    List<Score> score(double accuracy) {
      return List.of(new Score("accuracy", accuracy, Score.Unit.RATE, Map.of("k", "1")));
    }

    private static Matrix rows(Evaluation evaluation, String split) {
      return evaluation.run(ModelFunction.EMBED, split, ModelFunction.EMBEDDING);
    }

    private static int nearest(Matrix rows, float[] row) {
      int nearest = 0;
      double least = Double.MAX_VALUE;
      for (int i = 0; i < rows.rows(); i++) {
        double distance = 0;
        for (int j = 0; j < row.length; j++) {
          distance += Math.pow(rows.at(i, j) - row[j], 2);
        }
        if (distance < least) {
          least = distance;
          nearest = i;
        }
      }
      return nearest;
    }
  }

  /** Opens {@link TinyData}. */
  public static class GoodProvider extends Part implements DatasetProvider {
    @Override
    public DataKind kind() {
      return DataKind.IMAGES;
    }

    @Override
    public Dataset open(Request request) {
      return new Opened("good", TinyData.small().splits(), "0af");
    }
  }

  /** Data with everything open to choice. */
  record Opened(String id, Map<String, Split> splits, String fingerprint) implements Dataset {
    @Override
    public DataKind kind() {
      return DataKind.IMAGES;
    }

    @Override
    public List<String> classes() {
      return List.of("a", "b", "c", "d");
    }

    @Override
    public List<MaskClass> maskClasses() {
      return TinyData.small().maskClasses();
    }
  }

  /** Two views attract; the keys are made by a moving average. */
  public static class GoodMethod extends Part implements Method {
    @Override
    public Map<String, String> preset(String name, DataSummary data) {
      return Map.of(
          "rate", "0.2", "encoder", "a", "augmentation", "b", "epochs", "10", "batch", "64");
    }

    @Override
    public Plan plan(Setup setup) {
      Sampler sampler = sampler(setup);
      TrainingPhase phase =
          TrainingPhase.of(
              sampler.stepsPerEpoch() * setup.epochs(),
              sampler,
              Map.of(
                  TrainingPhase.LEARNING_RATE, Schedule.constant(setup.settings().get(RATE)),
                  TrainingPhase.MOMENTUM, Schedule.constant(0.9)),
              context -> step(setup, context));
      Phase task =
          new Phase.Task(
              "look", t -> t.progress(t.run("embed", "test", "embedding").rows(), 8, "records"));
      List<Phase> phases = new ArrayList<>(Plan.of(phase, List.of()).phases());
      phases.add(task);
      return new Plan(phases, functions(setup));
    }

    Sampler sampler(Setup setup) {
      return Samplers.shuffled("train", setup.data().train().size(), setup.batch());
    }

    List<ModelFunction> functions(Setup setup) {
      return ImageFunctions.of(setup, "encoder");
    }

    Step step(Setup setup, StepContext context) {
      GraphScope scope = context.scope();
      GraphScope online = scope.sub("encoder");
      Network f = encoder(setup, online);
      Network average =
          encoder(
              setup, scope.sub("momentum").averageOf(online, scope.scalar(TrainingPhase.MOMENTUM)));
      Operand<TFloat32> first = view(setup, context, 0);
      Operand<TFloat32> q = f.apply(first, Pass.TRAINING).embedding();
      Operand<TFloat32> k = average.apply(view(setup, context, 1), Pass.TARGET).embedding();
      Operand<TFloat32> loss =
          setup.loss(
              scope,
              Comparison.of(
                  Similarity.cosine(scope, q, scope.tf().stopGradient(k)),
                  Targets.identity(scope, setup.batch())));
      optimize(scope, loss);
      return Step.of(loss).with(Step.EMBEDDING, q).with("half", halved(scope, loss));
    }

    Network encoder(Setup setup, GraphScope scope) {
      return setup.encoder(scope);
    }

    Operand<TFloat32> view(Setup setup, StepContext context, int index) {
      return setup.view(context.scope(), context.batch(), View.global(index)).image();
    }

    void optimize(GraphScope scope, Operand<TFloat32> loss) {
      Sgd.of(0.9).minimize(scope, loss);
    }

    private static Operand<TFloat32> halved(GraphScope scope, Operand<TFloat32> x) {
      return scope.tf().math.mul(x, scope.constant(0.5f));
    }
  }
}
