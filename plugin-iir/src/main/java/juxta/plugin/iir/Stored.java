package juxta.plugin.iir;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * A tensor that lives on the device between the runs of one step. It is no parameter: nothing of it
 * is left when the step is over.
 *
 * @param handle the resource
 */
record Stored(VarHandleOp handle) {
  static Stored of(Ops tf, String name, long[] shape) {
    return new Stored(
        tf.varHandleOp(TFloat32.class, Shape.of(shape), VarHandleOp.sharedName("tuning/" + name)));
  }

  Op assign(Ops tf, Operand<TFloat32> value) {
    return tf.assignVariableOp(handle, value);
  }

  Op add(Ops tf, Operand<TFloat32> value) {
    return tf.assignAddVariableOp(handle, value);
  }

  Operand<TFloat32> read(Ops tf) {
    return tf.readVariableOp(handle, TFloat32.class);
  }
}
