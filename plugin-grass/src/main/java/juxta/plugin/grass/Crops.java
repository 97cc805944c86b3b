package juxta.plugin.grass;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.Value;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Boxes of views, in the graph: [2N, 4] with first row, row after the last, and so the columns. */
final class Crops {
  private Crops() {}

  /** Boxes as they are fed. */
  static Value value(List<CropBox> boxes) {
    ByteBuffer data = ByteBuffer.allocate(16 * boxes.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (CropBox box : boxes) {
      data.putInt(box.top()).putInt(box.bottom()).putInt(box.left()).putInt(box.right());
    }
    return new Value(FieldType.INT32, List.of((long) boxes.size(), 4L), data.flip());
  }

  /**
   * Cuts the boxes out and enlarges them to the size of the views by nearest neighbour: pixel i
   * shows pixel floor(i * length / side) of the box. A box that is the whole view leaves it as it
   * is. No gradient flows back.
   *
   * @param scope where to build
   * @param views [2N, side, side, C]
   * @param boxes [2N, 4]
   * @param side rows and columns of a view
   * @return [2N, side, side, C]
   */
  static Operand<TFloat32> of(
      GraphScope scope, Operand<TFloat32> views, Operand<TInt32> boxes, int side) {
    Ops tf = scope.tf();
    Operand<TFloat32> tall = // the rows
        tf.gather(views, shown(scope, boxes, 0, side), tf.constant(1), Gather.batchDims(1L));
    Operand<TFloat32> crops = // the columns of these
        tf.gather(tall, shown(scope, boxes, 2, side), tf.constant(2), Gather.batchDims(1L));
    return tf.stopGradient(crops);
  }

  /** Which row or column each row or column shows, [2N, side]. */
  private static Operand<TInt32> shown(
      GraphScope scope, Operand<TInt32> boxes, int first, int side) {
    Ops tf = scope.tf();
    Operand<TInt32> start = column(scope, boxes, first); // [2N, 1]
    Operand<TInt32> length = tf.math.sub(column(scope, boxes, first + 1), start);
    Operand<TInt32> i = tf.range(tf.constant(0), tf.constant(side), tf.constant(1)); // [side]
    return tf.math.add(start, tf.math.floorDiv(tf.math.mul(length, i), tf.constant(side)));
  }

  /**
   * How much of the views the boxes hold.
   *
   * @param scope where to build
   * @param boxes [2N, 4]
   * @param side rows and columns of a view
   * @return mean share of the area, a scalar in (0, 1]
   */
  static Operand<TFloat32> area(GraphScope scope, Operand<TInt32> boxes, int side) {
    Ops tf = scope.tf();
    Operand<TInt32> pixels =
        tf.math.mul(
            tf.math.sub(column(scope, boxes, 1), column(scope, boxes, 0)),
            tf.math.sub(column(scope, boxes, 3), column(scope, boxes, 2)));
    return tf.math.div(
        tf.math.mean(tf.dtypes.cast(pixels, TFloat32.class), scope.ints(0, 1)),
        scope.constant((float) side * side));
  }

  private static Operand<TInt32> column(GraphScope scope, Operand<TInt32> boxes, int k) {
    return scope.tf().slice(boxes, scope.ints(0, k), scope.ints(-1, 1));
  }
}
