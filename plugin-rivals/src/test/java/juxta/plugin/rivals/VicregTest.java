package juxta.plugin.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Settings;
import juxta.api.Step;
import juxta.api.TrainingPhase;
import juxta.testkit.Conformance;
import juxta.testkit.Graphs;
import juxta.testkit.StepRig;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class VicregTest {
  /** Invariance, variance, covariance, and the loss with the weights of the paper. */
  private static double[] terms(float[] z1, float[] z2, int b) {
    int d = z1.length / b;
    return Graphs.all(
            scope -> {
              Operand<TFloat32> x = Graphs.tensor(scope, z1, b, d);
              Operand<TFloat32> y = Graphs.tensor(scope, z2, b, d);
              Vicreg.Terms l = Vicreg.Terms.of(scope, b, d, x, y);
              return List.of(
                  l.invariance(), l.variance(), l.covariance(), l.sum(scope, Settings.DEFAULTS));
            })
        .stream()
        .mapToDouble(value -> value[0])
        .toArray();
  }

  @Test
  void conformsToTheReference() {
    JsonNode file = Conformance.read("vicreg");
    List<float[]> found =
        Graphs.all(
            scope -> {
              Operand<TFloat32> z1 = Trials.input(scope, file, "z1");
              Operand<TFloat32> z2 = Trials.input(scope, file, "z2");
              Vicreg.Terms l = Vicreg.Terms.of(scope, 8, 16, z1, z2);
              Operand<TFloat32> loss = l.sum(scope, Settings.DEFAULTS);
              return List.of(
                  l.invariance(),
                  l.variance(),
                  l.covariance(),
                  loss,
                  Trials.gradient(scope, loss, z1),
                  Trials.gradient(scope, loss, z2));
            });
    Trials.close(found.get(0), file, "invariance");
    Trials.close(found.get(1), file, "variance");
    Trials.close(found.get(2), file, "covariance");
    Trials.close(found.get(3), file, "loss");
    Trials.close(found.get(4), file, "grad_z1");
    Trials.close(found.get(5), file, "grad_z2");
  }

  @Test
  void byHand() {
    float[] z = {1, -1, -1, 1};
    assertThat(terms(z, z, 2)).containsExactly(new double[] {0, 0, 8, 8}, within(1e-5));
    assertThat(terms(new float[12], new float[12], 4)[3]).isCloseTo(24.75, within(1e-4));
  }

  @Test
  void shiftsAndScales() {
    float[] z1 = Trials.random(1, 40);
    float[] z2 = Trials.random(2, 40);
    double[] expected = terms(z1, z2, 8);
    float[] s1 = z1.clone();
    float[] s2 = z2.clone();
    float[] small = z1.clone();
    for (int i = 0; i < 40; i++) {
      s1[i] += i % 5;
      s2[i] += i % 5;
      small[i] *= 0.5f;
    }
    assertThat(terms(s1, s2, 8)).containsExactly(expected, within(1e-3)); // both views alike
    double[] one = terms(s1, z2, 8);
    assertThat(one[0]).isNotCloseTo(expected[0], within(0.1));
    assertThat(one[1]).isCloseTo(expected[1], within(1e-4));
    assertThat(terms(small, z2, 8)[3]).isNotCloseTo(expected[3], within(0.1));
  }

  /** Columns that vary enough are left alone by the variance term. */
  @Test
  void wideColumnsHaveNoGradient() {
    float[] z = Trials.random(3, 16);
    for (int i = 0; i < 16; i += 2) {
      z[i] *= 10;
      z[i + 1] *= 0.1f;
    }
    float[] gradient =
        Graphs.floats(
            scope -> {
              Operand<TFloat32> x = Graphs.tensor(scope, z, 8, 2);
              return Trials.gradient(scope, Vicreg.Terms.of(scope, 8, 2, x, x).variance(), x);
            });
    for (int i = 0; i < 16; i += 2) {
      assertThat(gradient[i]).isZero();
      assertThat(gradient[i + 1]).isNotZero();
    }
  }

  /** Descent on the outputs themselves: only the variance term keeps them from one point. */
  @Test
  void withoutVarianceOutputsCollapse() {
    assertThat(deviation("0")).isLessThan(0.05);
    assertThat(deviation("25")).isGreaterThan(0.7);
  }

  /** Mean deviation of the outputs of a linear map that was trained on noisy views. */
  private static double deviation(String weight) {
    Settings settings = Settings.of(Map.of("variance-weight", weight, "covariance-weight", "0"));
    try (StepRig rig =
        StepRig.of(context -> descent(context.scope(), settings), Trials.setup(new Vicreg()))
            .open()
            .scalar(TrainingPhase.LEARNING_RATE, 0.01)) {
      for (int step = 0; step < 60; step++) {
        rig.train(step);
      }
      float[] z = rig.look(rig.made(Step.EMBEDDING)); // [16, 2]
      double sum = 0;
      for (int column = 0; column < 2; column++) {
        double mean = 0;
        double square = 0;
        for (int row = 0; row < 16; row++) {
          mean += z[2 * row + column] / 16;
          square += z[2 * row + column] * z[2 * row + column] / 16;
        }
        sum += Math.sqrt(square - mean * mean) / 2;
      }
      return sum;
    }
  }

  private static Step descent(GraphScope scope, Settings settings) {
    var tf = scope.tf();
    Operand<TFloat32> x1 = Graphs.tensor(scope, Trials.random(6, 64), 16, 4);
    Operand<TFloat32> x2 = tf.math.add(x1, Graphs.tensor(scope, Trials.random(7, 64), 16, 4));
    Operand<TFloat32> w = scope.weight("w", Layout.PLAIN, Initializers.normal(1), 4, 2).value();
    Operand<TFloat32> z1 = tf.linalg.matMul(x1, w); // [16, 2]
    Operand<TFloat32> z2 = tf.linalg.matMul(x2, w);
    Operand<TFloat32> loss = Vicreg.Terms.of(scope, 16, 2, z1, z2).sum(scope, settings);
    Sgd.of(0).minimize(scope, loss);
    return Step.of(loss).with(Step.EMBEDDING, z1);
  }
}
