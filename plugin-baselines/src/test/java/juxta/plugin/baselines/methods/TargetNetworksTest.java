package juxta.plugin.baselines.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import juxta.api.Method;
import juxta.api.Step;
import juxta.api.TrainingPhase;
import juxta.testkit.StepRig;
import juxta.toolkit.graph.Gradients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What the averaged networks promise. */
class TargetNetworksTest {
  private static final String ONLINE = "encoder.fc.weight";
  private static final String TARGET = "momentum.encoder.fc.weight";

  @ParameterizedTest
  @MethodSource("juxta.plugin.baselines.methods.Trials#averaging")
  void noGradientReachesThem(Method method) {
    try (StepRig rig = Trials.rig(method, Trials.setup(method))) {
      Operand<TFloat32> loss = rig.made(Step.LOSS);
      List<Operand<TFloat32>> gradients =
          Gradients.of(rig.scope(), loss, weights(rig, "momentum."));
      List<Operand<TFloat32>> own = Gradients.of(rig.scope(), loss, weights(rig, ONLINE));
      assertThat(rig.trained())
          .contains(ONLINE, "projection.0.weight")
          .noneMatch(name -> name.startsWith("momentum.") || name.startsWith("queue."));
      assertThat(gradients).hasSizeGreaterThanOrEqualTo(4);
      for (Operand<TFloat32> gradient : gradients) {
        assertThat(rig.look(gradient)).containsOnly(0);
      }
      assertThat(rig.look(own.get(0))).isNotEqualTo(new float[4 * 4 * 3 * TinyEncoder.WIDTH]);
    }
  }

  private static List<Operand<TFloat32>> weights(StepRig rig, String prefix) {
    return rig.names().stream()
        .filter(name -> name.startsWith(prefix) && name.matches(".*(weight|bias)"))
        .map(rig::value)
        .toList();
  }

  /** They follow the weights that a step begins with; the optimiser comes after. */
  @ParameterizedTest
  @MethodSource("juxta.plugin.baselines.methods.Trials#averaging")
  void followBeforeTheOptimiserMoves(Method method) {
    try (StepRig rig = Trials.rig(method, Trials.setup(method))) {
      assertThat(rig.state().get(TARGET)).isEqualTo(rig.state().get(ONLINE));
      rig.train(0);
      rig.train(1);
      for (double m : new double[] {1, 0, 0.75}) {
        Map<String, float[]> before = rig.state();
        rig.scalar(TrainingPhase.MOMENTUM, m).train(2);
        Map<String, float[]> after = rig.state();
        assertThat(after.get(ONLINE)).isNotEqualTo(before.get(ONLINE));
        for (int i = 0; i < after.get(TARGET).length; i++) {
          double expected = m * before.get(TARGET)[i] + (1 - m) * before.get(ONLINE)[i];
          assertThat((double) after.get(TARGET)[i])
              .isCloseTo(expected, within(m == 0.75 ? 1e-7 : 0));
        }
      }
    }
  }

  /** Keys of a step come from the average of this step. */
  @Test
  void keysAreThoseOfTheNetworkThatFollowed() {
    Method mocov2 = new Mocov2();
    try (StepRig rig = Trials.rig(mocov2, Trials.setup(mocov2))) {
      rig.write(TARGET, old -> new float[old.length]);
      double frozen = rig.scalar(TrainingPhase.MOMENTUM, 1).output(Step.LOSS);
      double copied = rig.scalar(TrainingPhase.MOMENTUM, 0).output(Step.LOSS);
      rig.write(TARGET, old -> rig.state().get(ONLINE));
      assertThat(rig.scalar(TrainingPhase.MOMENTUM, 1).output(Step.LOSS))
          .isEqualTo(copied)
          .isNotEqualTo(frozen);
    }
  }

  /** BYOL's reference follows at the end of a step, with the momentum of that step. */
  @Test
  void byolsMomentumIsThatOfTheStepBefore() {
    Method byol = new Byol();
    TrainingPhase phase = Trials.phase(byol, Trials.setup(byol, "momentum-base=0.9"));
    var m = phase.schedules().get(TrainingPhase.MOMENTUM);
    assertThat(phase.steps()).isEqualTo(6);
    assertThat(m.at(0, List.of())).isEqualTo(0.9);
    assertThat(m.at(1, List.of())).isEqualTo(0.9);
    for (int step = 1; step < 6; step++) {
      assertThat(m.at(step, List.of()))
          .isCloseTo(1 - 0.1 * (1 + Math.cos(Math.PI * (step - 1) / 6)) / 2, within(1e-12));
    }
  }

  @Test
  void mocov3sMomentumIsThatOfTheStep() {
    Method mocov3 = new Mocov3();
    var m = Trials.phase(mocov3, Trials.setup(mocov3)).schedules().get(TrainingPhase.MOMENTUM);
    for (int step = 0; step < 6; step++) {
      assertThat(m.at(step, List.of()))
          .isCloseTo(1 - 0.01 * (1 + Math.cos(Math.PI * step / 6)) / 2, within(1e-12));
    }
  }
}
