package juxta.plugin.iir;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Soft histogram bins: triangles around Q evenly spaced centres, flat beyond the outermost two. Bin
 * 0 is the highest similarity. The memberships of a number sum to 1.
 *
 * @param count Q, 2 or more
 * @param low centre of the last bin
 * @param high centre of bin 0
 */
record Bins(int count, double low, double high) {
  Bins {
    if (count < 2 || !(low < high)) {
      throw new IllegalArgumentException(count + " bins from " + low + " to " + high);
    }
  }

  /** delta_m(x) = max(0, 1 - |x - c_m| / Delta) with x limited to the range; [...] to [..., Q]. */
  Operand<TFloat32> memberships(Ops tf, Operand<TFloat32> x) {
    double width = (high - low) / (count - 1); // Delta
    float[] centres = new float[count];
    for (int m = 0; m < count; m++) {
      centres[m] = (float) (high - m * width);
    }
    Operand<TFloat32> limited =
        tf.clipByValue(x, tf.constant((float) low), tf.constant((float) high));
    Operand<TFloat32> distance =
        tf.math.abs(tf.math.sub(tf.expandDims(limited, tf.constant(-1)), tf.constant(centres)));
    return tf.math.maximum(
        tf.math.sub(tf.constant(1f), tf.math.mul(distance, tf.constant((float) (1 / width)))),
        tf.constant(0f));
  }
}
