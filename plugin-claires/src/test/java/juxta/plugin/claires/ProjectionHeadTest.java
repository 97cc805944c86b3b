package juxta.plugin.claires;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.Pass;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GradientCheck;
import org.junit.jupiter.api.Test;

class ProjectionHeadTest {
  /** Ranking by dot product is ranking by cosine. */
  @Test
  void rowsOfAFreshHeadHaveMean0AndSquaredNorm256() {
    float[] z =
        Graphs.floats(
            scope ->
                new ProjectionHead(scope, 40, 256, 0.1)
                    .apply(Bench.matrix(scope, Bench.normal(6 * 40, 1), 40), Pass.INFERENCE));
    for (int row = 0; row < 6; row++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < 256; i++) {
        sum += z[row * 256 + i];
        squares += z[row * 256 + i] * z[row * 256 + i];
      }
      assertThat(sum / 256).isCloseTo(0, within(1e-5));
      assertThat(squares).isCloseTo(256, within(0.5)); // the variance of p + q is about 0.1
    }
  }

  @Test
  void isItsFormula() {
    int in = 5;
    int out = 4;
    float[] h = Bench.normal(in, 3);
    Bench.Ran ran =
        Bench.drawing(
            0.5,
            scope ->
                new ProjectionHead(scope, in, out, 0.5)
                    .apply(Bench.matrix(scope, h, in), Pass.INFERENCE));
    Map<String, float[]> w = ran.parameters();
    assertThat(w.keySet())
        .isEqualTo(
            Set.of(
                "projection.weight",
                "projection.bias",
                "fc.weight",
                "fc.bias",
                "layer_norm.weight",
                "layer_norm.bias"));
    double[] x = new double[in];
    for (int i = 0; i < in; i++) {
      x[i] = h[i];
    }
    double[] p = Naive.linear(x, w.get("projection.weight"), w.get("projection.bias"));
    double[] q = Naive.linear(Naive.gelu(p), w.get("fc.weight"), w.get("fc.bias"));
    double[] z =
        Naive.norm(Naive.sum(p, q), w.get("layer_norm.weight"), w.get("layer_norm.bias"), 1e-5);
    for (int i = 0; i < out; i++) {
      assertThat((double) ran.values()[i]).isCloseTo(z[i], within(1e-5));
    }
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    assertThat(
            GradientCheck.run(
                1,
                List.of(new long[] {3, 5}, new long[] {3, 4}),
                (scope, in) ->
                    scope
                        .tf()
                        .math
                        .mean(
                            scope
                                .tf()
                                .math
                                .mul(
                                    new ProjectionHead(scope, 5, 4, 0)
                                        .apply(in.get(0), Pass.TRAINING),
                                    in.get(1)),
                            scope.ints(0, 1))))
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-3));
  }
}
