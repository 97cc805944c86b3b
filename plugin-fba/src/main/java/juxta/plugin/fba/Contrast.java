package juxta.plugin.fba;

import java.util.List;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The contrastive module of one decoder as released: from its logits to one descriptor of the
 * foreground and one of the background for each record, projections of the maps themselves.
 *
 * <p>What is projected is 1/P of the map, so that the biases soon outweigh it: all descriptors of a
 * kind are then alike to more than the margin of {@link RankedPairs}, and have no gradient.
 */
final class Contrast {
  /** Length of a descriptor. */
  static final int WIDTH = 128;

  /**
   * Descriptors of a batch.
   *
   * @param foreground F [N, D], 0 or more
   * @param background B [N, D], 0 or more
   */
  record Descriptors(Operand<TFloat32> foreground, Operand<TFloat32> background) {
    /** The contrast: L+(F) + L+(B) + L-(F, B). */
    Operand<TFloat32> loss(GraphScope scope) {
      return sum(
          scope,
          List.of(
              RankedPairs.attract(scope, foreground),
              RankedPairs.attract(scope, background),
              RankedPairs.repel(scope, foreground, background)));
    }

    /** Share of the pairs without a gradient, the mean over the three terms. */
    Operand<TFloat32> clamped(GraphScope scope) {
      Ops tf = scope.tf();
      return tf.math.div(
          tf.math.add(
              tf.math.add(
                  RankedPairs.clamped(scope, foreground), RankedPairs.clamped(scope, background)),
              RankedPairs.clamped(scope, foreground, background)),
          scope.constant(3));
    }
  }

  private final GraphScope scope;
  private final int places;
  private final ForegroundMap map;
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
    this.map = new ForegroundMap(scope, classes);
    this.foreground = new Linear(scope.sub("foreground"), places, WIDTH, true);
    this.background = new Linear(scope.sub("background"), places, WIDTH, true);
  }

  /** Logits [N, X, Y, Z, classes] to descriptors. */
  Descriptors apply(Operand<TFloat32> logits, Pass pass) {
    Ops tf = scope.tf();
    Operand<TFloat32> m = map.apply(logits, pass); // [N, P]
    Operand<TFloat32> share = scope.constant(1f / places);
    return new Descriptors(
        tf.nn.relu(foreground.apply(tf.math.mul(m, share))),
        tf.nn.relu(background.apply(tf.math.mul(tf.math.sub(scope.constant(1), m), share))));
  }

  /** The sum of scalars in their order; TensorFlow orders those of AddN as it likes. */
  static Operand<TFloat32> sum(GraphScope scope, List<Operand<TFloat32>> scalars) {
    return scope.tf().reduceSum(scope.tf().stack(scalars), scope.ints(0));
  }
}
