package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Evaluator;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Score;
import juxta.api.Settings;
import juxta.api.Step;
import juxta.api.TrainingPhase;
import juxta.api.View;
import juxta.engine.catalogue.Plugin;
import juxta.engine.catalogue.Registered;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.Monitor;
import juxta.engine.train.ParameterStore;
import juxta.engine.train.Placement;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** An evaluator may draw the views that methods train on, too. */
class EvaluatorViewsTest {
  @TempDir private Path folder;

  /** Draws two global views in one function, in steps of its head and over a split. */
  private record TwoViews(List<Matrix> seen) implements Evaluator {
    private static final String FUNCTION = "two-views";

    @Override
    public String id() {
      return "two-views";
    }

    @Override
    public String summary() {
      return "how far apart two views are";
    }

    @Override
    public Set<String> functions() {
      return Set.of();
    }

    @Override
    public List<Score> evaluate(Evaluation evaluation) {
      ModelFunction function =
          new ModelFunction(
              FUNCTION,
              List.of(evaluation.data().train().field(Field.IMAGE)),
              (scope, batch) ->
                  Map.of(
                      "first", flat(evaluation, scope, batch, View.global(0)),
                      "second", flat(evaluation, scope, batch, View.global(1)),
                      "fixed", flat(evaluation, scope, batch, View.EVALUATION),
                      "weight",
                          scope
                              .tf()
                              .math
                              .mul(
                                  weight(scope), flat(evaluation, scope, batch, View.EVALUATION))));
      TrainingPhase phase =
          TrainingPhase.of(
              2,
              Samplers.sequential(Dataset.TRAIN, evaluation.data().train().size(), 2),
              Map.of(TrainingPhase.LEARNING_RATE, (step, history) -> 0.01),
              context -> step(evaluation, context.scope(), context.batch()));
      Evaluation.Trained head =
          evaluation.train(FUNCTION, evaluation.data(), phase, List.of(function));
      for (String output : List.of("first", "second", "fixed", "weight", "first")) {
        seen.add(head.run(FUNCTION, Dataset.TRAIN, output));
      }
      return List.of(new Score("views", 2, Score.Unit.NUMBER, Map.of()));
    }

    /** Learns from how the two differ. */
    private static Step step(Evaluation evaluation, GraphScope scope, Batch batch) {
      var tf = scope.tf();
      Operand<TFloat32> apart =
          tf.math.sub(
              flat(evaluation, scope, batch, View.global(0)),
              flat(evaluation, scope, batch, View.global(1)));
      Operand<TFloat32> loss = tf.math.mean(tf.math.mul(apart, weight(scope)), scope.ints(0, 1));
      Sgd.of(0).minimize(scope, loss);
      return Step.of(loss);
    }

    private static Operand<TFloat32> weight(GraphScope scope) {
      return scope.weight("w", Layout.PLAIN, Initializers.ones(), 4).value();
    }

    private static Operand<TFloat32> flat(
        Evaluation evaluation, GraphScope scope, Batch batch, View view) {
      return scope.tf().reshape(evaluation.view(scope, batch, view).image(), scope.ints(-1, 4));
    }
  }

  /** First and second view, fixed view, that times the head's weight, and the first again. */
  private List<Matrix> seen(String run, String seed) {
    TrainingRun.Job job =
        Lines.job(folder.resolve(run), false, new TreeMap<>(Map.of("seed", seed)));
    RunSetup setup = new RunSetup(job.choices(), job.data(), job.folder());
    List<Matrix> seen = new ArrayList<>();
    Plugin plugin = new Plugin("test", "1", Path.of("."), new TreeMap<>(), new TreeMap<>());
    new Scoring(Monitor.SILENT, () -> false)
        .score(
            new FrozenModel(List.of(), new ParameterStore()),
            setup,
            Placement.automatic(1),
            List.of(
                new Scoring.Chosen(
                    new Registered<>(new TwoViews(seen), plugin), Settings.DEFAULTS)),
            job.folder(),
            (id, fault) -> {
              throw new AssertionError(id, fault);
            });
    return seen;
  }

  private static float apart(Matrix one, Matrix other) {
    assertThat(one.rows()).isEqualTo(4);
    float most = 0;
    for (int i = 0; i < one.values().length; i++) {
      most = Math.max(most, Math.abs(one.values()[i] - other.values()[i]));
    }
    return most;
  }

  @Test
  void twoGlobalViewsInAFunctionDifferAndComeAgainWithTheSeed() {
    List<Matrix> one = seen("one", "5");
    assertThat(apart(one.get(0), one.get(1))).isGreaterThan(0.1f);
    assertThat(apart(one.get(0), one.get(2))).isGreaterThan(0.1f);
    assertThat(apart(one.get(0), one.get(4))).isZero();
    List<Matrix> again = seen("again", "5");
    for (int i = 0; i < one.size(); i++) {
      assertThat(again.get(i).values()).as("output " + i).isEqualTo(one.get(i).values());
    }
    List<Matrix> other = seen("other", "6");
    assertThat(apart(one.get(0), other.get(0))).isGreaterThan(0.1f);
    assertThat(apart(one.get(2), other.get(2))).isZero();
    assertThat(apart(one.get(3), other.get(3))).as("what the head learned").isPositive();
  }
}
