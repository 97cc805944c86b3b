package juxta.plugin.medcluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import juxta.toolkit.nn.ConvTranspose2d;
import juxta.toolkit.nn.Gelu;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * From h, and with a condition from the soft assignment c as well, back to an image:
 *
 * <pre>
 *   h -> linear -> s x s x 1                                   s = side / 2^n
 *   c -> linear -> s x s x 1, joined as a second channel, 3x3 convolution to one
 *   n blocks {4x4 transposed convolution of stride 2, batch normalisation, GELU}
 *   3x3 transposed convolution, sigmoid                        [B, side, side, C] in (0, 1)
 * </pre>
 *
 * <p>The join starts as h's channel alone and a little of c's (own choice), so that the second
 * phase begins with what the first has learned.
 */
final class Decoder {
  private final GraphScope scope;
  private final int s;
  private final Linear start;
  private final Linear condition;
  private final Conv2d join;
  private final List<ConvTranspose2d> convolutions = new ArrayList<>();
  private final List<BatchNorm> norms = new ArrayList<>();
  private final ConvTranspose2d last;

  /**
   * What a decoder makes.
   *
   * @param side of the images
   * @param channels of the images
   * @param blocks n; side is a multiple of 2^n
   * @param width channels of the last block, doubled by each one before it
   */
  record Shape(int side, int channels, int blocks, int width) {}

  Decoder(GraphScope scope, int q, int clusters, Shape shape) {
    this.scope = scope;
    this.s = shape.side() >> shape.blocks();
    this.start = new Linear(scope.sub("start"), q, s * s, true);
    this.condition = new Linear(scope.sub("condition"), clusters, s * s, true);
    this.join =
        new Conv2d(
            scope.sub("join"),
            2,
            1,
            3,
            1,
            1,
            Decoder.mostlyFirst(),
            Optional.of(Initializers.zeros()));
    int in = 1;
    for (int i = 0; i < shape.blocks(); i++) {
      int out = shape.width() << (shape.blocks() - 1 - i);
      convolutions.add(new ConvTranspose2d(scope.sub("conv" + (i + 1)), in, out, 4, 2));
      norms.add(new BatchNorm(scope.sub("bn" + (i + 1)), out));
      in = out;
    }
    this.last = new ConvTranspose2d(scope.sub("image"), in, shape.channels(), 3, 1);
  }

  /** Weights [3, 3, 2, 1] that pass the first channel on, and PyTorch's values for the second. */
  private static Initializer<TFloat32> mostlyFirst() {
    return (tf, shape, seed) -> {
      float[] pass = new float[9];
      pass[4] = 1;
      Operand<TFloat32> first = tf.reshape(tf.constant(pass), tf.constant(new int[] {3, 3, 1, 1}));
      Operand<TFloat32> second =
          Initializers.pytorchBias(18).create(tf, new long[] {3, 3, 1, 1}, seed);
      return tf.concat(List.of(first, second), tf.constant(2));
    };
  }

  /**
   * Decodes.
   *
   * @param h [B, Q]
   * @param c [B, K], empty to decode without condition
   * @param pass in which mode
   * @return x̂, [B, side, side, C] in (0, 1)
   */
  Operand<TFloat32> apply(Operand<TFloat32> h, Optional<Operand<TFloat32>> c, Pass pass) {
    Ops tf = scope.tf();
    Operand<TFloat32> x = square(start.apply(h)); // [B, s, s, 1]
    if (c.isPresent()) {
      Operand<TFloat32> second = square(condition.apply(c.get())); // [B, s, s, 1]
      x = join.apply(tf.concat(List.of(x, second), tf.constant(3)));
    }
    for (int i = 0; i < convolutions.size(); i++) { // each doubles the sides
      x = Gelu.apply(tf, norms.get(i).apply(convolutions.get(i).apply(x), pass));
    }
    return tf.math.sigmoid(last.apply(x));
  }

  private Operand<TFloat32> square(Operand<TFloat32> x) {
    return scope.tf().reshape(x, scope.ints(-1, s, s, 1));
  }
}
