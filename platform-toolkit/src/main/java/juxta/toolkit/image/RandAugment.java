package juxta.toolkit.image;

import java.util.List;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * A few changes of an image, drawn from a list, all as strong as one number says (<a
 * href="https://arxiv.org/abs/1909.13719">Cubuk et al. 2020</a>), with the list and the ranges of
 * the recipes that write {@code rand-m9-mstd0.5-inc1}: the higher the number, the stronger each of
 * them ("increasing").
 *
 * <p>Bytes go in and come out, whole after each change, as Pillow has them. Pixels that a change of
 * shape needs between pixels are mixed of four (those recipes: bicubic); what lies outside the
 * image has ImageNet's mean colour.
 *
 * @param changes how many changes an image goes through, each drawn anew
 * @param strength the number, 0 to 10
 * @param deviation of the normal distribution around it from which each strength is drawn
 * @param probability with which a drawn change is made
 */
public record RandAugment(int changes, double strength, double deviation, double probability) {
  /** {@code rand-m9-mstd0.5-inc1}: of DeiT and those after it. */
  public static final RandAugment DEIT = new RandAugment(2, 9, 0.5, 0.5);

  /** Changes nothing. */
  public static final RandAugment NONE = new RandAugment(0, 0, 0, 0);

  /** The list. */
  enum Change {
    /** Each channel's darkest value becomes 0, its brightest 255. */
    AUTO_CONTRAST,
    /** Each channel's values become as frequent as each other. */
    EQUALIZE,
    /** 255 - v. */
    INVERT,
    /** By up to 30 degrees, about the middle. */
    ROTATE,
    /** The upper 4 to 0 bits are kept. */
    POSTERIZE,
    /** Inverts values from 256 down to 0 on. */
    SOLARIZE,
    /** Adds up to 110 to values below 128. */
    SOLARIZE_ADD,
    /** Away from the pixel's grey, or towards it, by up to 0.9. */
    COLOUR,
    /** Away from the image's mean grey, or towards it. */
    CONTRAST,
    /** Away from black, or towards it. */
    BRIGHTNESS,
    /** Away from the smoothed image, or towards it. */
    SHARPNESS,
    /** By up to 0.3 pixels a row. */
    SHEAR_X,
    /** By up to 0.3 pixels a column. */
    SHEAR_Y,
    /** By up to 0.45 of the width. */
    TRANSLATE_X,
    /** By up to 0.45 of the height. */
    TRANSLATE_Y;

    /** As a number in the graph. */
    float number() {
      return ordinal();
    }
  }

  private static final int LEVELS = 256;
  private static final float HIGHEST = 255;
  private static final float STRONGEST = 10;
  private static final float[] OUTSIDE = {124, 116, 104};

  /**
   * Whether this changes nothing.
   *
   * @return whether no image is ever changed
   */
  public boolean none() {
    return changes == 0 || probability == 0;
  }

  /**
   * Changes each image in its own way.
   *
   * @param scope where to build; the seeds' purpose is {@code rand-augment}
   * @param images [B, H, W, C], C = 1 or 3, H and W known
   * @return of the same shape
   */
  public Operand<TUint8> apply(GraphScope scope, Operand<TUint8> images) {
    if (none()) {
      return images;
    }
    Ops tf = scope.tf();
    Operand<TFloat32> x = tf.dtypes.cast(images, TFloat32.class);
    Operand<TInt32> b = Sizes.at(tf, tf.shape(images), 0);
    for (int i = 0; i < changes; i++) {
      Operand<TFloat32> u = // [3, B]: which, whether, direction
          tf.random.statelessRandomUniform(
              Sizes.of(tf, tf.constant(3), b), scope.seed("rand-augment/" + i));
      Operand<TFloat32> normal = // [B]
          tf.random.statelessRandomNormal(
              Sizes.of(tf, b), scope.seed("rand-augment/strength/" + i));
      Operand<TFloat32> which =
          tf.math.floor(
              tf.math.mul(Uniform.row(tf, u, 0), tf.constant((float) Change.values().length)));
      Operand<TFloat32> made =
          tf.select(
              tf.math.less(Uniform.row(tf, u, 1), tf.constant((float) probability)),
              which,
              tf.constant(-1f));
      Operand<TFloat32> drawn =
          tf.clipByValue(
              tf.math.add(
                  tf.constant((float) strength),
                  tf.math.mul(normal, tf.constant((float) deviation))),
              tf.constant(0f),
              tf.constant(STRONGEST));
      Operand<TFloat32> sign =
          tf.select(
              tf.math.less(Uniform.row(tf, u, 2), tf.constant(0.5f)),
              tf.constant(-1f),
              tf.constant(1f));
      x = by(tf, x, made, drawn, sign);
    }
    return tf.dtypes.cast(x, TUint8.class);
  }

  /**
   * One given change of each image.
   *
   * @param tf where to build
   * @param images [B, H, W, C], whole numbers 0 to 255
   * @param change {@link Change#number} for each image, or -1, [B]
   * @param strength 0 to 10, [B]
   * @param sign 1 or -1, for changes that have a direction, [B]
   * @return [B, H, W, C], whole numbers 0 to 255
   */
  static Operand<TFloat32> by(
      Ops tf,
      Operand<TFloat32> images,
      Operand<TFloat32> change,
      Operand<TFloat32> strength,
      Operand<TFloat32> sign) {
    int h = (int) images.shape().get(1);
    int w = (int) images.shape().get(2);
    int c = (int) images.shape().get(3);
    Drawn drawn =
        new Drawn(tf, column(tf, change), column(tf, strength), column(tf, sign)); // [B, 1] each
    Operand<TInt32> shape = tf.shape(images);
    Operand<TFloat32> x = moved(tf, images, drawn, h, w, c);
    x = tf.reshape(x, tf.constant(new int[] {-1, h * w * c})); // broadcasts of two axes are fast
    x = values(tf, x, drawn);
    x = blended(tf, x, drawn, h, w, c);
    x = stretched(tf, x, drawn, h * w, c);
    return tf.reshape(x, shape);
  }

  private static Operand<TFloat32> column(Ops tf, Operand<TFloat32> x) {
    return tf.reshape(x, tf.constant(new int[] {-1, 1}));
  }

  /** What was drawn for each image, [B, 1] each. */
  private record Drawn(
      Ops tf, Operand<TFloat32> change, Operand<TFloat32> strength, Operand<TFloat32> sign) {
    Operand<TBool> is(Change which) {
      return tf.math.equal(change, tf.constant(which.number()));
    }

    /** What the change has, or for other changes what changes nothing. */
    Operand<TFloat32> where(Change which, Operand<TFloat32> value, float otherwise) {
      return tf.select(is(which), value, tf.constant(otherwise));
    }

    Operand<TFloat32> flag(Change which) {
      return tf.dtypes.cast(is(which), TFloat32.class);
    }

    /** Strength times so much, with its direction. */
    Operand<TFloat32> directed(double factor) {
      return tf.math.mul(times(factor), sign);
    }

    Operand<TFloat32> times(double factor) {
      return tf.math.mul(strength, tf.constant((float) factor));
    }
  }

  /**
   * Rotation, shear and translation: one linear map for each image, from pixels to what they show.
   */
  private static Operand<TFloat32> moved(
      Ops tf, Operand<TFloat32> images, Drawn d, int h, int w, int c) {
    Operand<TFloat32> angle = // [B, 1], radians, clockwise in the picture if the sign is -1
        d.where(Change.ROTATE, d.directed(Math.toRadians(30) / STRONGEST), 0);
    Operand<TFloat32> cos = tf.math.cos(angle);
    Operand<TFloat32> sin = tf.math.sin(angle);
    Operand<TFloat32> shearX = d.where(Change.SHEAR_X, d.directed(0.3 / STRONGEST), 0);
    Operand<TFloat32> shearY = d.where(Change.SHEAR_Y, d.directed(0.3 / STRONGEST), 0);
    Operand<TFloat32> left = d.where(Change.TRANSLATE_X, d.directed(0.45 * w / STRONGEST), 0);
    Operand<TFloat32> up = d.where(Change.TRANSLATE_Y, d.directed(0.45 * h / STRONGEST), 0);
    Operand<TFloat32> cx = tf.constant((w - 1) / 2f);
    Operand<TFloat32> cy = tf.constant((h - 1) / 2f);
    Operand<TFloat32> lost = tf.math.sub(tf.constant(1f), cos);
    // shears keep the corner at (-1/2, -1/2), the edge of the first pixel, where it is
    Operand<TFloat32> half = tf.constant(0.5f);
    Operand<TFloat32> a2 =
        sum(tf, tf.math.mul(lost, cx), tf.math.mul(sin, cy), tf.math.mul(shearX, half), left);
    Operand<TFloat32> b2 =
        sum(
            tf,
            tf.math.sub(tf.math.mul(lost, cy), tf.math.mul(sin, cx)),
            tf.math.mul(shearY, half),
            up);
    Operand<TFloat32> zero = tf.zerosLike(angle);
    Operand<TFloat32> matrix = // [B, 8]
        tf.concat(
            List.of(
                cos, tf.math.sub(shearX, sin), a2, tf.math.add(shearY, sin), cos, b2, zero, zero),
            tf.constant(1));
    Operand<TFloat32> outside =
        tf.constant(c == OUTSIDE.length ? OUTSIDE : new float[] {OUTSIDE[1]}); // [C]
    Operand<TFloat32> moved =
        tf.image.imageProjectiveTransformV3(
            tf.math.sub(images, outside),
            matrix,
            tf.constant(new int[] {h, w}),
            tf.constant(0f),
            "BILINEAR");
    return tf.math.floor(tf.math.add(tf.math.add(moved, outside), half));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  private static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> first, Operand<TFloat32>... rest) {
    Operand<TFloat32> sum = first;
    for (Operand<TFloat32> each : rest) {
      sum = tf.math.add(sum, each);
    }
    return sum;
  }

  /** Changes of values by themselves: [B, H W C]. */
  private static Operand<TFloat32> values(Ops tf, Operand<TFloat32> values, Drawn d) {
    Operand<TFloat32> kept = // lowest value that is inverted
        d.where(
            Change.SOLARIZE,
            tf.math.sub(tf.constant((float) LEVELS), tf.math.floor(d.times(25.6))),
            LEVELS);
    Operand<TFloat32> threshold = tf.select(d.is(Change.INVERT), tf.constant(0f), kept);
    Operand<TFloat32> x =
        tf.select(
            tf.math.less(values, threshold), values, tf.math.sub(tf.constant(HIGHEST), values));
    Operand<TFloat32> added = d.where(Change.SOLARIZE_ADD, tf.math.floor(d.times(11)), 0);
    Operand<TFloat32> dark =
        tf.dtypes.cast(tf.math.less(x, tf.constant(LEVELS / 2f)), TFloat32.class);
    x = tf.math.minimum(tf.math.add(x, tf.math.mul(dark, added)), tf.constant(HIGHEST));
    Operand<TFloat32> step = // 2^(8 - bits), bits = 4 - floor(0.4 strength)
        d.where(
            Change.POSTERIZE,
            tf.math.pow(tf.constant(2f), tf.math.add(tf.constant(4f), tf.math.floor(d.times(0.4)))),
            1);
    return tf.math.mul(tf.math.floor(tf.math.div(x, step)), step);
  }

  /** Colour, contrast, brightness and sharpness: t + f (x - t), [B, H W C]. */
  private static Operand<TFloat32> blended(
      Ops tf, Operand<TFloat32> x, Drawn d, int h, int w, int c) {
    Operand<TFloat32> factor =
        tf.math.maximum(
            tf.constant(0.1f), tf.math.add(tf.constant(1f), d.directed(0.9 / STRONGEST)));
    Operand<TFloat32> pixels = tf.reshape(x, tf.constant(new int[] {-1, h * w, c}));
    List<? extends Operand<TFloat32>> channels = // C times [B, H W]
        tf.unstack(pixels, (long) c, org.tensorflow.op.core.Unstack.axis(2L)).output();
    Operand<TFloat32> grey = // [B, H W]
        tf.math.floor(tf.math.add(Luma.of(tf, channels), tf.constant(0.5f)));
    Operand<TFloat32> mean = // [B, 1]
        tf.math.floor(
            tf.math.add(
                tf.math.mean(grey, tf.constant(1), Mean.keepDims(true)), tf.constant(0.5f)));
    Operand<TFloat32> greys = // [B, H W C]
        tf.reshape(
            tf.tile(tf.expandDims(grey, tf.constant(2)), tf.constant(new int[] {1, 1, c})),
            tf.constant(new int[] {-1, h * w * c}));
    Operand<TFloat32> target =
        sum(
            tf,
            tf.math.mul(greys, d.flag(Change.COLOUR)),
            tf.math.mul(mean, d.flag(Change.CONTRAST)),
            tf.math.mul(smoothed(tf, x, h, w, c), d.flag(Change.SHARPNESS)));
    Operand<TFloat32> blend =
        tf.math.floor(
            tf.clipByValue(
                tf.math.add(target, tf.math.mul(factor, tf.math.sub(x, target))),
                tf.constant(0f),
                tf.constant(HIGHEST)));
    Operand<TBool> blends =
        tf.math.logicalOr(
            tf.math.logicalOr(d.is(Change.COLOUR), d.is(Change.CONTRAST)),
            tf.math.logicalOr(d.is(Change.BRIGHTNESS), d.is(Change.SHARPNESS)));
    return tf.select(blends, blend, x);
  }

  /** Pillow's SMOOTH: 1 around 5, of 13; pixels of the border as they are. */
  private static Operand<TFloat32> smoothed(Ops tf, Operand<TFloat32> x, int h, int w, int c) {
    if (h <= 2 || w <= 2) {
      return x;
    }
    Operand<TFloat32> images = tf.reshape(x, tf.constant(new int[] {-1, h, w, c}));
    Operand<TFloat32> around = tf.math.mul(window(tf, images, 1, 1, h, w), tf.constant(4f));
    for (int row = 0; row <= 2; row++) {
      for (int column = 0; column <= 2; column++) {
        around = tf.math.add(around, window(tf, images, row, column, h, w));
      }
    }
    Operand<TFloat32> inner =
        tf.math.floor(tf.math.add(tf.math.div(around, tf.constant(13f)), tf.constant(0.5f)));
    Operand<TFloat32> change = // 0 along the border
        tf.pad(
            tf.math.sub(inner, window(tf, images, 1, 1, h, w)),
            tf.constant(new int[][] {{0, 0}, {1, 1}, {1, 1}, {0, 0}}),
            tf.constant(0f));
    return tf.math.add(x, tf.reshape(change, tf.constant(new int[] {-1, h * w * c})));
  }

  private static Operand<TFloat32> window(
      Ops tf, Operand<TFloat32> images, int row, int column, int h, int w) {
    return tf.slice(
        images,
        tf.constant(new int[] {0, row, column, 0}),
        tf.constant(new int[] {-1, h - 2, w - 2, -1}));
  }

  /** Changes by what values a channel has: [B, H W C]. */
  private static Operand<TFloat32> stretched(
      Ops tf, Operand<TFloat32> x, Drawn d, int pixels, int c) {
    Operand<TFloat32> planes = // [B C, H W]
        tf.reshape(
            tf.linalg.transpose(
                tf.reshape(x, tf.constant(new int[] {-1, pixels, c})),
                tf.constant(new int[] {0, 2, 1})),
            tf.constant(new int[] {-1, pixels}));
    Operand<TBool> contrast = each(tf, d.is(Change.AUTO_CONTRAST), c); // [B C, 1]
    Operand<TBool> equal = each(tf, d.is(Change.EQUALIZE), c);
    Operand<TFloat32> changed =
        tf.select(
            contrast,
            autoContrast(tf, planes),
            tf.select(equal, equalized(tf, planes, pixels), planes));
    return tf.reshape(
        tf.linalg.transpose(
            tf.reshape(changed, tf.constant(new int[] {-1, c, pixels})),
            tf.constant(new int[] {0, 2, 1})),
        tf.constant(new int[] {-1, pixels * c}));
  }

  private static Operand<TBool> each(Ops tf, Operand<TBool> image, int c) {
    return tf.reshape(
        tf.tile(image, tf.constant(new int[] {1, c})), tf.constant(new int[] {-1, 1}));
  }

  private static Operand<TFloat32> autoContrast(Ops tf, Operand<TFloat32> planes) {
    Operand<TFloat32> low = // [B C, 1]
        tf.reduceMin(planes, tf.constant(1), org.tensorflow.op.core.ReduceMin.keepDims(true));
    Operand<TFloat32> range =
        tf.math.sub(
            tf.reduceMax(planes, tf.constant(1), org.tensorflow.op.core.ReduceMax.keepDims(true)),
            low);
    Operand<TFloat32> stretched =
        tf.math.floor(
            tf.math.div(
                tf.math.mul(tf.math.sub(planes, low), tf.constant(HIGHEST)),
                tf.math.maximum(range, tf.constant(1f))));
    return tf.select(tf.math.greater(range, tf.constant(0f)), stretched, planes);
  }

  private static Operand<TFloat32> equalized(Ops tf, Operand<TFloat32> planes, int pixels) {
    Operand<TInt32> count = Sizes.at(tf, tf.shape(planes), 0); // B C
    Operand<TInt32> first = // [B C, 1], where a plane's 256 counts begin
        tf.math.mul(
            tf.reshape(
                tf.range(tf.constant(0), count, tf.constant(1)), tf.constant(new int[] {-1, 1})),
            tf.constant(LEVELS));
    Operand<TInt32> at = tf.math.add(tf.dtypes.cast(planes, TInt32.class), first); // [B C, H W]
    Operand<TFloat32> counts = // [B C, 256]
        tf.reshape(
            tf.math.unsortedSegmentSum(
                tf.onesLike(planes), at, tf.math.mul(count, tf.constant(LEVELS))),
            tf.constant(new int[] {-1, LEVELS}));
    Operand<TInt32> top = // [B C, 1]
        tf.reduceMax(at, tf.constant(1), org.tensorflow.op.core.ReduceMax.keepDims(true));
    Operand<TFloat32> ofTop =
        tf.gather(tf.reshape(counts, tf.constant(new int[] {-1})), top, tf.constant(0));
    Operand<TFloat32> step = // [B C, 1]
        tf.math.floor(
            tf.math.div(tf.math.sub(tf.constant((float) pixels), ofTop), tf.constant(HIGHEST)));
    Operand<TFloat32> safe = tf.math.maximum(step, tf.constant(1f));
    Operand<TFloat32> below = tf.math.cumsum(counts, tf.constant(1), Cumsum.exclusive(true));
    Operand<TFloat32> table = // [B C, 256]
        tf.math.minimum(
            tf.math.floor(
                tf.math.div(
                    tf.math.add(tf.math.floor(tf.math.div(safe, tf.constant(2f))), below), safe)),
            tf.constant(HIGHEST));
    Operand<TFloat32> equal =
        tf.gather(tf.reshape(table, tf.constant(new int[] {-1})), at, tf.constant(0));
    return tf.select(tf.math.greater(step, tf.constant(0f)), equal, planes);
  }
}
