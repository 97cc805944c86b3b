package juxta.plugin.multinet;

import java.util.List;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Setup;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The local and the global loss of a batch (loss_functions/infoNCE.py of the reference
 * implementation). Embeddings may be of any length.
 *
 * @param setup the run, whose loss is used
 * @param scope where to build
 */
record Losses(Setup setup, GraphScope scope) {
  /**
   * L_loc, the mean of InfoNCE(p_2, c_1j) and InfoNCE(p_1, c_2j) over all n combinations j; c1 and
   * c2 are [n B, out], combination by combination.
   *
   * <p>The released code lets no gradient through p here, so that only the global loss trains; the
   * paper's figure stops it at c alone.
   */
  Operand<TFloat32> local(
      Operand<TFloat32> p1, Operand<TFloat32> p2, Operand<TFloat32> c1, Operand<TFloat32> c2) {
    Ops tf = scope.tf();
    boolean released =
        setup.settings().get(MultinetSettings.GRADIENT).equals(MultinetSettings.AS_RELEASED);
    Operand<TFloat32> q1 = released ? tf.stopGradient(p1) : p1; // [B, out]
    Operand<TFloat32> q2 = released ? tf.stopGradient(p2) : p2;
    return tf.math.mul(scope.constant(0.5f), tf.math.add(infoNce(q2, c1), infoNce(q1, c2)));
  }

  /** L_glo = 1/2 NTX(n_3, p_1) + 1/2 NTX(n_1, p_3). */
  Operand<TFloat32> global(
      Operand<TFloat32> p1, Operand<TFloat32> p3, Operand<TFloat32> n1, Operand<TFloat32> n3) {
    Ops tf = scope.tf();
    return tf.math.mul(scope.constant(0.5f), tf.math.add(ntx(n3, p1), ntx(n1, p3)));
  }

  /**
   * In each of the n combinations row i of p is to find row i among the rows of that combination.
   * All of them are rows of one comparison, whose mean is the mean over the combinations. (With an
   * addN of twelve comparisons the gradients of equal steps differed in their last bits: TensorFlow
   * goes back through the inputs of an operation that has many in no fixed order.)
   */
  private Operand<TFloat32> infoNce(Operand<TFloat32> p, Operand<TFloat32> c) {
    Ops tf = scope.tf();
    int b = setup.batch();
    int n = MultinetSettings.parts(setup.settings()).combinations().size();
    Operand<TFloat32> cosines = // [B, n, B]
        tf.reshape(Similarity.cosine(scope, p, c), scope.ints(b, n, b));
    Operand<TFloat32> similarities = // [n B, B]
        tf.reshape(tf.linalg.transpose(cosines, scope.ints(1, 0, 2)), scope.ints(n * b, b));
    Operand<TFloat32> targets = tf.tile(Targets.identity(scope, b), scope.ints(n, 1));
    return setup.loss(scope, Comparison.of(similarities, targets));
  }

  /** Row i of a and row i of b are to find each other among all other rows of both. */
  private Operand<TFloat32> ntx(Operand<TFloat32> a, Operand<TFloat32> b) {
    Ops tf = scope.tf();
    Operand<TFloat32> rows = tf.concat(List.of(a, b), tf.constant(0)); // [2B, out]
    Operand<TFloat32> similarities = Similarity.cosine(scope, rows, rows); // [2B, 2B]
    return setup.loss(
        scope,
        Comparison.of(similarities, Targets.otherView(scope, setup.batch()))
            .excluding(Targets.excludeSelf(scope, 2 * setup.batch())));
  }
}
