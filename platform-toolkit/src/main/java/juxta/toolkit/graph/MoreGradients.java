package juxta.toolkit.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.op.nn.Conv3d;
import org.tensorflow.op.nn.Conv3dBackpropFilter;
import org.tensorflow.op.nn.Conv3dBackpropInput;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The gradients that TensorFlow's C++ library lacks, by operation type. They are called while the
 * graph is locked: asking an operation for its static shape there would wait forever.
 */
final class MoreGradients {
  private MoreGradients() {}

  static Map<String, RawCustomGradient> table() {
    return Map.of(
        "Conv3D", MoreGradients::conv3d,
        "Conv3DBackpropInputV2", MoreGradients::conv3dTransposed,
        "SparseSoftmaxCrossEntropyWithLogits", MoreGradients::sparseCrossEntropy,
        "TopKV2", MoreGradients::topK,
        "Erfc", MoreGradients::erfc,
        "IdentityN", Hooks::gradient,
        "OnesLike", MoreGradients::none,
        "StatelessRandomNormal", MoreGradients::none,
        "StatelessRandomUniform", MoreGradients::none,
        "StatelessTruncatedNormal", MoreGradients::none);
  }

  private static List<Operand<?>> conv3d(Ops tf, GraphOperation op, List<Output<?>> gradients) {
    Operand<TFloat32> input = floats(op.input(0));
    Operand<TFloat32> filter = floats(op.input(1));
    Operand<TFloat32> dy = floats(gradients.get(0));
    List<Long> strides = longs(op, "strides");
    String padding = op.attributes().getAttrString("padding");
    Conv3dBackpropInput.Options dilation = Conv3dBackpropInput.dilations(longs(op, "dilations"));
    Conv3dBackpropFilter.Options filterDilation =
        Conv3dBackpropFilter.dilations(longs(op, "dilations"));
    return List.of(
        tf.nn.conv3dBackpropInput(tf.shape(input), filter, dy, strides, padding, dilation),
        tf.nn.conv3dBackpropFilter(input, tf.shape(filter), dy, strides, padding, filterDilation));
  }

  /**
   * A transposed convolution y = conv^T(x, w): its gradients are a convolution and its filter's.
   */
  private static List<Operand<?>> conv3dTransposed(
      Ops tf, GraphOperation op, List<Output<?>> gradients) {
    Operand<TInt32> sizes = cast(op.input(0));
    Operand<TFloat32> filter = floats(op.input(1));
    Operand<TFloat32> input = floats(op.input(2));
    Operand<TFloat32> dy = floats(gradients.get(0));
    List<Long> strides = longs(op, "strides");
    String padding = op.attributes().getAttrString("padding");
    return List.of(
        tf.zerosLike(sizes),
        tf.nn.conv3dBackpropFilter(
            dy,
            tf.shape(filter),
            input,
            strides,
            padding,
            Conv3dBackpropFilter.dilations(longs(op, "dilations"))),
        tf.nn.conv3d(dy, filter, strides, padding, Conv3d.dilations(longs(op, "dilations"))));
  }

  /** dlogits = dloss * (softmax - onehot), which is the operation's second output. */
  private static List<Operand<?>> sparseCrossEntropy(
      Ops tf, GraphOperation op, List<Output<?>> gradients) {
    Operand<TFloat32> dloss = floats(gradients.get(0));
    Operand<TFloat32> backprop = floats(op.output(1));
    return List.of(
        tf.math.mul(tf.expandDims(dloss, tf.constant(-1)), backprop), tf.zerosLike(op.input(1)));
  }

  /** Values came from positions that the second output names; gradients go back there. */
  private static List<Operand<?>> topK(Ops tf, GraphOperation op, List<Output<?>> gradients) {
    Operand<TFloat32> dvalues = floats(gradients.get(0)); // [..., k]
    Operand<TInt32> positions = cast(op.output(1)); // [..., k]
    Operand<TFloat32> input = floats(op.input(0)); // [..., n]
    Operand<TInt32> n = // a scalar
        tf.gather(tf.shape(input), tf.math.sub(tf.rank(input), tf.constant(1)), tf.constant(0));
    Operand<TFloat32> hot = // [..., k, n]
        tf.oneHot(positions, n, tf.constant(1f), tf.constant(0f));
    Operand<TFloat32> dinput =
        tf.reduceSum(tf.math.mul(tf.expandDims(dvalues, tf.constant(-1)), hot), tf.constant(-2));
    return List.of(dinput, tf.zerosLike(op.input(1)));
  }

  /** d erfc(x) / dx = -2 / sqrt(pi) * exp(-x^2). */
  private static List<Operand<?>> erfc(Ops tf, GraphOperation op, List<Output<?>> gradients) {
    Operand<TFloat32> x = floats(op.input(0));
    Operand<TFloat32> slope =
        tf.math.mul(
            tf.constant((float) (-2 / Math.sqrt(Math.PI))),
            tf.math.exp(tf.math.neg(tf.math.square(x))));
    return List.of(tf.math.mul(floats(gradients.get(0)), slope));
  }

  /**
   * Random numbers whose shape is that of a differentiable tensor: nothing flows back through it.
   */
  private static List<Operand<?>> none(Ops tf, GraphOperation op, List<Output<?>> gradients) {
    return List.of(tf.zerosLike(op.input(0)), tf.zerosLike(op.input(1)));
  }

  private static List<Long> longs(GraphOperation op, String attribute) {
    return Arrays.stream(op.attributes().getAttrIntList(attribute)).boxed().toList();
  }

  private static Operand<TFloat32> floats(Output<?> output) {
    return cast(output);
  }

  @SuppressWarnings("unchecked")
  private static <T extends org.tensorflow.types.family.TType> Operand<T> cast(Output<?> output) {
    return (Operand<T>) output;
  }
}
