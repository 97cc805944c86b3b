package juxta.plugin.fba;

import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv3d;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The contrastive module of one decoder: from its logits to one descriptor of the foreground and
 * one of the background for each record. The map that parts them is learned; labels play no role.
 */
final class Contrast {
  /** Length of a descriptor. */
  static final int WIDTH = 128;

  /**
   * Descriptors of a batch.
   *
   * @param foreground F [N, 128], 0 or more
   * @param background B [N, 128], 0 or more
   */
  record Descriptors(Operand<TFloat32> foreground, Operand<TFloat32> background) {}

  private final GraphScope scope;
  private final int places;
  private final Conv3d conv;
  private final BatchNorm norm;
  private final Linear foreground;
  private final Linear background;

  /**
   * Makes the parameters.
   *
   * @param voxels X, Y and Z of the logits, even
   */
  Contrast(GraphScope scope, int[] voxels, int classes) {
    this.scope = scope;
    this.places = voxels[0] / 2 * (voxels[1] / 2) * (voxels[2] / 2); // P
    this.conv = new Conv3d(scope.sub("conv"), classes, 1, 3, 2, 1, false);
    this.norm = new BatchNorm(scope.sub("norm"), 1);
    this.foreground = new Linear(scope.sub("foreground"), places, WIDTH, true);
    this.background = new Linear(scope.sub("background"), places, WIDTH, true);
  }

  /** Logits [N, X, Y, Z, classes] to descriptors. */
  Descriptors apply(Operand<TFloat32> logits, Pass pass) {
    Ops tf = scope.tf();
    Operand<TFloat32> a = norm.apply(conv.apply(logits), pass); // [N, X/2, Y/2, Z/2, 1]
    Operand<TFloat32> m =
        tf.reshape(tf.math.sigmoid(a), tf.constant(new int[] {-1, places})); // [N, P]
    Operand<TFloat32> share = scope.constant(1f / places);
    return new Descriptors(
        tf.nn.relu(foreground.apply(tf.math.mul(m, share))),
        tf.nn.relu(background.apply(tf.math.mul(tf.math.sub(scope.constant(1), m), share))));
  }
}
