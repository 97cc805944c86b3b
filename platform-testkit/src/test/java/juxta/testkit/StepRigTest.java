package juxta.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import juxta.api.Comparison;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Step;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class StepRigTest {
  private static final String WEIGHT = "encoder.conv.weight";

  /** Two epochs of two steps of four images. */
  private static TrialSetup setup() {
    return new TrialSetup(new TrialImages(8, 8), 4, 2, Map.of()) {
      @Override
      public Network encoder(GraphScope scope) {
        return new TinyNetwork(scope, 3);
      }

      @Override
      public Operand<TFloat32> loss(GraphScope scope, Comparison comparison) {
        return new TinyLoss().apply(scope, comparison, settings());
      }
    };
  }

  private static StepRig.Builder rig() {
    return StepRig.of(new Good.GoodMethod(), setup());
  }

  @Test
  void aStepMovesWeightsByTheRateThatIsHeldAndALookMovesNothing() {
    try (StepRig rig = rig().open().scalar(TrainingPhase.LEARNING_RATE, 0.5)) {
      Operand<TFloat32> gradient =
          Gradients.of(rig.scope(), rig.made(Step.LOSS), List.of(rig.value(WEIGHT))).get(0);
      Map<String, Value> start = rig.snapshot();
      float[] g = rig.look(gradient);
      double loss = rig.output(Step.LOSS);
      assertThat(rig.snapshot()).isEqualTo(start);
      float[] expected = rig.stored(WEIGHT);
      for (int i = 0; i < g.length; i++) {
        expected[i] -= 0.5f * g[i];
      }
      assertThat(rig.loss(0)).isEqualTo(loss);
      assertThat(rig.stored(WEIGHT)).containsExactly(expected, within(1e-6f));
      assertThat(rig.state().get("optimizer.momentum." + WEIGHT)).containsExactly(g, within(1e-6f));
      assertThat(rig.trained()).contains(WEIGHT).doesNotContain("momentum.conv.weight");
    }
  }

  @Test
  void weightsMayBeGivenAndWrittenBack() {
    Map<String, Value> half;
    double next;
    try (StepRig rig = rig().open()) {
      rig.train(0);
      half = rig.snapshot();
      next = rig.loss(1);
    }
    try (StepRig rig = rig().starting(half).open()) {
      assertThat(rig.snapshot()).isEqualTo(half);
      assertThat(rig.loss(1)).isEqualTo(next);
      rig.write(half);
      assertThat(rig.loss(1)).isEqualTo(next);
      rig.write(WEIGHT, old -> new float[old.length]);
      assertThat(rig.stored(WEIGHT)).containsOnly(0);
    }
  }

  @Test
  void recordsAreTheFirstUnlessTheyAreDrawnOrGiven() {
    float[] second = seen(rig().seeing(Map.of("main", new int[] {4, 5, 6, 7})), 0);
    assertThat(seen(rig(), 0)).isEqualTo(seen(rig(), 1)).isNotEqualTo(second);
    assertThat(seen(rig().drawing(), 0)).isNotEqualTo(seen(rig().drawing(), 1));
  }

  private static float[] seen(StepRig.Builder builder, long step) {
    try (StepRig rig = builder.open()) {
      return rig.at(step).look(rig.made(Step.EMBEDDING));
    }
  }

  @Test
  void aStepOfNoPhaseNeedsItsScalars() {
    try (StepRig rig =
        StepRig.of(
                context -> {
                  GraphScope scope = context.scope();
                  Operand<TFloat32> image =
                      scope.tf().dtypes.cast(context.batch().bytes(Field.IMAGE), TFloat32.class);
                  Operand<TFloat32> mean = scope.tf().math.mean(image, scope.ints(0, 1, 2, 3));
                  return Step.of(scope.tf().math.mul(mean, scope.scalar("factor")));
                },
                setup())
            .open()) {
      assertThatThrownBy(() -> rig.loss(0)).hasMessageContaining("'factor' was not set");
      double mean = rig.scalar("factor", 1).loss(0);
      assertThat(mean).isBetween(100.0, 155.0);
      assertThat(rig.scalar("factor", 2).loss(0)).isCloseTo(2 * mean, within(1e-3));
      assertThat(Tensors.floats(rig.train(1).get(Step.LOSS))).hasSize(1);
      assertThatThrownBy(() -> rig.value("none")).hasMessageContaining("no parameter 'none'");
    }
  }
}
