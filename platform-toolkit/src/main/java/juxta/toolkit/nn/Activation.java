package juxta.toolkit.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/** Activation functions, elementwise. */
public enum Activation {
  /** x itself. */
  NONE {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return x;
    }
  },
  /** max(x, 0). */
  RELU {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.nn.relu(x);
    }
  },
  /** min(max(x, 0), 6). */
  RELU6 {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.nn.relu6(x);
    }
  },
  /** x where positive, 0.01 x elsewhere, as PyTorch's default. */
  LEAKY_RELU {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.nn.leakyRelu(x, LeakyRelu.alpha(0.01f));
    }
  },
  /** x Φ(x) with the exact Φ: see {@link Gelu}. */
  GELU {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return Gelu.apply(tf, x);
    }
  },
  /** x sigmoid(x). */
  SILU {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.math.mul(x, tf.math.sigmoid(x));
    }
  },
  /** The hyperbolic tangent. */
  TANH {
    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
      return tf.math.tanh(x);
    }
  };

  /**
   * Applies the function.
   *
   * @param tf makes operations
   * @param x any shape
   * @return the same shape
   */
  public abstract Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x);
}
