package juxta.plugin.baselines.evaluators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import juxta.toolkit.nn.Dropout;
import juxta.toolkit.nn.Initializers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.types.TFloat32;

/**
 * The head of DeepLabV3+ (<a href="https://arxiv.org/abs/1802.02611">arXiv 1802.02611</a>): the
 * last map through kernels of several reaches side by side (ASPP), enlarged, joined with an early
 * map of finer resolution where the encoder gives one, and two more convolutions.
 *
 * <pre>
 *   a = conv1x1([conv1x1(F); conv3x3 at each rate (F); conv1x1(mean of F)])   [B, h, w, C]
 *   d = [enlarged a; conv1x1(E)]                                             [B, H, W, C + e]
 *   scores = conv1x1(dropout(conv3x3(dropout(conv3x3(d)))))                  [B, H, W, classes]
 * </pre>
 *
 * <p>Each convolution but the last has batch normalisation and ReLU behind it. Dropout 0.5 and 0.1,
 * as in GLCNet's code.
 */
final class DeepLabHead {
  private static final double FIRST_DROPOUT = 0.5;
  private static final double SECOND_DROPOUT = 0.1;
  private static final double CLASSIFIER_DEVIATION = 0.01;

  private final GraphScope scope;
  private final Pass pass;
  private final SegmentationSettings settings;

  /**
   * Prepares.
   *
   * @param scope where parameters go
   * @param pass in which mode
   * @param settings widths and reaches
   */
  DeepLabHead(GraphScope scope, Pass pass, SegmentationSettings settings) {
    this.scope = scope;
    this.pass = pass;
    this.settings = settings;
  }

  /**
   * Scores of classes.
   *
   * @param maps the encoder's, sides known
   * @param classes number of classes
   * @return [B, H, W, classes], as large as the early map, or as the last where there is none
   */
  Operand<TFloat32> apply(Map<String, Operand<TFloat32>> maps, int classes) {
    Ops tf = scope.tf();
    int c = settings.channels();
    Operand<TFloat32> x = aspp(maps.get(Features.FEATURE_MAP)); // [B, h, w, C]
    Operand<TFloat32> early = maps.get(Features.LOW_LEVEL);
    if (early != null) {
      Operand<TFloat32> e = convolved("early", early, settings.early(), 1, 1); // [B, H, W, e]
      x = tf.concat(List.of(resized(tf, x, side(e, 1), side(e, 2)), e), tf.constant(-1));
    }
    x = convolved("decoder.0", x, c, 3, 1);
    x = new Dropout(scope.sub("decoder.0"), FIRST_DROPOUT).apply(x, pass);
    x = convolved("decoder.1", x, c, 3, 1);
    x = new Dropout(scope.sub("decoder.1"), SECOND_DROPOUT).apply(x, pass);
    return new Conv2d(
            scope.sub("classifier"),
            c,
            classes,
            1,
            1,
            0,
            Initializers.normal(CLASSIFIER_DEVIATION),
            Optional.of(Initializers.zeros()))
        .apply(x);
  }

  private Operand<TFloat32> aspp(Operand<TFloat32> f) {
    Ops tf = scope.tf();
    int c = settings.channels();
    List<Operand<TFloat32>> branches = new ArrayList<>();
    branches.add(convolved("aspp.0", f, c, 1, 1));
    for (int rate : settings.rates()) {
      branches.add(convolved("aspp." + branches.size(), f, c, 3, rate));
    }
    Operand<TFloat32> mean = // [B, 1, 1, D]
        tf.math.mean(f, scope.ints(1, 2), org.tensorflow.op.math.Mean.keepDims(true));
    Operand<TFloat32> pooled = convolved("aspp.pooled", mean, c, 1, 1);
    branches.add(tf.tile(pooled, tf.constant(new int[] {1, side(f, 1), side(f, 2), 1})));
    return convolved("aspp.project", tf.concat(branches, tf.constant(-1)), c, 1, 1);
  }

  /** Convolution, batch normalisation, ReLU: [B, H, W, in] to [B, H, W, out]. */
  private Operand<TFloat32> convolved(
      String name, Operand<TFloat32> x, int out, int kernel, int dilation) {
    GraphScope at = scope.sub(name);
    int in = side(x, 3);
    Operand<TFloat32> y = new Conv2d(at.sub("0"), in, out, kernel, 1).atrous(x, dilation);
    return scope.tf().nn.relu(new BatchNorm(at.sub("1"), out).apply(y, pass));
  }

  /** Bilinear, without moving corners: [B, h, w, C] to [B, height, width, C]. */
  static Operand<TFloat32> resized(Ops tf, Operand<TFloat32> x, int height, int width) {
    return side(x, 1) == height && side(x, 2) == width
        ? x
        : tf.image.resizeBilinear(
            x, tf.constant(new int[] {height, width}), ResizeBilinear.halfPixelCenters(true));
  }

  static int side(Operand<TFloat32> x, int axis) {
    return (int) x.shape().get(axis);
  }
}
