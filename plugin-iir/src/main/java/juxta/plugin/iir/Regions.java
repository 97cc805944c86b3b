package juxta.plugin.iir;

import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * The square regions of R-MAC at one level, laid out in the graph, since images differ in size
 * ({@code filipradenovic/cnnimageretrieval-pytorch}, {@code layers/functional.py}). They overlap by
 * about 40 %.
 *
 * @param side side of the squares, a scalar; 0 where the map is too small for them
 * @param rows first rows of the regions [R]
 * @param columns first columns of the regions [C]; every row goes with every column
 */
record Regions(Operand<TInt32> side, Operand<TInt32> rows, Operand<TInt32> columns) {
  private static final double OVERLAP = 0.4;
  private static final int LEAST_STEPS = 2;
  private static final int MOST_STEPS = 7;

  /**
   * Lays out a level.
   *
   * @param height of the map, a scalar
   * @param width of the map, a scalar
   * @param level from 1; the side is 2 min(height, width) / (level + 1), rounded down
   */
  static Regions of(GraphScope scope, Operand<TInt32> height, Operand<TInt32> width, int level) {
    Ops tf = scope.tf();
    Operand<TInt32> shorter = tf.math.minimum(height, width); // m
    Operand<TInt32> extra = extra(tf, shorter, tf.math.maximum(height, width));
    Operand<TInt32> none = tf.constant(0);
    Operand<TInt32> side = // s
        tf.math.floorDiv(tf.math.mul(shorter, tf.constant(2)), tf.constant(level + 1));
    return new Regions(
        side,
        starts(tf, height, side, tf.select(tf.math.greater(height, width), extra, none), level),
        starts(tf, width, side, tf.select(tf.math.greater(width, height), extra, none), level));
  }

  /** e = n - 1 for the n of 2 to 7 at which neighbouring squares overlap by nearest to 40 %. */
  private static Operand<TInt32> extra(Ops tf, Operand<TInt32> shorter, Operand<TInt32> longer) {
    double[] gaps = new double[MOST_STEPS - LEAST_STEPS + 1]; // n - 1
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = LEAST_STEPS - 1 + i;
    }
    Operand<TFloat64> m = real(tf, shorter);
    Operand<TFloat64> b = // [6]
        tf.math.div(tf.math.sub(real(tf, longer), m), tf.constant(gaps));
    Operand<TFloat64> square = tf.math.square(m);
    Operand<TFloat64> shared = tf.math.div(tf.math.sub(square, tf.math.mul(m, b)), square);
    Operand<TFloat64> off = tf.math.abs(tf.math.sub(shared, tf.constant(OVERLAP)));
    return tf.math.add(
        tf.math.argMin(off, tf.constant(0), TInt32.class), tf.constant(LEAST_STEPS - 1));
  }

  /** floor(c + i b) - c for i = 0 .. l + e - 1, c = floor(s / 2 - 1), b = (D - s) / (l + e - 1). */
  private static Operand<TInt32> starts(
      Ops tf, Operand<TInt32> length, Operand<TInt32> side, Operand<TInt32> extra, int level) {
    Operand<TInt32> count = tf.math.add(tf.constant(level), extra);
    Operand<TFloat64> c =
        tf.math.floor(tf.math.sub(tf.math.mul(real(tf, side), tf.constant(0.5)), tf.constant(1.0)));
    Operand<TFloat64> b =
        tf.math.divNoNan(
            real(tf, tf.math.sub(length, side)), real(tf, tf.math.sub(count, tf.constant(1))));
    Operand<TFloat64> i = real(tf, tf.range(tf.constant(0), count, tf.constant(1)));
    Operand<TFloat64> start = tf.math.sub(tf.math.floor(tf.math.add(c, tf.math.mul(i, b))), c);
    return tf.dtypes.cast(start, TInt32.class);
  }

  private static Operand<TFloat64> real(Ops tf, Operand<TInt32> x) {
    return tf.dtypes.cast(x, TFloat64.class);
  }

  /** 1 where a place along an axis belongs to a region that starts there, else 0: [R, length]. */
  Operand<TFloat32> cover(Ops tf, Operand<TInt32> starts, Operand<TInt32> length) {
    Operand<TInt32> first = tf.expandDims(starts, tf.constant(1)); // [R, 1]
    Operand<TInt32> places =
        tf.expandDims(tf.range(tf.constant(0), length, tf.constant(1)), tf.constant(0));
    return tf.dtypes.cast(
        tf.math.logicalAnd(
            tf.math.greaterEqual(places, first), tf.math.less(places, tf.math.add(first, side))),
        TFloat32.class);
  }
}
