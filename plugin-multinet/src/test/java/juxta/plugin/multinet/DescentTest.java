package juxta.plugin.multinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import juxta.api.Step;
import juxta.api.TrainingPhase;
import juxta.testkit.StepRig;
import juxta.toolkit.graph.Gradients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How weights move: one bound for the gradient, two learning rates. */
class DescentTest {
  /** Rate of q with the base rate of 12.8: 12.8 * B / 256. */
  private static final double RATE = 12.8 * Trials.B / 256;

  /** w -= rate * (min(1, clip / |g|) g + decay w) in the first step. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 1000, 0})
  void allGradientsAreClippedTogether(double clip) {
    double decay = 0.02;
    double scheduled = 0.25;
    try (StepRig rig = Trials.rig("base-rate=12.8", "weight-decay=" + decay, "clip-norm=" + clip)) {
      List<String> names = rig.trained();
      List<float[]> gradients =
          rig.look(
              Gradients.of(
                  rig.scope(), rig.made(Step.LOSS), names.stream().map(rig::value).toList()));
      double square = 0;
      for (float[] gradient : gradients) {
        for (float g : gradient) {
          square += (double) g * g;
        }
      }
      double norm = Math.sqrt(square);
      assertThat(norm).isBetween(0.02, 500.0); // 0.01 is below it, 1000 above
      double factor = clip == 0.01 ? clip / norm : 1;
      Map<String, float[]> before = rig.state();
      rig.scalar(TrainingPhase.LEARNING_RATE, scheduled).train(0);
      Map<String, float[]> after = rig.state();
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        double rate = name.startsWith("prediction.") ? RATE : scheduled;
        float[] expected = before.get(name).clone();
        for (int e = 0; e < expected.length; e++) {
          expected[e] -= (float) (rate * (factor * gradients.get(i)[e] + decay * expected[e]));
        }
        assertThat(after.get(name)).as(name).containsExactly(expected, within(2e-6f));
      }
    }
  }

  /** At the end of the cosine f and g stand still, and q goes on. */
  @Test
  void theRateOfThePredictorIsConstant() {
    try (StepRig rig = Trials.rig("base-rate=12.8", "optimizer=sgd")) {
      Map<String, float[]> before = rig.state();
      rig.scalar(TrainingPhase.LEARNING_RATE, 0).train(0);
      Map<String, float[]> after = rig.state();
      for (String name : rig.trained()) {
        if (!name.startsWith("prediction.")) {
          assertThat(after.get(name)).as(name).containsExactly(before.get(name));
        }
      }
      for (String name : List.of("prediction.0.weight", "prediction.1.bias", "prediction.3.bias")) {
        assertThat(after.get(name)).as(name).isNotEqualTo(before.get(name));
      }
    }
  }
}
