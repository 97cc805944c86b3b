package juxta.api;

import org.apiguardian.api.API;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Makes the first value of a parameter.
 *
 * @param <T> type of the elements
 */
@FunctionalInterface
@API(status = API.Status.STABLE, since = "0.1")
public interface Initializer<T extends TNumber> {
  /**
   * Makes the value.
   *
   * @param tf makes operations
   * @param shape shape of the parameter
   * @param seed [2], a seed that depends on the run's seed and the parameter's name only
   * @return a tensor of that shape
   */
  Operand<T> create(Ops tf, long[] shape, Operand<TInt64> seed);
}
