package juxta.toolkit.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import juxta.api.GraphScope;
import juxta.api.Initializer;
import juxta.api.Pass;
import juxta.toolkit.graph.GradientCheck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Gradients of all layers, for inputs and parameters, against finite differences. */
class LayerGradientTest {
  private static final Initializer<TFloat32> WIDE = Initializers.normal(0.5);

  @FunctionalInterface
  private interface Case extends BiFunction<GraphScope, Operand<TFloat32>, Operand<TFloat32>> {}

  static Stream<Arguments> layers() {
    return Stream.of(
        layer("linear", shape(3, 4), (s, x) -> new Linear(s, 4, 5, true).apply(x)),
        layer("linear of rank 3", shape(2, 3, 4), (s, x) -> new Linear(s, 4, 5, false).apply(x)),
        layer("conv2d", shape(2, 5, 6, 3), (s, x) -> new Conv2d(s, 3, 4, 3, 1).apply(x)),
        layer("conv2d, stride 2", shape(2, 5, 6, 3), (s, x) -> new Conv2d(s, 3, 4, 3, 2).apply(x)),
        layer(
            "conv2d, 1 x 1 at stride 2",
            shape(2, 5, 6, 3),
            (s, x) -> new Conv2d(s, 3, 4, 1, 2).apply(x)),
        layer(
            "conv2d with holes, no stride",
            shape(2, 5, 6, 3),
            (s, x) -> new Conv2d(s, 3, 4, 3, 2).atrous(x, 2)),
        layer(
            "conv2d, SAME at stride 2",
            shape(2, 5, 6, 3),
            (s, x) -> Conv2d.same(s, 3, 4, 3, 2).apply(x)),
        layer(
            "depthwise conv2d",
            shape(2, 5, 6, 3),
            (s, x) -> new DepthwiseConv2d(s, 3, 3, 1, true).apply(x)),
        layer(
            "depthwise conv2d, SAME at stride 2",
            shape(2, 6, 6, 3),
            (s, x) -> new DepthwiseConv2d(s, 3, 3, 2, true).apply(x)),
        layer(
            "depthwise conv2d, symmetric at stride 2",
            shape(2, 6, 6, 3),
            (s, x) -> new DepthwiseConv2d(s, 3, 3, 2, false).apply(x)),
        layer(
            "conv2d with bias",
            shape(2, 4, 4, 3),
            (s, x) -> new Conv2d(s, 3, 4, 2, 2, 0, WIDE, Optional.of(WIDE)).apply(x)),
        layer(
            "conv3d", shape(1, 4, 3, 4, 2), (s, x) -> new Conv3d(s, 2, 3, 3, 1, 1, true).apply(x)),
        layer(
            "conv3d, stride 2",
            shape(1, 4, 5, 4, 2),
            (s, x) -> new Conv3d(s, 2, 3, 3, 2, 1, false).apply(x)),
        layer(
            "transposed conv2d, 4 at 2",
            shape(2, 3, 2, 3),
            (s, x) -> new ConvTranspose2d(s, 3, 2, 4, 2).apply(x)),
        layer(
            "transposed conv3d, 2 at 2",
            shape(1, 2, 3, 2, 3),
            (s, x) -> new ConvTranspose3d(s, 3, 2, 2, 2).apply(x)),
        layer(
            "batch norm of rank 2",
            shape(6, 3),
            (s, x) -> new BatchNorm(s, 3).apply(x, Pass.TRAINING)),
        layer(
            "batch norm of rank 4",
            shape(2, 3, 3, 2),
            (s, x) -> new BatchNorm(s, 2).apply(x, Pass.PROBING)),
        layer(
            "batch norm of rank 5",
            shape(1, 2, 3, 3, 2),
            (s, x) -> new BatchNorm(s, 2, false, 1).apply(x, Pass.TRAINING)),
        layer(
            "batch norm, inference",
            shape(2, 3, 3, 2),
            (s, x) -> new BatchNorm(s, 2).apply(x, Pass.INFERENCE)),
        layer("layer norm", shape(2, 3, 8), (s, x) -> new LayerNorm(s, 8, 1e-6).apply(x)),
        layer(
            "attention",
            shape(2, 3, 8),
            (s, x) -> new MultiHeadAttention(s, 8, 2, WIDE, WIDE).apply(x)),
        layer("mlp", shape(2, 3, 4), (s, x) -> new Mlp(s, 4, 6, WIDE).apply(x)),
        layer(
            "embedding",
            shape(2, 3),
            (s, x) ->
                s.tf()
                    .math
                    .mul(new Embedding(s, 4, 3, WIDE).apply(s.tf().constant(new int[] {3, 1})), x)),
        layer("dropout", shape(2, 3), (s, x) -> new Dropout(s, 0.5).apply(x, Pass.TRAINING)),
        layer(
            "stochastic depth",
            shape(4, 3, 2),
            (s, x) -> new StochasticDepth(s, 0.5).apply(x, Pass.TRAINING)),
        layer(
            "channel dropout of a batch of unknown size",
            shape(4, 3, 2),
            (s, x) -> new ChannelDropout(s, 0.5).apply(unknownBatch(s.tf(), x), Pass.TRAINING)),
        activation(Activation.GELU),
        activation(Activation.SILU),
        activation(Activation.TANH),
        activation(Activation.NONE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void agreesWithFiniteDifferences(String name, long[] shape, Case layer) {
    List<GradientCheck.Finding> findings =
        GradientCheck.run(
            11,
            List.of(shape),
            (scope, in) -> {
              GraphScope at = scope.sub("layer");
              Operand<TFloat32> y = layer.apply(at, in.get(0));
              return weighted(at, y);
            });
    assertThat(findings)
        .isNotEmpty()
        .allSatisfy(f -> assertThat(f.error()).as("%s", f).isLessThan(1e-3));
  }

  /** A scalar to which every element contributes in its own way, to first and second order. */
  private static Operand<TFloat32> weighted(GraphScope scope, Operand<TFloat32> y) {
    Ops tf = scope.tf();
    Operand<TFloat32> flat = tf.reshape(y, scope.ints(-1));
    Operand<TFloat32> weights =
        tf.random.statelessRandomNormal(tf.shape(flat), tf.constant(new long[] {3, 4}));
    Operand<TFloat32> curved =
        tf.math.add(flat, tf.math.mul(tf.constant(0.3f), tf.math.square(flat)));
    return tf.reduceSum(tf.math.mul(weights, curved), scope.ints(0));
  }

  private static Operand<TFloat32> unknownBatch(Ops tf, Operand<TFloat32> x) {
    Operand<TInt32> fed = tf.placeholderWithDefault(tf.constant(new int[] {4, 3, 2}), Shape.of(3));
    return tf.reshape(x, fed);
  }

  private static Arguments activation(Activation activation) {
    return layer(activation.name(), shape(3, 4), (s, x) -> activation.apply(s.tf(), x));
  }

  private static Arguments layer(String name, long[] shape, Case layer) {
    return Arguments.of(name, shape, layer);
  }

  private static long[] shape(int... sizes) {
    return Arrays.stream(sizes).asLongStream().toArray();
  }
}
