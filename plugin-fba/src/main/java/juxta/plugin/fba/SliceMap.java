package juxta.plugin.fba;

import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Where each pixel of a view of a slice comes from. Resize, turn by quarters, flip and rotation
 * move pixels and never mix them, so they are composed, from the last one backwards, into one map.
 *
 * @param voxels number of the voxel in its stored scan [N, size * size]
 * @param inside 1 where the view shows that voxel, 0 where it shows nothing, [N, size * size]
 */
record SliceMap(Operand<TInt32> voxels, Operand<TFloat32> inside) {
  /**
   * Pixels of slices, whole or between the pixels: both of a shape that broadcasts to [N, s, s].
   */
  private record Place<T extends TNumber>(Operand<T> x, Operand<T> y) {}

  /**
   * The maps of a batch.
   *
   * @param extent real lengths [N, 3], 1 or more; what is stored beyond them is never shown
   * @param stored the stored scans' shape N, X, Y, Z
   * @param size side of the view
   */
  static SliceMap of(
      GraphScope scope,
      SliceDraws draws,
      Operand<TInt32> extent,
      Operand<TInt32> stored,
      int size) {
    Ops tf = scope.tf();
    Place<TInt32> length = // [N, 1, 1]
        new Place<>(SliceDraws.column(scope, extent, 0), SliceDraws.column(scope, extent, 1));
    Place<TInt32> straight = reflected(scope, draws, length, size);
    Place<TInt32> place = rotated(scope, draws.degrees(), straight, length); // [N, s, s]
    Place<TInt32> real =
        new Place<>(clipped(scope, place.x(), length.x()), clipped(scope, place.y(), length.y()));
    Operand<TFloat32> inside =
        tf.dtypes.cast(
            tf.math.logicalAnd(
                tf.math.equal(place.x(), real.x()), tf.math.equal(place.y(), real.y())),
            TFloat32.class);
    Operand<TInt32> voxels = // (x Y + y) Z + z, as the scan lies in memory
        tf.math.add(
            tf.math.mul(
                tf.math.add(tf.math.mul(real.x(), axis(scope, stored, 2)), real.y()),
                axis(scope, stored, 3)),
            draws.slice());
    Operand<TInt32> flat = scope.ints(-1, size * size);
    return new SliceMap(tf.reshape(voxels, flat), tf.reshape(inside, flat));
  }

  /** From the view, size by size, to a slice of its real lengths before its turn by quarters. */
  private static Place<TInt32> reflected(
      GraphScope scope, SliceDraws draws, Place<TInt32> length, int size) {
    Ops tf = scope.tf();
    Operand<TInt32> side = tf.constant(size);
    Operand<TInt32> places = tf.range(tf.constant(0), side, tf.constant(1));
    Operand<TInt32> rows = tf.reshape(places, scope.ints(1, -1, 1)); // [1, s, 1]
    Operand<TInt32> columns = tf.reshape(places, scope.ints(1, 1, -1)); // [1, 1, s]
    Operand<TInt32> x = // [N, s, s]
        Planes.nearest(scope, tf.select(draws.across(), columns, rows), length.x(), side);
    Operand<TInt32> y =
        Planes.nearest(scope, tf.select(draws.across(), rows, columns), length.y(), side);
    return new Place<>(
        tf.select(draws.mirrorX(), mirror(scope, x, length.x()), x),
        tf.select(draws.mirrorY(), mirror(scope, y, length.y()), y));
  }

  /**
   * About the centre of the slice, to the nearest pixel, which may lie outside. Degrees above 0
   * turn the picture from x towards y; the specification leaves the direction open, and the draws
   * are nearly even.
   */
  private static Place<TInt32> rotated(
      GraphScope scope, Operand<TInt32> degrees, Place<TInt32> place, Place<TInt32> length) {
    Ops tf = scope.tf();
    Operand<TFloat32> angle =
        tf.math.mul(
            tf.dtypes.cast(degrees, TFloat32.class), scope.constant((float) (Math.PI / 180)));
    Operand<TFloat32> cos = tf.math.cos(angle); // [N, 1, 1]
    Operand<TFloat32> sin = tf.math.sin(angle);
    Place<TFloat32> centre = new Place<>(centre(scope, length.x()), centre(scope, length.y()));
    Operand<TFloat32> dx = // [N, s, s]
        tf.math.sub(tf.dtypes.cast(place.x(), TFloat32.class), centre.x());
    Operand<TFloat32> dy = tf.math.sub(tf.dtypes.cast(place.y(), TFloat32.class), centre.y());
    return new Place<>(
        round(
            scope,
            tf.math.add(centre.x(), tf.math.add(tf.math.mul(cos, dx), tf.math.mul(sin, dy)))),
        round(
            scope,
            tf.math.add(centre.y(), tf.math.sub(tf.math.mul(cos, dy), tf.math.mul(sin, dx)))));
  }

  private static Operand<TFloat32> centre(GraphScope scope, Operand<TInt32> length) {
    Ops tf = scope.tf();
    return tf.math.mul(
        tf.dtypes.cast(tf.math.sub(length, tf.constant(1)), TFloat32.class), scope.constant(0.5f));
  }

  private static Operand<TInt32> round(GraphScope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    return tf.dtypes.cast(tf.math.floor(tf.math.add(x, scope.constant(0.5f))), TInt32.class);
  }

  private static Operand<TInt32> mirror(
      GraphScope scope, Operand<TInt32> place, Operand<TInt32> length) {
    Ops tf = scope.tf();
    return tf.math.sub(tf.math.sub(length, tf.constant(1)), place);
  }

  private static Operand<TInt32> clipped(
      GraphScope scope, Operand<TInt32> place, Operand<TInt32> length) {
    Ops tf = scope.tf();
    return tf.math.minimum(
        tf.math.maximum(place, tf.constant(0)), tf.math.sub(length, tf.constant(1)));
  }

  private static Operand<TInt32> axis(GraphScope scope, Operand<TInt32> shape, int axis) {
    return scope.tf().gather(shape, scope.tf().constant(axis), scope.tf().constant(0));
  }
}
