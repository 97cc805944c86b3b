package juxta.toolkit.discrimination;

import java.util.ArrayList;
import java.util.List;
import juxta.api.GraphScope;
import juxta.api.Pass;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The keys of a batch, in groups of a random order: a query must not find its key by batch
 * statistics that both were normalised with (MoCo, section 3.3, shuffle BN).
 *
 * @param target what makes keys
 * @param groups number of groups; 1 leaves the order alone
 * @param batch B, a multiple of the groups
 */
record Keys(Branch target, int groups, int batch) {
  /** [B, H, W, C] to [B, out], rows in the order of the input, without gradient. */
  Operand<TFloat32> of(GraphScope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    if (groups == 1) {
      return tf.stopGradient(target.apply(x, Pass.TARGET).projection());
    }
    Operand<TInt32> order = order(scope); // [B]
    List<Operand<TFloat32>> keys = new ArrayList<>();
    Operand<TFloat32> shuffled = tf.gather(x, order, tf.constant(0));
    for (Operand<TFloat32> part : tf.split(tf.constant(0), shuffled, (long) groups)) {
      keys.add(target.apply(part, Pass.TARGET).projection()); // [B / groups, out]
    }
    Operand<TFloat32> together = tf.concat(keys, tf.constant(0));
    return tf.stopGradient(tf.gather(together, tf.math.invertPermutation(order), tf.constant(0)));
  }

  private Operand<TInt32> order(GraphScope scope) {
    Ops tf = scope.tf();
    Operand<TFloat32> draws =
        tf.random.statelessRandomUniform(scope.ints(batch), scope.seed("key-order"));
    return tf.nn.topK(draws, tf.constant(batch), new TopK.Options[0]).indices();
  }
}
