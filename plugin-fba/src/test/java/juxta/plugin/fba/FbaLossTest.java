package juxta.plugin.fba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import juxta.api.Schedule;
import juxta.api.Settings;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GradientCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FbaLossTest {
  @ParameterizedTest
  @CsvSource({"0.6, 0.982954", "0.5, 0.5", "0.4, 0.017046", "0, 0", "1, 1"})
  void sharpening(float p, float expected) {
    assertThat(
            Graphs.scalar(
                scope -> FbaLoss.sharpen(scope, Graphs.tensor(scope, new float[] {p}, 1), 0.1)))
        .isCloseTo(expected, within(1e-5f));
  }

  @Test
  void undecidedDecodersAgree() {
    float[] half = new float[2 * 2 * 2 * 2 * 2];
    java.util.Arrays.fill(half, 0.5f);
    assertThat(
            Graphs.scalar(
                scope ->
                    FbaLoss.consistency(
                        scope,
                        List.of(
                            Graphs.tensor(scope, half, 2, 2, 2, 2, 2),
                            Graphs.tensor(scope, half, 2, 2, 2, 2, 2),
                            Graphs.tensor(scope, half, 2, 2, 2, 2, 2)),
                        0.1)))
        .isZero();
  }

  @Test
  void diceOfHalves() {
    assertThat(
            Graphs.scalar(
                scope ->
                    FbaLoss.dice(
                        scope,
                        Graphs.tensor(scope, new float[] {0.5f, 0.5f}, 1, 2, 1, 1),
                        Graphs.tensor(scope, new float[] {1, 0}, 1, 2, 1, 1))))
        .isCloseTo(0.5f, within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.0067379",
    "150, 0.0086247",
    "3000, 0.2865048",
    "4500, 0.7316156",
    "6000, 1",
    "9000, 1"
  })
  void theRampOfTheConsistency(long t, double expected) {
    Schedule ramp = Fba.ramp(Settings.of(Map.of()));
    assertThat(ramp.at(t - 1, List.of())).isCloseTo(expected, within(1e-7));
  }

  @Test
  void gradientsAgreeWithDifferences() {
    assertThat(
            GradientCheck.run(
                5,
                List.of(new long[] {1, 2, 2, 1, 2}, new long[] {1, 2, 2, 1, 2}),
                (scope, in) ->
                    FbaLoss.consistency(
                        scope,
                        in.stream()
                            .<org.tensorflow.Operand<org.tensorflow.types.TFloat32>>map(
                                x -> scope.tf().math.sigmoid(x))
                            .toList(),
                        0.5)))
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-3));
  }
}
