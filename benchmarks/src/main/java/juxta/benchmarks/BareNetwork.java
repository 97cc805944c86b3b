package juxta.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * ResNet-18 with the stem for small images, SimCLR's projection head and NT-Xent, written straight
 * on TensorFlow's operations with nothing of Juxta.
 */
final class BareNetwork {
  /** A variable. */
  record Weight(Operand<?> handle, Operand<TFloat32> value, long[] shape) {
    long size() {
      long size = 1;
      for (long d : shape) {
        size *= d;
      }
      return size;
    }
  }

  private static final float MOMENTUM = 0.1f;

  private final Ops tf;
  private final List<Weight> weights = new ArrayList<>();
  private final List<Op> initializers = new ArrayList<>();
  private final List<Op> statistics = new ArrayList<>();
  private int variables;

  BareNetwork(Ops tf) {
    this.tf = tf;
  }

  List<Weight> weights() {
    return weights;
  }

  List<Op> initializers() {
    return initializers;
  }

  /** Moves the running statistics of batch normalisation. */
  List<Op> statistics() {
    return statistics;
  }

  /** Images [2B, H, W, 3] to features [2B, 512]. */
  Operand<TFloat32> encoder(Operand<TFloat32> images) {
    Operand<TFloat32> x = tf.nn.relu(norm(convolution(images, 3, 64, 3, 1), 64));
    int in = 64;
    for (int stage = 0; stage < 4; stage++) {
      int width = 64 << stage;
      x = block(x, in, width, stage == 0 ? 1 : 2);
      x = block(x, width, width, 1);
      in = width;
    }
    return tf.math.mean(x, tf.constant(new int[] {1, 2}));
  }

  /** Features [2B, D] to projections [2B, out]. */
  Operand<TFloat32> head(Operand<TFloat32> h, int width, int out) {
    Operand<TFloat32> x = tf.nn.relu(flatNorm(tf.linalg.matMul(h, matrix(width, width)), width));
    return flatNorm(tf.linalg.matMul(x, matrix(width, out)), out);
  }

  /** NT-Xent of projections [2B, D]; the views of an image are B rows apart. */
  Operand<TFloat32> loss(Operand<TFloat32> z, int batch, float temperature) {
    Operand<TFloat32> square =
        tf.reduceSum(tf.math.square(z), tf.constant(1), ReduceSum.keepDims(true));
    Operand<TFloat32> unit = tf.math.mul(z, tf.math.rsqrt(square));
    Operand<TFloat32> cosines = tf.linalg.matMul(unit, unit, MatMul.transposeB(true));
    int n = 2 * batch;
    int[] self = new int[n];
    int[] other = new int[n];
    for (int i = 0; i < n; i++) {
      self[i] = i;
      other[i] = (i + batch) % n;
    }
    Operand<TFloat32> logits =
        tf.math.add(
            tf.math.mul(cosines, tf.constant(1 / temperature)), hot(self, tf.constant(-1e9f)));
    return tf.math.mean(
        tf.nn.softmaxCrossEntropyWithLogits(logits, hot(other, tf.constant(1f))).loss(),
        tf.constant(0));
  }

  private Operand<TFloat32> hot(int[] columns, Operand<TFloat32> value) {
    return tf.oneHot(tf.constant(columns), tf.constant(columns.length), value, tf.constant(0f));
  }

  private Operand<TFloat32> block(Operand<TFloat32> x, int in, int width, int stride) {
    Operand<TFloat32> y = tf.nn.relu(norm(convolution(x, in, width, 3, stride), width));
    y = norm(convolution(y, width, width, 3, 1), width);
    Operand<TFloat32> past = in == width ? x : norm(convolution(x, in, width, 1, stride), width);
    return tf.nn.relu(tf.math.add(y, past));
  }

  private Operand<TFloat32> convolution(
      Operand<TFloat32> x, int in, int out, int kernel, int stride) {
    Operand<TFloat32> initial =
        tf.math.mul(
            tf.random.statelessRandomNormal(
                tf.constant(new long[] {kernel, kernel, in, out}),
                tf.constant(new long[] {1, variables})),
            tf.constant((float) Math.sqrt(2.0 / (kernel * kernel * out))));
    Operand<TFloat32> w = weight(initial, kernel, kernel, in, out).value();
    return tf.nn.conv2d(x, w, List.of(1L, (long) stride, (long) stride, 1L), "SAME");
  }

  private Operand<TFloat32> matrix(int in, int out) {
    Operand<TFloat32> initial =
        tf.math.mul(
            tf.random.statelessRandomNormal(
                tf.constant(new long[] {in, out}), tf.constant(new long[] {1, variables})),
            tf.constant((float) Math.sqrt(1.0 / in)));
    return weight(initial, in, out).value();
  }

  private Operand<TFloat32> flatNorm(Operand<TFloat32> x, int channels) {
    Operand<TFloat32> flat = tf.reshape(x, tf.constant(new int[] {-1, 1, 1, channels}));
    return tf.reshape(norm(flat, channels), tf.constant(new int[] {-1, channels}));
  }

  private Operand<TFloat32> norm(Operand<TFloat32> x, int channels) {
    Operand<TFloat32> none = tf.constant(new float[0]);
    var result =
        tf.nn.fusedBatchNorm(
            x,
            weight(filled(channels, 1), channels).value(),
            weight(filled(channels, 0), channels).value(),
            none,
            none,
            FusedBatchNorm.isTraining(true),
            FusedBatchNorm.epsilon(1e-5f));
    move(variable(filled(channels, 0), channels), result.batchMean());
    move(variable(filled(channels, 1), channels), result.batchVariance());
    return result.y();
  }

  private void move(Weight running, Operand<TFloat32> batch) {
    Operand<TFloat32> moved =
        tf.math.add(
            running.value(),
            tf.math.mul(tf.constant(MOMENTUM), tf.math.sub(batch, running.value())));
    statistics.add(tf.assignVariableOp(running.handle(), moved));
  }

  private Operand<TFloat32> filled(int channels, float value) {
    return tf.fill(tf.constant(new int[] {channels}), tf.constant(value));
  }

  private Weight weight(Operand<TFloat32> initial, long... shape) {
    Weight weight = variable(initial, shape);
    weights.add(weight);
    return weight;
  }

  /** A variable that is not trained. */
  Weight variable(Operand<TFloat32> initial, long... shape) {
    VarHandleOp handle =
        tf.varHandleOp(
            TFloat32.class, Shape.of(shape), VarHandleOp.sharedName("bare/" + variables++));
    initializers.add(tf.assignVariableOp(handle, initial));
    return new Weight(handle, tf.readVariableOp(handle, TFloat32.class), shape);
  }
}
