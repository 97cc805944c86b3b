package juxta.toolkit.nn;

import java.util.Optional;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.toolkit.graph.Parts;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Batch normalisation over all axes but the last (Ioffe and Szegedy, 2015): parameters {@code
 * weight}, {@code bias}, {@code running_mean}, {@code running_var}, with PyTorch's defaults.
 * Running statistics move by a tenth with each pass that updates them, the variance among them
 * unbiased; of several such passes in a step each continues from the one before.
 */
public final class BatchNorm {
  /** Added to variances. */
  public static final float EPSILON = 1e-5f;

  private static final float MOMENTUM = 0.1f;

  private final GraphScope scope;
  private final int channels;
  private final Operand<TFloat32> scale;
  private final Operand<TFloat32> offset;
  private final Parameter<TFloat32> runningMean;
  private final Parameter<TFloat32> runningVariance;

  /** Running statistics after the passes built so far; an assignment replaces the one before. */
  private Operand<TFloat32> latestMean;

  private Operand<TFloat32> latestVariance;

  /**
   * Makes the parameters; the weight starts as ones, the bias as zeros.
   *
   * @param scope where to make them
   * @param channels length of the last axis
   */
  public BatchNorm(GraphScope scope, int channels) {
    this(scope, channels, true, 1);
  }

  /**
   * Makes the parameters.
   *
   * @param scope where to make them
   * @param channels length of the last axis
   * @param affine whether there are a weight and a bias
   * @param weight first value of the weight; 0 makes a residual branch start as nothing
   */
  public BatchNorm(GraphScope scope, int channels, boolean affine, double weight) {
    this.scope = scope;
    this.channels = channels;
    if (affine) {
      scale = scope.weight("weight", Layout.PLAIN, Initializers.constant(weight), channels).value();
      offset = scope.weight("bias", Layout.PLAIN, Initializers.zeros(), channels).value();
    } else {
      scale = filled(1);
      offset = filled(0);
    }
    runningMean = scope.state("running_mean", TFloat32.class, Initializers.zeros(), channels);
    runningVariance = scope.state("running_var", TFloat32.class, Initializers.ones(), channels);
    latestMean = runningMean.value();
    latestVariance = runningVariance.value();
  }

  /**
   * Applies the layer: with the batch's statistics in training, with the running ones otherwise.
   *
   * @param x [..., channels], of rank 2 or more
   * @param pass in which mode
   * @return [..., channels]
   */
  public Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass) {
    Ops tf = scope.tf();
    if (Shapes.rank(x) == 4) {
      return images(tf, x, pass);
    }
    Operand<TFloat32> flat = tf.reshape(x, image(x));
    return tf.reshape(images(tf, flat, pass), Shapes.of(tf, x));
  }

  /**
   * A shape of rank 4 with the same rows of channels. Maps of one place take TensorFlow twice as
   * long as the same rows in maps of many.
   */
  private Operand<TInt32> image(Operand<TFloat32> x) {
    int rank = Shapes.rank(x);
    long last = rank > 3 ? x.shape().get(rank - 2) : -1;
    long before = rank > 3 ? x.shape().get(rank - 3) : -1;
    return last > 0 && before > 0
        ? scope.ints(-1, (int) before, (int) last, channels)
        : scope.ints(-1, 1, 1, channels);
  }

  private Operand<TFloat32> images(Ops tf, Operand<TFloat32> x, Pass pass) {
    if (!pass.training()) {
      return tf.nn
          .fusedBatchNorm(
              x,
              scale,
              offset,
              runningMean.value(),
              runningVariance.value(),
              FusedBatchNorm.isTraining(false),
              FusedBatchNorm.epsilon(EPSILON))
          .y();
    }
    Optional<Parts> parts = Parts.building(scope).filter(p -> !p.rehearsal());
    if (parts.isPresent() && parts.get().wholeStatistics()) {
      Moments whole = Moments.whole(scope, parts.get(), x);
      if (pass.updateStatistics()) {
        follow(parts.get(), whole);
      }
      return whole.normalise(tf, x, scale, offset, EPSILON);
    }
    Operand<TFloat32> none = tf.constant(new float[0]);
    var normalised =
        tf.nn.fusedBatchNorm(
            x,
            scale,
            offset,
            none,
            none,
            FusedBatchNorm.isTraining(true),
            FusedBatchNorm.epsilon(EPSILON));
    if (pass.updateStatistics()) {
      if (parts.isPresent()) {
        follow(parts.get(), Moments.whole(scope, parts.get(), tf.stopGradient(x)));
      } else if (Parts.building(scope).isEmpty()) {
        follow(normalised.batchMean(), normalised.batchVariance()); // unbiased
      }
    }
    return normalised.y();
  }

  /** Once for all parts, whose statistics are the same. */
  private void follow(Parts parts, Moments whole) {
    parts.meet(
        whole,
        same -> {
          follow(whole.mean(), whole.unbiased(scope.tf()));
          return whole;
        });
  }

  private void follow(Operand<TFloat32> mean, Operand<TFloat32> variance) {
    latestMean = moved(scope.tf(), latestMean, mean);
    latestVariance = moved(scope.tf(), latestVariance, variance);
    scope.assign(runningMean, latestMean);
    scope.assign(runningVariance, latestVariance);
  }

  private static Operand<TFloat32> moved(Ops tf, Operand<TFloat32> old, Operand<TFloat32> batch) {
    return tf.math.add(
        tf.math.mul(old, tf.constant(1 - MOMENTUM)), tf.math.mul(batch, tf.constant(MOMENTUM)));
  }

  private Operand<TFloat32> filled(float value) {
    return scope.tf().fill(scope.ints(channels), scope.constant(value));
  }
}
