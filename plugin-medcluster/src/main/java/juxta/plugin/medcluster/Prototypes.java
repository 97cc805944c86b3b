package juxta.plugin.medcluster;

import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.TaskContext;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.graph.Exact;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.nn.Initializers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The clusters' prototypes mu_k, which start as the centres of k-means and follow the batches, and
 * those centres. There is room for as many clusters as the search for their number may find; those
 * in use come first, and the others never get a member.
 *
 * <p>Nothing here is trained: no gradient changes a prototype.
 */
final class Prototypes {
  static final String PLACE = "clusters";
  static final String MOVING = "prototypes";
  static final String FIXED = "centres";
  static final String USED = "used";

  /** Logit of what is not in use: its softmax is 0. */
  private static final float FAR = 1e9f;

  private final GraphScope scope;
  private final int room;
  private final float temperature;
  private final Parameter<TFloat32> prototypes; // M^T, [K, Q]
  private final Parameter<TFloat32> centres; // [K, Q]
  private final Parameter<TFloat32> used; // [K] of 1 and 0

  Prototypes(GraphScope root, int room, int q, double temperature) {
    this.scope = root.sub(PLACE);
    this.room = room;
    this.temperature = (float) temperature;
    this.prototypes = scope.state(MOVING, TFloat32.class, Initializers.zeros(), room, q);
    this.centres = scope.state(FIXED, TFloat32.class, Initializers.zeros(), room, q);
    this.used = scope.state(USED, TFloat32.class, Initializers.ones(), room);
  }

  /** Number of clusters in use, which come first. */
  static int used(TaskContext task) {
    int used = 0;
    for (float flag : Tensors.floats(task.read(PLACE + "." + USED))) {
      used += flag > 0 ? 1 : 0;
    }
    return used;
  }

  /**
   * Soft assignment c = softmax(h M / tau_c), by plain dot products.
   *
   * @param h [B, Q]
   * @return [B, K], rows sum to 1
   */
  Operand<TFloat32> soft(Operand<TFloat32> h) {
    Ops tf = scope.tf();
    Operand<TFloat32> logits =
        tf.math.div(Similarity.dot(scope, h, prototypes.value()), scope.constant(temperature));
    return tf.nn.softmax(tf.math.sub(logits, unused()));
  }

  /**
   * The most probable cluster.
   *
   * @param c [B, K]
   * @return [B]
   */
  Operand<TInt32> likeliest(Operand<TFloat32> c) {
    return scope.tf().math.argMax(c, scope.tf().constant(1), TInt32.class);
  }

  /**
   * The cluster whose k-means centre is nearest.
   *
   * @param h [B, Q]
   * @return [B]
   */
  Operand<TInt32> nearest(Operand<TFloat32> h) {
    Ops tf = scope.tf();
    Operand<TFloat32> lengths = // [K]
        tf.reduceSum(tf.math.square(centres.value()), scope.ints(1));
    Operand<TFloat32> distances = // [B, K], less |h|^2
        tf.math.sub(
            lengths, tf.math.mul(scope.constant(2), Similarity.dot(scope, h, centres.value())));
    return tf.math.argMin(tf.math.add(distances, unused()), tf.constant(1), TInt32.class);
  }

  /** FAR where there is no cluster, [K]. */
  private Operand<TFloat32> unused() {
    Ops tf = scope.tf();
    return tf.math.mul(scope.constant(FAR), tf.math.sub(scope.constant(1), used.value()));
  }

  /**
   * Prototypes of clusters.
   *
   * @param clusters [B]
   * @return [B, Q]
   */
  Operand<TFloat32> of(Operand<TInt32> clusters) {
    return scope.tf().gather(prototypes.value(), clusters, scope.tf().constant(0));
  }

  /**
   * At the end of this step, mu_k becomes rho times the mean of its members and 1 - rho times
   * itself. Prototypes without a member stay, bit for bit.
   *
   * @param h [B, Q]; no gradient flows into it
   * @param clusters the cluster of each row, [B]
   * @param rho in (0, 1]
   */
  void follow(Operand<TFloat32> h, Operand<TInt32> clusters, double rho) {
    Ops tf = scope.tf();
    Operand<TFloat32> member = // [B, K]
        tf.oneHot(clusters, tf.constant(room), tf.constant(1f), tf.constant(0f));
    Operand<TFloat32> members = // [K, 1]
        tf.expandDims(
            tf.reduceSum(member, scope.ints(0), new ReduceSum.Options[0]), tf.constant(1));
    Operand<TFloat32> sums = // [K, Q]
        Exact.matMul(scope, member, tf.stopGradient(h), MatMul.transposeA(true));
    Operand<TFloat32> means = tf.math.div(sums, tf.math.maximum(members, scope.constant(1)));
    Operand<TFloat32> moved =
        tf.math.add(
            tf.math.mul(means, scope.constant((float) rho)),
            tf.math.mul(prototypes.value(), scope.constant((float) (1 - rho))));
    Operand<TBool> any = tf.math.greater(members, scope.constant(0)); // [K, 1]
    scope.assign(prototypes, tf.select(any, moved, prototypes.value()));
  }
}
