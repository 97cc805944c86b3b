package juxta.plugin.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import juxta.api.GraphScope;
import juxta.testkit.Conformance;
import juxta.testkit.Graphs;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class BarlowTwinsTest {
  private static final double LAMBDA = 0.0051;

  private static double loss(float[] z1, float[] z2, int b) {
    return Graphs.scalar(
        scope -> {
          Operand<TFloat32> x = Graphs.tensor(scope, z1, b, z1.length / b);
          Operand<TFloat32> y = Graphs.tensor(scope, z2, b, z2.length / b);
          return BarlowTwins.Terms.of(scope, b, x, y).sum(scope, LAMBDA);
        });
  }

  @Test
  void conformsToTheReference() {
    JsonNode file = Conformance.read("barlow_twins");
    List<float[]> found =
        Graphs.all(
            scope -> {
              Operand<TFloat32> z1 = Trials.input(scope, file, "z1");
              Operand<TFloat32> z2 = Trials.input(scope, file, "z2");
              BarlowTwins.Terms l = BarlowTwins.Terms.of(scope, 8, z1, z2);
              Operand<TFloat32> loss = l.sum(scope, LAMBDA);
              return List.of(
                  l.correlation(),
                  l.onDiagonal(),
                  l.offDiagonal(),
                  loss,
                  Trials.gradient(scope, loss, z1),
                  Trials.gradient(scope, loss, z2));
            });
    Trials.close(found.get(0), file, "correlation");
    Trials.close(found.get(1), file, "on_diagonal");
    Trials.close(found.get(2), file, "off_diagonal");
    Trials.close(found.get(3), file, "loss");
    Trials.close(found.get(4), file, "grad_z1");
    Trials.close(found.get(5), file, "grad_z2");
    for (int column = 0; column < 16; column++) { // a shift of a column changes nothing
      double sum = 0;
      for (int row = 0; row < 8; row++) {
        sum += found.get(4)[16 * row + column];
      }
      assertThat(sum).isCloseTo(0, within(1e-4));
    }
  }

  @Test
  void byHand() {
    float[] z = {1, -1, -1, 1};
    assertThat(loss(z, z, 2)).isCloseTo(2 * LAMBDA, within(1e-4));
    assertThat(loss(new float[12], new float[12], 4)).isCloseTo(3, within(1e-6)); // C = 0
  }

  /** Swapped views transpose C; shifts, scales and the order of the records do not matter. */
  @Test
  void whatChangesNothing() {
    float[] z1 = Trials.random(1, 40);
    float[] z2 = Trials.random(2, 40);
    double expected = loss(z1, z2, 8);
    assertThat(loss(z2, z1, 8)).isCloseTo(expected, within(1e-4));
    float[] moved = new float[40];
    float[] m1 = new float[40];
    float[] m2 = new float[40];
    for (int i = 0; i < 40; i++) {
      moved[i] = 3 * z1[i] + i % 5;
      m1[i] = z1[39 - i]; // rows and columns in reverse order
      m2[i] = z2[39 - i];
    }
    assertThat(loss(moved, z2, 8)).isCloseTo(expected, within(1e-3));
    assertThat(loss(m1, m2, 8)).isCloseTo(expected, within(1e-4));
  }

  /** D (1 + 1/B) + lambda D (D - 1) / B for outputs without relation. */
  @Test
  void independentOutputs() {
    int b = 64;
    int d = 100;
    double expected = d * (1 + 1.0 / b) + LAMBDA * d * (d - 1) / b;
    assertThat(loss(Trials.random(3, b * d), Trials.random(4, b * d), b))
        .isCloseTo(expected, within(8.0));
  }

  /**
   * Only the correlations between different outputs keep these from being one and the same: two
   * columns that agree cost nothing without them.
   */
  @Test
  void withoutLambdaOutputsMayAgree() {
    float[] z = Trials.random(5, 8);
    float[] twice = new float[16];
    for (int i = 0; i < 8; i++) {
      twice[2 * i] = z[i];
      twice[2 * i + 1] = z[i];
    }
    List<float[]> found =
        Graphs.all(
            (GraphScope scope) -> {
              Operand<TFloat32> x = Graphs.tensor(scope, twice, 8, 2);
              BarlowTwins.Terms l = BarlowTwins.Terms.of(scope, 8, x, x);
              return List.of(l.sum(scope, 0), l.sum(scope, 1));
            });
    assertThat((double) found.get(0)[0]).isCloseTo(0, within(1e-4));
    assertThat((double) found.get(1)[0]).isCloseTo(2, within(1e-3));
  }
}
