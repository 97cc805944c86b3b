package juxta.plugin.baselines.encoders;

import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.api.Layout;
import juxta.api.Parameter;
import juxta.toolkit.graph.Contractions;
import juxta.toolkit.nn.Initializers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Cuts images into patches and maps each to a token: a convolution whose stride is its kernel,
 * {@code patch_embed.proj}, computed as a matrix product.
 */
final class PatchEmbedding {
  private final GraphScope scope;
  private final int patch;
  private final int channels;
  private final int length;
  private final Parameter<TFloat32> weight;
  private final Parameter<TFloat32> bias;

  PatchEmbedding(
      GraphScope parent, int patch, int channels, int length, Initializer<TFloat32> initial) {
    this.scope = parent.sub("patch_embed.proj");
    this.patch = patch;
    this.channels = channels;
    this.length = length;
    this.weight = scope.weight("weight", Layout.CONV2D, initial, patch, patch, channels, length);
    this.bias = scope.weight("bias", Layout.PLAIN, Initializers.zeros(), length);
  }

  /** [B, h patch, w patch, C] to [B, h w, D]. */
  Operand<TFloat32> apply(Operand<TFloat32> images, int h, int w) {
    Ops tf = scope.tf();
    int elements = patch * patch * channels;
    Operand<TFloat32> cut = // [B, h, w, patch, patch, C]
        tf.linalg.transpose(
            tf.reshape(images, scope.ints(-1, h, patch, w, patch, channels)),
            scope.ints(0, 1, 3, 2, 4, 5));
    Operand<TFloat32> tokens = // [B h w, D]
        Contractions.matMul(
            scope,
            tf.reshape(cut, scope.ints(-1, elements)),
            tf.reshape(weight.value(), scope.ints(elements, length)));
    return tf.reshape(tf.nn.biasAdd(tokens, bias.value()), scope.ints(-1, h * w, length));
  }
}
