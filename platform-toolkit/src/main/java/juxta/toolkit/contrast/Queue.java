package juxta.toolkit.contrast;

import java.util.List;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.UserException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The keys of the last steps, first in, first out, as in MoCo (<a
 * href="https://arxiv.org/abs/1911.05722">He et al. 2020</a>). A step sees the keys of the steps
 * before it, never its own. Saved as {@code rows} and {@code pointer}.
 */
public final class Queue {
  private final GraphScope scope;
  private final int size;
  private final int batch;
  private final Parameter<TFloat32> rows;
  private final Parameter<TInt32> pointer;

  /**
   * Makes the queue, filled with random unit rows as MoCo's.
   *
   * @param scope where to make it
   * @param size K, number of rows, a multiple of the batch
   * @param width D, length of a row
   * @param batch B, rows that enter each step
   * @throws UserException if the size is no multiple of the batch
   */
  public Queue(GraphScope scope, int size, int width, int batch) {
    if (batch < 1 || size < batch || size % batch != 0) {
      throw new UserException(
          "a queue of "
              + size
              + " rows is no multiple of the batch of "
              + batch
              + "; change one of the two, for example the queue to "
              + Math.max(1, size / Math.max(1, batch)) * batch);
    }
    this.scope = scope;
    this.size = size;
    this.batch = batch;
    this.rows =
        scope.state(
            "rows",
            TFloat32.class,
            (tf, shape, seed) ->
                unit(tf, tf.random.statelessRandomNormal(tf.constant(shape), seed)),
            size,
            width);
    this.pointer =
        scope.state(
            "pointer",
            TInt32.class,
            (tf, shape, seed) -> tf.fill(tf.constant(shape), tf.constant(0)));
  }

  /**
   * Each query's own key in the first column, then all keys that wait.
   *
   * @param scope where to build
   * @param n number of queries
   * @param q [n, D], of any length
   * @param k [n, D], of any length; no gradient flows into them
   * @param waiting [K, D]; no gradient flows into them
   * @return cosines [n, 1 + K], of which the first of each row is the positive
   */
  public static Comparison compare(
      GraphScope scope,
      int n,
      Operand<TFloat32> q,
      Operand<TFloat32> k,
      Operand<TFloat32> waiting) {
    Ops tf = scope.tf();
    Operand<TFloat32> own = // [n, 1]
        tf.expandDims(Similarity.paired(scope, q, tf.stopGradient(k)), tf.constant(1));
    Operand<TFloat32> others = Similarity.cosine(scope, q, tf.stopGradient(waiting)); // [n, K]
    return Comparison.of(
        tf.concat(List.of(own, others), tf.constant(1)), // [n, 1 + K]
        Targets.first(scope, n, 1 + (int) waiting.shape().get(0)));
  }

  private static Operand<TFloat32> unit(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> square =
        tf.reduceSum(
            tf.math.square(x), tf.constant(-1), org.tensorflow.op.core.ReduceSum.keepDims(true));
    return tf.math.mul(x, tf.math.rsqrt(square));
  }

  /**
   * The rows before this step.
   *
   * @return [K, D], without gradient
   */
  public Operand<TFloat32> rows() {
    return scope.tf().stopGradient(rows.value());
  }

  /**
   * A number beside each row, which comes and goes with it, such as the class of its record. Saved
   * by its name.
   *
   * @param name what the numbers are
   * @param entering [B], of the rows that enter at the end of this step
   * @return [K], of the rows before this step; -1 for rows that no step has filled
   */
  public Operand<TInt32> beside(String name, Operand<TInt32> entering) {
    Parameter<TInt32> numbers =
        scope.state(
            name,
            TInt32.class,
            (tf, shape, seed) -> tf.fill(tf.constant(shape), tf.constant(-1)),
            size);
    scope.update(
        scope
            .tf()
            .withControlDependencies(List.of(numbers.value()))
            .resourceScatterUpdate(numbers.handle(), places(), entering));
    return numbers.value();
  }

  /** Where the next rows go, [B]. */
  private Operand<TInt32> places() {
    Ops tf = scope.tf();
    return tf.math.add(
        pointer.value(), tf.range(tf.constant(0), tf.constant(batch), tf.constant(1)));
  }

  /**
   * Replaces the oldest rows at the end of this step. Call it once.
   *
   * @param keys [B, D]
   */
  public void enqueue(Operand<TFloat32> keys) {
    Ops tf = scope.tf();
    scope.update(
        tf.withControlDependencies(List.of(rows.value()))
            .resourceScatterUpdate(rows.handle(), places(), tf.stopGradient(keys)));
    scope.assign(
        pointer, tf.math.mod(tf.math.add(pointer.value(), tf.constant(batch)), tf.constant(size)));
  }
}
