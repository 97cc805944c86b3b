package juxta.toolkit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.toolkit.graph.Contractions;
import juxta.toolkit.graph.Gradients;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul.Options;
import org.tensorflow.types.TFloat32;

class MultiHeadAttentionTest {
  private static final int B = 2;
  private static final int T = 4;
  private static final int D = 6;
  private static final int HEADS = 2;

  @Test
  void equalsTheFormula() {
    Initializer<TFloat32> wide = Initializers.normal(0.7);
    try (Trial trial = new Trial()) {
      Operand<TFloat32> x = trial.normal(1, B, T, D);
      Operand<TFloat32> y = new MultiHeadAttention(trial.root(), D, HEADS, wide, wide).apply(x);
      float[] expected =
          attention(trial.get(x), trial.parameter("qkv.weight"), trial.parameter("proj.weight"));
      assertThat(trial.get(y)).containsExactly(expected, within(1e-4f));
    }
  }

  @Test
  void maskedTokensChangeNothing() {
    Initializer<TFloat32> wide = Initializers.normal(0.7);
    try (Trial trial = new Trial()) {
      GraphScope root = trial.root();
      Ops tf = root.tf();
      MultiHeadAttention attention = new MultiHeadAttention(root, D, HEADS, wide, wide);
      Operand<TFloat32> x = trial.normal(1, B, T, D);
      Operand<TFloat32> longer = tf.concat(List.of(x, trial.normal(2, B, 1, D)), tf.constant(1));
      Operand<TFloat32> mask = tf.constant(new float[] {0, 0, 0, 0, -1e9f});
      Operand<TFloat32> masked =
          tf.slice(attention.apply(longer, mask), root.ints(0, 0, 0), root.ints(B, T, D));
      float[] plain = trial.get(attention.apply(x));
      assertThat(trial.get(masked)).containsExactly(plain, within(1e-5f));
    }
  }

  @Test
  void gradientsOfProductsAreTensorFlows() {
    try (Trial trial = new Trial()) {
      GraphScope root = trial.root();
      Ops tf = root.tf();
      Operand<TFloat32> a = trial.normal(1, 2, 3, 4, 5);
      Operand<TFloat32> b = trial.normal(2, 2, 3, 5, 6);
      Operand<TFloat32> c = trial.normal(3, 2, 3, 6, 5);
      List<Operand<TFloat32>> ours =
          Stream.concat(
                  gradients(root, Contractions.batchMatMul(root, a, b), a, b),
                  gradients(root, Contractions.batchMatMulTransposed(root, a, c), a, c))
              .toList();
      Options transposed = org.tensorflow.op.train.BatchMatMul.adjY(true);
      List<Operand<TFloat32>> theirs =
          Stream.concat(
                  gradients(root, tf.train.batchMatMul(a, b, TFloat32.class), a, b),
                  gradients(root, tf.train.batchMatMul(a, c, TFloat32.class, transposed), a, c))
              .toList();
      for (int i = 0; i < ours.size(); i++) {
        assertThat(trial.get(ours.get(i))).containsExactly(trial.get(theirs.get(i)), within(1e-4f));
      }
    }
  }

  private static Stream<Operand<TFloat32>> gradients(
      GraphScope scope, Operand<TFloat32> y, Operand<TFloat32> a, Operand<TFloat32> b) {
    Operand<TFloat32> loss =
        scope.tf().reduceSum(scope.tf().math.square(y), scope.ints(0, 1, 2, 3));
    return Gradients.of(scope, loss, List.of(a, b)).stream();
  }

  private static float[] attention(float[] x, float[] qkv, float[] proj) {
    int head = D / HEADS;
    float[] out = new float[x.length];
    for (int b = 0; b < B; b++) {
      double[][] mixed = new double[T][D];
      for (int h = 0; h < HEADS; h++) {
        for (int t = 0; t < T; t++) {
          double[] weights = new double[T];
          double sum = 0;
          for (int s = 0; s < T; s++) {
            double dot = 0;
            for (int i = 0; i < head; i++) {
              dot += project(x, qkv, b, t, h * head + i) * project(x, qkv, b, s, D + h * head + i);
            }
            weights[s] = Math.exp(dot / Math.sqrt(head));
            sum += weights[s];
          }
          for (int s = 0; s < T; s++) {
            for (int i = 0; i < head; i++) {
              mixed[t][h * head + i] +=
                  weights[s] / sum * project(x, qkv, b, s, 2 * D + h * head + i);
            }
          }
        }
      }
      for (int t = 0; t < T; t++) {
        for (int o = 0; o < D; o++) {
          double y = 0;
          for (int i = 0; i < D; i++) {
            y += mixed[t][i] * proj[i * D + o];
          }
          out[(b * T + t) * D + o] = (float) y;
        }
      }
    }
    return out;
  }

  /** One element of x W for the fused matrix [D, 3 D]. */
  private static double project(float[] x, float[] qkv, int b, int t, int column) {
    double y = 0;
    for (int i = 0; i < D; i++) {
      y += x[(b * T + t) * D + i] * qkv[i * 3 * D + column];
    }
    return y;
  }
}
