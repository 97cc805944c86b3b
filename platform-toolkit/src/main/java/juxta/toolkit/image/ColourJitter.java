package juxta.toolkit.image;

import java.util.List;
import java.util.function.UnaryOperator;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Random colours as torchvision's {@code ColorJitter} and {@code RandomGrayscale}: brightness,
 * contrast, saturation and hue in an order drawn for each image, limited to [0, 1] after each.
 *
 * <p>Brightness, contrast and saturation are one formula, {@code f x + (1 - f) t}, where t is
 * black, the mean grey of the image, or the grey of the pixel. So the order of the three is a
 * matter of coefficients, and six such blends, three before and three after the hue, of which each
 * image uses three, give every image its own order without a branch.
 *
 * @param brightness factor drawn from max(0, 1 - brightness) to 1 + brightness
 * @param contrast as brightness
 * @param saturation as brightness
 * @param hue turn of the hue, drawn from -hue to hue; 1 is a full circle; at most 0.5
 * @param probability of a change of colours at all
 */
public record ColourJitter(
    double brightness, double contrast, double saturation, double hue, double probability) {
  /** No change. */
  public static final ColourJitter NONE = new ColourJitter(0, 0, 0, 0, 0);

  /** Blends: brightness, contrast, saturation. */
  private static final int BLENDS = 3;

  /**
   * The same proportions at another strength.
   *
   * @param strength factor on all four amounts
   * @return a new jitter
   */
  public ColourJitter times(double strength) {
    return new ColourJitter(
        brightness * strength,
        contrast * strength,
        saturation * strength,
        hue * strength,
        probability);
  }

  /** Whether this changes nothing. */
  boolean none() {
    return probability == 0 || brightness == 0 && contrast == 0 && saturation == 0 && hue == 0;
  }

  /**
   * Changes the colours of each image. Of images with one channel only brightness and contrast
   * change.
   *
   * @param scope where to build; the seed's purpose is {@code colour}
   * @param planes [C, B, H, W] in [0, 1], C = 1 or 3, H and W known
   * @param channels C
   * @param gray probability that the image loses its colours in the end
   * @return the changed planes
   */
  public Operand<TFloat32> apply(
      GraphScope scope, Operand<TFloat32> planes, int channels, double gray) {
    boolean greys = gray > 0 && channels == 3;
    if (none() && !greys) {
      return planes;
    }
    Ops tf = scope.tf();
    Operand<TInt32> b = Planes.count(tf, planes);
    // rows 0 to 2: factors; 3: hue; 4 to 7: order; 8: whether to jitter; 9: whether to lose colours
    Operand<TFloat32> u = // [10, B, 1]
        tf.random.statelessRandomUniform(
            Sizes.of(tf, tf.constant(10), b, tf.constant(1)), scope.seed("colour"));
    List<Operand<TFloat32>> x = // C planes [B, H W]: broadcasts of two axes are the fast ones
        List.copyOf(
            tf.unstack(
                    tf.reshape(planes, Sizes.of(tf, tf.constant(channels), b, tf.constant(-1))),
                    (long) channels)
                .output());
    if (!none()) {
      Operand<TBool> chosen = tf.math.less(Uniform.row(tf, u, 8), tf.constant((float) probability));
      Order order = order(tf, u, chosen);
      if (channels == 3 && hue > 0) {
        x = blends(tf, x, order.before());
        Operand<TFloat32> turn = // [B, 1] in turns, 0 where the image was not chosen
            tf.math.mul(
                tf.math.mul(
                    tf.math.sub(Uniform.row(tf, u, 3), tf.constant(0.5f)),
                    tf.constant((float) (2 * hue))),
                tf.dtypes.cast(chosen, TFloat32.class));
        x = Hue.turn(tf, x, turn);
        x = blends(tf, x, order.after());
      } else {
        x = blends(tf, x, order.all());
      }
    }
    if (greys) {
      Operand<TFloat32> lost = // [B, 1]
          tf.dtypes.cast(
              tf.math.less(Uniform.row(tf, u, 9), tf.constant((float) gray)), TFloat32.class);
      Operand<TFloat32> kept = tf.math.sub(tf.constant(1f), lost);
      Operand<TFloat32> grey = tf.math.mul(Luma.of(tf, x), lost); // [B, H W]
      x = each(x, plane -> tf.math.add(tf.math.mul(plane, kept), grey));
    }
    return tf.reshape(tf.stack(x), tf.shape(planes));
  }

  /**
   * Coefficients of a blend at each place of the order, each [3, B, 1]: of the pixel, of its grey,
   * and of the mean grey.
   */
  private record Coefficients(
      Operand<TFloat32> pixel, Operand<TFloat32> grey, Operand<TFloat32> mean) {
    /** Those where {@code active}, and elsewhere coefficients that change nothing. */
    Coefficients where(Ops tf, Operand<TBool> active) {
      return new Coefficients(
          tf.select(active, pixel, tf.constant(1f)),
          tf.select(active, grey, tf.constant(0f)),
          tf.select(active, mean, tf.constant(0f)));
    }
  }

  /** Blends before the hue's turn, after it, and all where the hue stays. */
  private record Order(Coefficients before, Coefficients after, Coefficients all) {}

  private Order order(Ops tf, Operand<TFloat32> u, Operand<TBool> chosen) {
    float[] low = new float[BLENDS];
    float[] width = new float[BLENDS];
    double[] amounts = {brightness, contrast, saturation};
    for (int i = 0; i < BLENDS; i++) {
      low[i] = (float) Math.max(0, 1 - amounts[i]);
      width[i] = (float) (1 + amounts[i]) - low[i];
    }
    Operand<TInt32> column = tf.constant(new int[] {BLENDS, 1, 1});
    Operand<TFloat32> factors = // [3, B, 1]
        tf.select(
            chosen,
            tf.math.add(
                tf.math.mul(rows(tf, u, 0, BLENDS), tf.reshape(tf.constant(width), column)),
                tf.reshape(tf.constant(low), column)),
            tf.constant(1f));
    Operand<TFloat32> keys = rows(tf, u, 4, BLENDS);
    // The place of a blend among the blends is the number of keys below its own.
    Operand<TFloat32> places = // [3, B, 1]
        count(
            tf,
            tf.math.less(tf.expandDims(keys, tf.constant(1)), tf.expandDims(keys, tf.constant(0))));
    Operand<TFloat32> hueAt = // [B, 1]
        count(tf, tf.math.less(keys, Uniform.row(tf, u, 7)));
    Operand<TFloat32> slots = tf.reshape(tf.constant(new float[] {0, 1, 2}), column);
    Operand<TFloat32> taken = // [3 slots, 3 blends, B, 1]
        tf.dtypes.cast(
            tf.math.equal(
                tf.expandDims(slots, tf.constant(1)), tf.expandDims(places, tf.constant(0))),
            TFloat32.class);
    Operand<TFloat32> pixel = tf.reduceSum(tf.math.mul(taken, factors), tf.constant(1));
    Operand<TFloat32> rest = tf.math.sub(tf.constant(1f), pixel);
    List<? extends Operand<TFloat32>> blends = // of each [3 slots, B, 1]
        tf.unstack(taken, 3L, org.tensorflow.op.core.Unstack.axis(1L)).output();
    Coefficients all =
        new Coefficients(pixel, tf.math.mul(blends.get(2), rest), tf.math.mul(blends.get(1), rest));
    Operand<TBool> early = tf.math.less(slots, hueAt); // [3, B, 1]
    return new Order(all.where(tf, early), all.where(tf, tf.math.logicalNot(early)), all);
  }

  private static List<Operand<TFloat32>> blends(
      Ops tf, List<Operand<TFloat32>> planes, Coefficients coefficients) {
    List<? extends Operand<TFloat32>> pixel = slots(tf, coefficients.pixel());
    List<? extends Operand<TFloat32>> grey = slots(tf, coefficients.grey());
    List<? extends Operand<TFloat32>> mean = slots(tf, coefficients.mean());
    List<Operand<TFloat32>> x = planes;
    for (int i = 0; i < BLENDS; i++) {
      Operand<TFloat32> factor = pixel.get(i); // [B, 1]
      Operand<TFloat32> g = Luma.of(tf, x); // [B, H W]
      Operand<TFloat32> m = tf.math.mean(g, tf.constant(1), Mean.keepDims(true)); // [B, 1]
      Operand<TFloat32> target =
          tf.math.add(tf.math.mul(g, grey.get(i)), tf.math.mul(m, mean.get(i)));
      x = each(x, plane -> Planes.clip(tf, tf.math.add(tf.math.mul(plane, factor), target)));
    }
    return x;
  }

  private static List<? extends Operand<TFloat32>> slots(Ops tf, Operand<TFloat32> coefficients) {
    return tf.unstack(coefficients, (long) BLENDS).output();
  }

  private static List<Operand<TFloat32>> each(
      List<Operand<TFloat32>> planes, UnaryOperator<Operand<TFloat32>> change) {
    return planes.stream().map(change).toList();
  }

  private static Operand<TFloat32> count(Ops tf, Operand<TBool> flags) {
    return tf.reduceSum(
        tf.dtypes.cast(flags, TFloat32.class), tf.constant(0), new ReduceSum.Options[0]);
  }

  private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> u, int first, int number) {
    return tf.slice(
        u, tf.constant(new int[] {first, 0, 0}), tf.constant(new int[] {number, -1, -1}));
  }
}
