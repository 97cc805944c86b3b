package juxta.engine.train;

import java.util.LinkedHashMap;
import java.util.Map;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Watches embeddings for collapse, in the graph: their spread and their effective rank, which both
 * fall when all records get the same embedding or only few directions are used.
 */
final class Collapse {
  /** Scalar: root of the summed variances of unit embeddings; 1 evenly spread, 0 all equal. */
  static final String SPREAD = "embedding-spread";

  /** Scalar: participation ratio of the covariance's eigenvalues, from 1 to D. */
  static final String RANK = "embedding-rank";

  private Collapse() {}

  static Map<String, Operand<TFloat32>> watch(GraphScope scope, Operand<TFloat32> embedding) {
    Ops tf = scope.sub("collapse").tf();
    Operand<TFloat32> x = tf.stopGradient(embedding); // [B, D]
    Operand<TFloat32> norm =
        tf.math.sqrt(
            tf.math.add(
                tf.reduceSum(
                    tf.math.square(x),
                    scope.ints(1),
                    org.tensorflow.op.core.ReduceSum.keepDims(true)),
                tf.constant(1e-12f)));
    Operand<TFloat32> unit = tf.math.div(x, norm);
    Operand<TFloat32> centred =
        tf.math.sub(
            unit, tf.math.mean(unit, scope.ints(0), org.tensorflow.op.math.Mean.keepDims(true)));
    // sum of variances over dimensions is 1 for embeddings spread evenly over the sphere
    Operand<TFloat32> spread =
        tf.math.sqrt(
            tf.reduceSum(tf.math.mean(tf.math.square(centred), scope.ints(0)), scope.ints(0)));
    // (sum of eigenvalues)^2 / sum of squared eigenvalues, through the B x B Gram matrix
    Operand<TFloat32> gram = tf.linalg.matMul(centred, centred, MatMul.transposeB(true));
    Operand<TFloat32> trace = tf.reduceSum(tf.math.square(centred), scope.ints(0, 1));
    Operand<TFloat32> rank =
        tf.math.divNoNan(
            tf.math.square(trace), tf.reduceSum(tf.math.square(gram), scope.ints(0, 1)));
    Map<String, Operand<TFloat32>> scalars = new LinkedHashMap<>();
    scalars.put(SPREAD, spread);
    scalars.put(RANK, rank);
    return scalars;
  }
}
