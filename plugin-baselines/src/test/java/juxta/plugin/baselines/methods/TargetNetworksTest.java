package juxta.plugin.baselines.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.Method;
import juxta.api.Parameter;
import juxta.api.Step;
import juxta.api.TrainingPhase;
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
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    List<Operand<TFloat32>> own = new ArrayList<>();
    try (Rig rig =
        new Rig(
            method,
            Trials.setup(method),
            made -> {
              Operand<TFloat32> loss = made.step.outputs().get(Step.LOSS);
              gradients.addAll(Gradients.of(made.root(), loss, weights(made, "momentum.")));
              own.addAll(Gradients.of(made.root(), loss, weights(made, ONLINE)));
            })) {
      assertThat(rig.parameters().stream().filter(Parameter::trained).map(Parameter::name))
          .contains(ONLINE, "projection.0.weight")
          .noneMatch(name -> name.startsWith("momentum.") || name.startsWith("queue."));
      assertThat(gradients).hasSizeGreaterThanOrEqualTo(4);
      for (Operand<TFloat32> gradient : gradients) {
        assertThat(rig.look(gradient)).containsOnly(0);
      }
      assertThat(rig.look(own.get(0))).isNotEqualTo(new float[4 * 4 * 3 * TinyEncoder.WIDTH]);
    }
  }

  private static List<Operand<TFloat32>> weights(Rig rig, String prefix) {
    List<Operand<TFloat32>> values = new ArrayList<>();
    for (Parameter<?> parameter : rig.parameters()) {
      if (parameter.name().startsWith(prefix) && parameter.name().matches(".*(weight|bias)")) {
        @SuppressWarnings("unchecked") // weights and biases are floats
        Operand<TFloat32> value = (Operand<TFloat32>) parameter.value();
        values.add(value);
      }
    }
    return values;
  }

  /** They follow the weights that a step begins with; the optimiser comes after. */
  @ParameterizedTest
  @MethodSource("juxta.plugin.baselines.methods.Trials#averaging")
  void followBeforeTheOptimiserMoves(Method method) {
    try (Rig rig = new Rig(method, Trials.setup(method))) {
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
    try (Rig rig = new Rig(mocov2, Trials.setup(mocov2))) {
      rig.write(TARGET, old -> new float[old.length]);
      double frozen = rig.scalar(TrainingPhase.MOMENTUM, 1).loss();
      double copied = rig.scalar(TrainingPhase.MOMENTUM, 0).loss();
      rig.write(TARGET, old -> rig.state().get(ONLINE));
      assertThat(rig.scalar(TrainingPhase.MOMENTUM, 1).loss())
          .isEqualTo(copied)
          .isNotEqualTo(frozen);
    }
  }

  /** BYOL's reference follows at the end of a step, with the momentum of that step. */
  @Test
  void byolsMomentumIsThatOfTheStepBefore() {
    Method byol = new Byol();
    TrainingPhase phase = Rig.phase(byol, Trials.setup(byol, "momentum-base=0.9"));
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
    var m = Rig.phase(mocov3, Trials.setup(mocov3)).schedules().get(TrainingPhase.MOMENTUM);
    for (int step = 0; step < 6; step++) {
      assertThat(m.at(step, List.of()))
          .isCloseTo(1 - 0.01 * (1 + Math.cos(Math.PI * step / 6)) / 2, within(1e-12));
    }
  }
}
