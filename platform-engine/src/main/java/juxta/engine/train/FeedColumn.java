package juxta.engine.train;

import juxta.api.Field;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A field of a split in a graph. Its values come out of a variable that holds those of all records,
 * unless they are fed: while the graph is built it is not known yet which it will be.
 *
 * @param handle the variable
 * @param value [B, …], fed or picked out of the variable
 * @param content [N, …], what the variable is given
 * @param assign gives it to the variable
 */
record FeedColumn(
    VarHandleOp handle,
    Operand<? extends TType> value,
    Placeholder<? extends TType> content,
    Op assign) {
  /**
   * Adds a field to a graph.
   *
   * @param tf where in the graph
   * @param stream name of the stream
   * @param field a field of fixed shape
   * @param records number of all records, N
   * @param indices [B], those of a batch
   * @param size B, -1 if it varies
   */
  static FeedColumn of(
      Ops tf, String stream, Field field, long records, Operand<TInt32> indices, long size) {
    return of(tf, stream, field, Tensors.type(field.type()), records, indices, size);
  }

  private static <T extends TType> FeedColumn of(
      Ops tf,
      String stream,
      Field field,
      Class<T> type,
      long records,
      Operand<TInt32> indices,
      long size) {
    Shape all = Shape.of(RecordTensors.shape(field, records));
    VarHandleOp handle =
        tf.varHandleOp(type, all, VarHandleOp.sharedName("data/" + stream + "/" + field.name()));
    Placeholder<T> content = tf.placeholder(type, Placeholder.shape(all));
    Op assign = tf.assignVariableOp(handle, content);
    Operand<T> value = picked(tf, handle, field, type, indices, size);
    return new FeedColumn(handle, value, content, assign);
  }

  /** Records picked out of a variable, unless they are fed. */
  static <T extends TType> Operand<T> picked(
      Ops tf, VarHandleOp handle, Field field, Class<T> type, Operand<TInt32> indices, long size) {
    Operand<T> picked = tf.gather(tf.readVariableOp(handle, type), indices, tf.constant(0));
    return tf.withName(field.name())
        .placeholderWithDefault(picked, Shape.of(RecordTensors.shape(field, size)));
  }
}
