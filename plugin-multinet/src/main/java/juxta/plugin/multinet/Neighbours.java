package juxta.plugin.multinet;

import java.util.Optional;
import juxta.api.GraphScope;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.toolkit.contrast.Queue;
import juxta.toolkit.contrast.Similarity;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Stands embeddings in for by the nearest among those of the steps before (the memory bank of
 * NNCLR, arXiv 2104.14548, as Lightly has it). The queue keeps embeddings of any length; only the
 * look-up and the loss divide by it.
 *
 * @param scope where they are
 * @param queue embeddings of the steps before; empty where every embedding stands for itself
 */
record Neighbours(GraphScope scope, Optional<Queue> queue) {
  static Neighbours of(Setup setup, GraphScope scope) {
    Settings s = setup.settings();
    if (!s.get(MultinetSettings.NEIGHBOURS)) {
      return new Neighbours(scope, Optional.empty());
    }
    Queue queue =
        new Queue(
            scope.sub("queue"),
            s.get(MultinetSettings.QUEUE),
            s.get(MultinetSettings.OUT),
            setup.batch());
    return new Neighbours(scope, Optional.of(queue));
  }

  /** n = the row of the queue of the largest cosine with u, [B, out], without gradient. */
  Operand<TFloat32> of(Operand<TFloat32> u) {
    Ops tf = scope.tf();
    if (queue.isEmpty()) {
      return tf.stopGradient(u);
    }
    Operand<TFloat32> rows = queue.get().rows(); // [K, out], before this step
    Operand<TFloat32> cosines = Similarity.cosine(scope, tf.stopGradient(u), rows); // [B, K]
    Operand<TInt32> nearest = tf.math.argMax(cosines, tf.constant(1), TInt32.class); // [B]
    return tf.stopGradient(tf.gather(rows, nearest, tf.constant(0)));
  }

  /** Lets embeddings [B, out] take the place of the oldest at the end of this step. */
  void enqueue(Operand<TFloat32> u) {
    queue.ifPresent(q -> q.enqueue(u));
  }
}
