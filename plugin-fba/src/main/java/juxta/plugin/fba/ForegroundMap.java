package juxta.plugin.fba;

import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv3d;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The map of one decoder that parts foreground and background, made of its logits. It is learned;
 * labels play no role.
 */
final class ForegroundMap {
  private final GraphScope scope;
  private final Conv3d conv;
  private final BatchNorm norm;

  ForegroundMap(GraphScope scope, int classes) {
    this.scope = scope;
    this.conv = new Conv3d(scope.sub("conv"), classes, 1, 3, 2, 1, false);
    this.norm = new BatchNorm(scope.sub("norm"), 1);
  }

  /** Logits [N, X, Y, Z, classes] to m [N, P], in (0, 1); P = X/2 Y/2 Z/2, each even. */
  Operand<TFloat32> apply(Operand<TFloat32> logits, Pass pass) {
    Ops tf = scope.tf();
    Operand<TFloat32> a = norm.apply(conv.apply(logits), pass); // [N, X/2, Y/2, Z/2, 1]
    return tf.reshape(tf.math.sigmoid(a), scope.ints(-1, places(logits)));
  }

  /** P. */
  private static int places(Operand<TFloat32> logits) {
    long[] shape = logits.shape().asArray();
    return (int) (shape[1] / 2 * (shape[2] / 2) * (shape[3] / 2));
  }
}
