package juxta.plugin.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.View;
import juxta.testkit.Graphs;
import juxta.testkit.StepRig;
import juxta.testkit.TrialImages;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.discrimination.Branch;
import juxta.toolkit.discrimination.Head;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.discrimination.TwoViews;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class FastmocoTest {
  private final Fastmoco method = new Fastmoco();

  @Test
  void equalOutputsGiveTheLogarithmOfTheBatch() {
    double found =
        Graphs.scalar(
            scope -> {
              Operand<TFloat32> p = Graphs.tensor(scope, ones(6 * 16 * 3), 96, 3);
              Operand<TFloat32> z = Graphs.tensor(scope, ones(16 * 3), 16, 3);
              return Trials.crossEntropy(scope, Fastmoco.contrast(scope, 6, 16, p, z), 1);
            });
    assertThat(found).isCloseTo(Math.log(16), within(1e-5));
  }

  private static float[] ones(int n) {
    float[] ones = new float[n];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  /** One direction has a term for each choice of parts. */
  @ParameterizedTest
  @CsvSource({"2, 2, 6", "2, 3, 4", "2, 4, 1", "1, 1, 1"})
  void terms(int splits, int combined, int terms) {
    FakeSetup setup = Trials.setup(method, "splits=" + splits, "parts-combined=" + combined);
    List<long[]> shapes = new ArrayList<>();
    Graphs.parameters(
        scope -> {
          Operand<TFloat32> x = Graphs.tensor(scope, new float[6 * 8 * 8 * 3], 6, 8, 8, 3);
          method.objective(setup, scope, new TwoViews(x, x, Optional.empty(), Optional.empty()));
          setup.comparisons.forEach(c -> shapes.add(c.similarities().shape().asArray()));
          return setup;
        });
    assertThat(shapes).hasSize(2);
    shapes.forEach(s -> assertThat(s).containsExactly(terms * Trials.B, Trials.B));
  }

  /** Quarters of all images that change places alike make the same combinations. */
  @Test
  void theOrderOfTheQuartersDoesNotMatter() {
    try (StepRig plain = rig(false);
        StepRig turned = rig(true)) {
      Trials.give(plain, turned);
      assertThat(turned.output(Step.LOSS)).isCloseTo(plain.output(Step.LOSS), within(1e-5));
    }
  }

  /** The two halves of every image change places, if asked for. */
  private StepRig rig(boolean turned) {
    return Trials.rig(
        method,
        new FakeSetup(new TrialImages(20, Trials.SIDE), Trials.B, Trials.settings(method)) {
          @Override
          public Batch view(GraphScope scope, Batch records, View view) {
            Batch seen = super.view(scope, records, view);
            return turned
                ? seen.with(
                    Field.IMAGE,
                    scope.tf().roll(seen.image(), scope.ints(Trials.SIDE / 2), scope.ints(2)))
                : seen;
          }
        });
  }

  /** Momentum 1 leaves the target alone, and no gradient reaches it. */
  @Test
  void theTargetOnlyFollows() {
    try (StepRig rig = Trials.rig(method)) {
      rig.scalar(TrainingPhase.MOMENTUM, 1);
      float[] before = rig.stored("momentum.encoder.proj.weight");
      float[] online = rig.stored("encoder.proj.weight");
      rig.train(0);
      rig.train(1);
      assertThat(rig.stored("momentum.encoder.proj.weight")).containsExactly(before);
      assertThat(rig.stored("encoder.proj.weight")).isNotEqualTo(online);
      assertThat(rig.trained()).noneMatch(name -> name.startsWith("momentum"));
    }
  }

  /** One part: keys of whole views are sought by whole views, as in MoCo with keys of the batch. */
  @Test
  void withoutSplittingIsMoco() {
    FakeSetup setup = Trials.setup(method, "splits=1", "parts-combined=1");
    try (StepRig rig = Trials.rig(method, "splits=1", "parts-combined=1");
        StepRig parent =
            StepRig.of(context -> moco(setup, context), setup)
                .open()
                .scalar(TrainingPhase.MOMENTUM, 0.9)) {
      Trials.give(rig, parent);
      assertThat(rig.output(Step.LOSS)).isCloseTo(parent.output(Step.LOSS), within(1e-5));
    }
  }

  /** (CE(unit(p1) unit(k2)^T / 0.2, i) + CE(unit(p2) unit(k1)^T / 0.2, i)) / 2. */
  private static Step moco(FakeSetup setup, StepContext context) {
    GraphScope scope = context.scope();
    Branch.Projection g = (at, d) -> Fastmoco.projection(at, d, 7, 5);
    Branch online = Branch.online(setup, scope, g);
    Head q = Fastmoco.prediction(scope, 5, 4);
    Branch target = Branch.averaged(setup, scope, g, scope.scalar(TrainingPhase.MOMENTUM));
    TwoViews x = TwoViews.of(setup, scope, context.batch());
    Operand<TFloat32> p1 = q.apply(online.apply(x.x1(), Pass.TRAINING).projection(), Pass.TRAINING);
    Operand<TFloat32> p2 = q.apply(online.apply(x.x2(), Pass.TRAINING).projection(), Pass.TRAINING);
    Operand<TFloat32> k1 = target.apply(x.x1(), Pass.TARGET).projection();
    Operand<TFloat32> k2 = target.apply(x.x2(), Pass.TARGET).projection();
    Operand<TFloat32> sum = scope.tf().math.add(infoNce(scope, p1, k2), infoNce(scope, p2, k1));
    return Step.of(scope.tf().math.mul(scope.constant(0.5f), sum));
  }

  /** -mean log softmax(cosines / 0.2) on the diagonal. */
  private static Operand<TFloat32> infoNce(
      GraphScope scope, Operand<TFloat32> p, Operand<TFloat32> k) {
    var tf = scope.tf();
    Operand<TFloat32> shares = // [B, B]
        tf.nn.softmax(
            tf.math.mul(Similarity.cosine(scope, p, tf.stopGradient(k)), scope.constant(5)));
    Operand<TFloat32> own =
        tf.reduceSum(tf.math.mul(shares, Targets.identity(scope, Trials.B)), scope.ints(1));
    return tf.math.neg(tf.math.mean(tf.math.log(own), scope.ints(0)));
  }

  /** From a quarter of the rate; of Barlow Twins down to a thousandth of it. */
  @Test
  void rates() {
    Length length = new Length(20, 10);
    var rate =
        method
            .schedules(Trials.setup(method, "base-rate=0.5"), length)
            .get(TrainingPhase.LEARNING_RATE);
    double peak = 0.5 * Trials.B / 256;
    assertThat(rate.at(0, List.of())).isCloseTo(peak / 4, within(1e-9));
    assertThat(rate.at(10, List.of())).isCloseTo(peak, within(1e-9));
    assertThat(rate.at(20, List.of())).isCloseTo(0, within(1e-9));
    BarlowTwins twins = new BarlowTwins();
    assertThat(
            twins
                .schedules(Trials.setup(twins, "base-rate=0.5"), length)
                .get(TrainingPhase.LEARNING_RATE)
                .at(20, List.of()))
        .isCloseTo(peak / 1000, within(1e-9));
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> method.plan(Trials.setup(method, "splits=3", "parts-combined=10")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("splits: views of side 8")
        .hasMessageContaining("parts-combined: 10 of 9 parts");
    assertThat(List.of(Fastmoco.SPLITS.defaultValue(), Fastmoco.COMBINED.defaultValue()))
        .containsExactly(2, 2);
  }
}
