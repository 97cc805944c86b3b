package juxta.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import juxta.api.Arithmetic;
import juxta.api.GraphScope;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.graph.Contractions;
import juxta.toolkit.graph.GraphBuilder;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Where training runs in bf16, layers round and losses do not. On a processor without bf16 the
 * rewrite leaves the graph as it is, and this holds anyhow.
 */
class ExactTest {
  /** Two layers, cosines between their rows, and the gradient that leads back to the layers. */
  @Test
  void cosinesAreNotRounded() {
    int rows = 32;
    try (Graph graph = new Graph()) {
      GraphScope scope =
          new GraphBuilder(graph, 1, "train", new Arithmetic(true, true), Optional.empty()).root();
      Ops tf = scope.tf();
      Operand<TFloat32> x = random(tf, 1, rows, 16);
      Operand<TFloat32> w = random(tf, 2, 16, 24);
      Operand<TFloat32> v = random(tf, 3, 24, 24);
      Operand<TFloat32> z =
          Contractions.matMul(scope, tf.nn.relu(Contractions.matMul(scope, x, w)), v);
      Operand<TFloat32> s = Similarity.cosine(scope, z, z); // [rows, rows]
      Operand<TFloat32> loss = tf.math.mean(tf.math.square(s), scope.ints(0, 1));
      Output<?> gradient = graph.addGradients(loss.asOutput(), new Output<?>[] {w.asOutput()})[0];
      try (Session session = new Session(graph, Precision.BF16.config(1));
          Result result =
              session.runner().fetch(s.asOutput()).fetch(loss.asOutput()).fetch(gradient).run()) {
        TFloat32 cosines = (TFloat32) result.get(0);
        for (int row = 0; row < rows; row++) {
          assertThat(cosines.getFloat(row, row)).isCloseTo(1, within(1e-6f));
        }
      }
    }
  }

  /** Values that are not known when the graph is built. */
  private static Operand<TFloat32> random(Ops tf, int seed, int rows, int columns) {
    float[][] values = new float[rows][columns];
    Random random = new Random(seed);
    for (float[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return tf.placeholderWithDefault(tf.constant(values), Shape.of(rows, columns));
  }
}
