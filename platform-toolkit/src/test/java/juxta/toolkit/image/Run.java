package juxta.toolkit.image;

import java.util.Random;
import java.util.function.Function;
import juxta.api.GraphScope;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Builds a small graph, computes one tensor of it, and throws it away. */
final class Run {
  private Run() {}

  static float[] once(Function<GraphScope, Operand<TFloat32>> build) {
    return at(1, 0, build);
  }

  static float[] at(long seed, long step, Function<GraphScope, Operand<TFloat32>> build) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, seed, "train");
      Operand<TFloat32> result = build.apply(builder.root());
      try (GraphSession session = new GraphSession(builder)) {
        session.step(step);
        return session.floats(result);
      }
    }
  }

  static Operand<TFloat32> tensor(Ops tf, float[] values, int... shape) {
    return tf.reshape(tf.constant(values), tf.constant(shape));
  }

  static float[] uniform(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }
}
