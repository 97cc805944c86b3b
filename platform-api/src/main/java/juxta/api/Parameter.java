package juxta.api;

import java.util.Arrays;
import java.util.List;
import org.apiguardian.api.API;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * A named tensor that lives across steps.
 *
 * @param <T> type of the elements
 * @param name full name, as saved
 * @param type class of the elements' type
 * @param shape shape in the graph
 * @param layout how it is laid out on disk
 * @param trained whether optimisers may change it
 * @param value its value in this step; read it as often as you like
 * @param handle the resource behind it, for operations that change it in place
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Parameter<T extends TNumber>(
    String name,
    Class<T> type,
    List<Long> shape,
    Layout layout,
    boolean trained,
    Operand<T> value,
    Operand<? extends TType> handle) {
  /**
   * Copies the shape.
   *
   * @param name see the record
   * @param type see the record
   * @param shape see the record
   * @param layout see the record
   * @param trained see the record
   * @param value see the record
   * @param handle see the record
   */
  public Parameter {
    shape = List.copyOf(shape);
  }

  /**
   * The shape as an array.
   *
   * @return a new array
   */
  public long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * Number of elements.
   *
   * @return the product of the dimensions
   */
  public long elements() {
    return Arrays.stream(dimensions()).reduce(1, Math::multiplyExact);
  }
}
