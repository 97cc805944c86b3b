package juxta.plugin.medcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import juxta.api.Matrix;
import juxta.api.Value;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;

class LatentTest {
  private static double divergence(float[] m, float[] v) {
    return Graphs.floats(
        scope ->
            Latent.divergence(
                scope, Graphs.tensor(scope, m, 1, m.length), Graphs.tensor(scope, v, 1, v.length)))[
        0];
  }

  @Test
  void divergenceIsAMeanOverDimensions() {
    assertThat(divergence(new float[] {1, 0}, new float[] {0, (float) Math.log(4)}))
        .isCloseTo(0.65342641, within(1e-6));
    assertThat(divergence(new float[3], new float[3])).isZero();
  }

  @Test
  void drawsScatterAsTheVarianceSays() {
    int n = 4000;
    float[] features = new float[n];
    java.util.Arrays.fill(features, 1);
    Map<String, Value> weights =
        Map.of(
            "latent.mean.weight", Tensors.floats(new long[] {1, 1}, 2),
            "latent.mean.bias", Tensors.floats(new long[] {1}, 1),
            "latent.log-variance.weight", Tensors.floats(new long[] {1, 1}, 0),
            "latent.log-variance.bias", Tensors.floats(new long[] {1}, (float) Math.log(9)));
    float[] h =
        Graphs.floats(
            weights,
            scope ->
                new Latent(scope.sub("latent"), 1, 1, true)
                    .drawn(Graphs.tensor(scope, features, n, 1))
                    .h());
    double mean = 0;
    for (float value : h) {
      mean += value / n;
    }
    double variance = 0;
    for (float value : h) {
      variance += (value - mean) * (value - mean) / n;
    }
    assertThat(mean).isCloseTo(3, within(5 * 3 / Math.sqrt(n)));
    assertThat(variance).isCloseTo(9, within(5 * 9 * Math.sqrt(2.0 / n)));
  }

  @Test
  void withoutVariationNothingIsDrawn() {
    float[] both =
        Graphs.floats(
            scope -> {
              Latent latent = new Latent(scope.sub("latent"), 2, 3, false);
              var x = Graphs.tensor(scope, new float[] {1, 2, 3, 4}, 2, 2);
              return scope.tf().math.sub(latent.drawn(x).h(), latent.mean(x));
            });
    assertThat(both).containsOnly(0);
  }

  @Test
  void samplesScatterByTheDeviationNotTheVariance() {
    Map<String, Value> fitted =
        LatentGaussian.fit(new Matrix(4, 2, new float[] {1, 0, 1, 4, 1, 0, 1, 4}));
    float[] h =
        Graphs.floats(
            fitted,
            scope ->
                new LatentGaussian(scope, 2)
                    .draw(Graphs.tensor(scope, new float[] {0, 0, 1, 1, -2, -2}, 3, 2)));
    assertThat(h).containsExactly(1, 2, 1, 4, 1, -2);
  }

  @Test
  void samplesAreOfThePriorUntilTheGaussianIsFitted() {
    float[] h =
        Graphs.floats(
            scope ->
                new LatentGaussian(scope, 2)
                    .draw(Graphs.tensor(scope, new float[] {0.5f, -3}, 1, 2)));
    assertThat(h).containsExactly(0.5f, -3);
  }
}
