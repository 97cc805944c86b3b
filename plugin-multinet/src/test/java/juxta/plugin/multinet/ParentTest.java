package juxta.plugin.multinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.View;
import juxta.testkit.StepRig;
import juxta.toolkit.discrimination.Head;
import juxta.toolkit.optim.Group;
import juxta.toolkit.optim.Sgd;
import juxta.toolkit.optim.WeightDecay;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * With every embedding as its own neighbour and no local loss the method is SimCLR against an
 * average of the network, in both directions. That is built here from its definition.
 */
class ParentTest {
  private static final double RATE = 5.12 * Trials.B / 256;

  private static Head projector(GraphScope at) {
    return Head.from(at, TinyEncoder.WIDTH)
        .linear(Trials.HIDDEN, true)
        .norm()
        .relu()
        .linear(Trials.HIDDEN, true)
        .norm()
        .relu()
        .linear(Trials.OUT, true)
        .norm();
  }

  private static Step parent(FakeSetup setup, StepContext context) {
    GraphScope scope = context.scope();
    var f = setup.encoder(scope.sub("encoder"));
    Head g = projector(scope.sub("projection"));
    Head q =
        Head.from(scope.sub("prediction"), Trials.OUT)
            .linear(4, true)
            .norm()
            .relu()
            .linear(Trials.OUT, true);
    var m = scope.scalar(TrainingPhase.MOMENTUM);
    var fm = setup.encoder(scope.sub("momentum.encoder").averageOf(scope.sub("encoder"), m));
    Head gm = projector(scope.sub("momentum.projection").averageOf(scope.sub("projection"), m));
    var a = setup.view(scope, context.batch(), View.global(0)).image();
    var b = setup.view(scope, context.batch(), View.global(2)).image();

    var pa = q.apply(g.apply(f.apply(a, Pass.TRAINING).embedding(), Pass.TRAINING), Pass.TRAINING);
    var pb = q.apply(g.apply(f.apply(b, Pass.TRAINING).embedding(), Pass.TRAINING), Pass.TRAINING);
    var ka = gm.apply(fm.apply(a, Pass.TRAINING).embedding(), Pass.TRAINING);
    var kb = gm.apply(fm.apply(b, Pass.TRAINING).embedding(), Pass.TRAINING);
    Ops tf = scope.tf();
    Operand<TFloat32> loss =
        tf.math.div(
            tf.math.add(
                simclr(scope, pa, tf.stopGradient(kb)), simclr(scope, pb, tf.stopGradient(ka))),
            scope.constant(2));
    Sgd.of(0.9)
        .decay(WeightDecay.of(1e-4).everywhere())
        .groups(Group.below("prediction").constantRate(RATE))
        .clipped(1)
        .minimize(scope, loss);
    return Step.of(loss);
  }

  /** Mean over 2B rows of log(sum over other rows of exp(cos)) - cos to the other view. */
  private static Operand<TFloat32> simclr(
      GraphScope scope, Operand<TFloat32> p, Operand<TFloat32> k) {
    Ops tf = scope.tf();
    Operand<TFloat32> rows = tf.concat(List.of(p, k), tf.constant(0));
    Operand<TFloat32> norms = // [2B, 1]
        tf.expandDims(
            tf.math.sqrt(tf.reduceSum(tf.math.square(rows), scope.ints(1))), tf.constant(1));
    Operand<TFloat32> unit = tf.math.div(rows, norms);
    Operand<TFloat32> cosines = tf.linalg.matMul(unit, unit, MatMul.transposeB(true));
    float[] others = new float[4 * Trials.B * Trials.B];
    float[] positives = new float[others.length];
    for (int i = 0; i < 2 * Trials.B; i++) {
      for (int j = 0; j < 2 * Trials.B; j++) {
        others[i * 2 * Trials.B + j] = i == j ? 0 : 1;
        positives[i * 2 * Trials.B + j] = Math.abs(i - j) == Trials.B ? 1 : 0;
      }
    }
    Operand<TInt32> shape = scope.ints(2 * Trials.B, 2 * Trials.B);
    Operand<TFloat32> all =
        tf.math.log(
            tf.reduceSum(
                tf.math.mul(tf.math.exp(cosines), tf.reshape(tf.constant(others), shape)),
                scope.ints(1)));
    Operand<TFloat32> own =
        tf.reduceSum(
            tf.math.mul(cosines, tf.reshape(tf.constant(positives), shape)), scope.ints(1));
    return tf.math.mean(tf.math.sub(all, own), scope.ints(0));
  }

  @Test
  void everyStepIsThatOfTheParent() {
    FakeSetup setup = Trials.setup();
    try (StepRig parent = Trials.rig(setup, context -> parent(setup, context));
        StepRig rig =
            Trials.rig("neighbours=false", "local-weight=0", "global-weight=1", "base-rate=5.12")) {
      assertThat(rig.names()).containsExactlyInAnyOrderElementsOf(parent.names());
      assertThat(rig.snapshot()).isEqualTo(parent.snapshot());
      Map<String, float[]> first = rig.state();
      for (int step = 0; step < 6; step++) {
        double rate = 0.2 - 0.03 * step;
        rig.scalar(TrainingPhase.LEARNING_RATE, rate);
        parent.scalar(TrainingPhase.LEARNING_RATE, rate);
        parent.write(rig.snapshot()); // rounding, by another order of sums, must not add up
        assertThat(rig.loss(step)).isCloseTo(parent.loss(step), within(1e-5));
        Map<String, float[]> expected = parent.state();
        rig.state()
            .forEach(
                (name, value) ->
                    assertThat(value).as(name).containsExactly(expected.get(name), within(3e-5f)));
      }
      assertThat(rig.state().get("encoder.head.proj.weight"))
          .isNotEqualTo(first.get("encoder.head.proj.weight"));
    }
  }
}
