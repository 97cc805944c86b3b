package juxta.plugin.baselines.encoders;

import java.util.List;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Parameter;
import juxta.toolkit.nn.Initializers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A position embedding of the class token and a grid of patches, {@code pos_embed}, learned or
 * fixed. For a grid of another size that of the patches is interpolated, by a matrix product:
 * gradients reach the parameter.
 */
final class PositionEmbedding {
  private final GraphScope scope;
  private final int height;
  private final int width;
  private final int length;
  private final Parameter<TFloat32> table;

  PositionEmbedding(GraphScope scope, int height, int width, int length, boolean fixed) {
    this.scope = scope;
    this.height = height;
    this.width = width;
    this.length = length;
    long[] shape = {1, 1L + height * width, length};
    this.table =
        fixed
            ? scope
                .frozen()
                .weight(
                    "pos_embed",
                    Layout.PLAIN,
                    (tf, dimensions, seed) ->
                        tf.reshape(
                            tf.constant(Waves.of(height, width, length)), tf.constant(dimensions)),
                    shape)
            : scope.weight("pos_embed", Layout.PLAIN, Initializers.truncatedNormal(0.02), shape);
  }

  /** The embedding for a grid of that size, [1, 1 + h w, D]. */
  Operand<TFloat32> of(int h, int w) {
    if (h == height && w == width) {
      return table.value();
    }
    Ops tf = scope.tf();
    int old = height * width;
    Operand<TFloat32> flat = tf.reshape(table.value(), scope.ints(1 + old, length));
    Operand<TFloat32> token = tf.slice(flat, scope.ints(0, 0), scope.ints(1, length));
    Operand<TFloat32> patches = tf.slice(flat, scope.ints(1, 0), scope.ints(old, length));
    Operand<TFloat32> weights = tf.constant(Bicubic.grid(height, width, h, w)); // [h w, old]
    Operand<TFloat32> moved = tf.linalg.matMul(weights, patches);
    return tf.reshape(
        tf.concat(List.of(token, moved), tf.constant(0)), scope.ints(1, 1 + h * w, length));
  }
}
