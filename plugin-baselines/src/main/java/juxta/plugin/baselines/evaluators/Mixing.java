package juxta.plugin.baselines.evaluators;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import juxta.api.GraphScope;
import juxta.api.Schedule;
import juxta.toolkit.graph.Seeds;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Mixes each image of a batch with the one that stands as far from the end of the batch, by one
 * draw a step, as timm does in its mode {@code batch}: blended (mixup, <a
 * href="https://arxiv.org/abs/1710.09412">Zhang et al. 2018</a>) or with a box cut out (CutMix, <a
 * href="https://arxiv.org/abs/1905.04899">Yun et al. 2019</a>); where both are on, either is as
 * probable. Labels are mixed by the share of the pixels that each image has.
 *
 * @param mixup a of the share's distribution Beta(a, a) where images are blended, 0 for never
 * @param cutmix a of the distribution of the area that stays where boxes are cut, 0 for never
 * @param seed the run's seed
 */
record Mixing(double mixup, double cutmix, long seed) {
  private static final String SHARE = "mix-share";
  private static final String TOP = "mix-top";
  private static final String BOTTOM = "mix-bottom";
  private static final String LEFT = "mix-left";
  private static final String RIGHT = "mix-right";

  /**
   * A draw.
   *
   * @param share weight of an image itself outside the box
   * @param top where the box that belongs to the other image begins, as a part of the height
   * @param bottom where it ends
   * @param left where it begins, as a part of the width
   * @param right where it ends
   */
  record Draw(double share, double top, double bottom, double left, double right) {}

  boolean isOn() {
    return mixup > 0 || cutmix > 0;
  }

  /** The draw of a step. */
  Draw at(long step) {
    SplittableRandom random =
        new SplittableRandom(Seeds.mix(Seeds.mix(seed, "finetune", "mix"), step));
    boolean boxes = cutmix > 0 && (mixup <= 0 || random.nextBoolean());
    double share = beta(random, boxes ? cutmix : mixup);
    if (!boxes) {
      return new Draw(share, 0, 0, 0, 0);
    }
    double half = Math.sqrt(1 - share) / 2; // of a side
    double y = random.nextDouble();
    double x = random.nextDouble();
    return new Draw(1, inside(y - half), inside(y + half), inside(x - half), inside(x + half));
  }

  private static double inside(double place) {
    return Math.min(1, Math.max(0, place));
  }

  /** Beta(a, a), from two gamma variables. */
  private static double beta(SplittableRandom random, double a) {
    double one = gamma(random, a);
    double other = gamma(random, a);
    return one + other > 0 ? one / (one + other) : 0.5;
  }

  /** Gamma(a, 1), by Marsaglia and Tsang 2000. */
  private static double gamma(SplittableRandom random, double a) {
    if (a < 1) {
      return gamma(random, a + 1) * Math.pow(random.nextDouble(), 1 / a);
    }
    double d = a - 1 / 3.0;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  /** The draws of all steps, as scalars that {@link #weight} reads. */
  Map<String, Schedule> schedules() {
    Map<String, Schedule> all = new LinkedHashMap<>();
    if (isOn()) {
      all.put(SHARE, scalar(Draw::share));
      all.put(TOP, scalar(Draw::top));
      all.put(BOTTOM, scalar(Draw::bottom));
      all.put(LEFT, scalar(Draw::left));
      all.put(RIGHT, scalar(Draw::right));
    }
    return all;
  }

  private Schedule scalar(ToDoubleFunction<Draw> which) {
    return (step, history) -> which.applyAsDouble(at(step));
  }

  /**
   * The weight of an image itself in each pixel of the mixed one.
   *
   * @param scope root of the graph
   * @param height pixels
   * @param width pixels
   * @return [1, height, width, 1]
   */
  static Operand<TFloat32> weight(GraphScope scope, int height, int width) {
    Ops tf = scope.tf();
    Operand<TFloat32> box = // 1 inside
        tf.math.mul(
            between(scope, height, scope.scalar(TOP), scope.scalar(BOTTOM), 1, height, 1, 1),
            between(scope, width, scope.scalar(LEFT), scope.scalar(RIGHT), 1, 1, width, 1));
    return tf.math.mul(scope.scalar(SHARE), tf.math.sub(tf.constant(1f), box));
  }

  /** 1 for pixels whose middle lies between two places. */
  private static Operand<TFloat32> between(
      GraphScope scope, int pixels, Operand<TFloat32> from, Operand<TFloat32> to, int... shape) {
    Ops tf = scope.tf();
    float[] middles = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      middles[i] = (i + 0.5f) / pixels;
    }
    Operand<TFloat32> at = tf.constant(middles);
    Operand<TFloat32> inside =
        tf.math.mul(
            tf.dtypes.cast(tf.math.greaterEqual(at, from), TFloat32.class),
            tf.dtypes.cast(tf.math.less(at, to), TFloat32.class));
    return tf.reshape(inside, scope.ints(shape));
  }

  /**
   * Each image mixed with its partner.
   *
   * @param scope where to build
   * @param images [B, h, w, C]
   * @param weight [1, h, w, 1], see {@link #weight}
   * @return [B, h, w, C]
   */
  static Operand<TFloat32> images(
      GraphScope scope, Operand<TFloat32> images, Operand<TFloat32> weight) {
    Ops tf = scope.tf();
    return tf.math.add(
        tf.math.mul(images, weight),
        tf.math.mul(partner(scope, images), tf.math.sub(tf.constant(1f), weight)));
  }

  /**
   * Each row of targets mixed with its partner's.
   *
   * @param scope where to build
   * @param targets [B, classes]
   * @param weight [1, h, w, 1], see {@link #weight}
   * @return [B, classes]
   */
  static Operand<TFloat32> targets(
      GraphScope scope, Operand<TFloat32> targets, Operand<TFloat32> weight) {
    Ops tf = scope.tf();
    Operand<TFloat32> own = tf.math.mean(weight, scope.ints(0, 1, 2, 3)); // scalar
    return tf.math.add(
        tf.math.mul(targets, own),
        tf.math.mul(partner(scope, targets), tf.math.sub(tf.constant(1f), own)));
  }

  private static Operand<TFloat32> partner(GraphScope scope, Operand<TFloat32> rows) {
    return scope.tf().reverse(rows, scope.ints(0));
  }

  /**
   * Smoothed one-hot targets: {@code 1 - s + s / C} for the class, {@code s / C} for the others.
   *
   * @param scope where to build
   * @param labels [B]
   * @param classes C
   * @param smoothing s
   * @return [B, C], rows that sum to 1
   */
  static Operand<TFloat32> smoothed(
      GraphScope scope, Operand<TInt32> labels, int classes, double smoothing) {
    Ops tf = scope.tf();
    float off = (float) (smoothing / classes);
    return tf.oneHot(
        labels, tf.constant(classes), tf.constant((float) (1 - smoothing) + off), tf.constant(off));
  }

  /** What of it is on, for people. */
  String shown() {
    return isOn() ? String.join(", ", List.of("mixup " + mixup, "cutmix " + cutmix)) : "none";
  }
}
