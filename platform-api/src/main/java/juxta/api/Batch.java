package juxta.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * Named tensors of a batch, the first axis of each running over its records. Fields of type uint8
 * arrive as {@code TUint8}, int32 as {@code TInt32}, float32 as {@code TFloat32}.
 *
 * @param fields tensors by field name
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Batch(Map<String, Operand<? extends TType>> fields) {
  /**
   * Copies.
   *
   * @param fields see the record
   */
  public Batch {
    fields = Map.copyOf(fields);
  }

  /**
   * A batch of one field.
   *
   * @param name the field
   * @param value [B, …]
   * @return the batch
   */
  public static Batch of(String name, Operand<? extends TType> value) {
    return new Batch(Map.of(name, value));
  }

  /**
   * The same batch with a field added or replaced.
   *
   * @param name the field
   * @param value [B, …]
   * @return a new batch
   */
  public Batch with(String name, Operand<? extends TType> value) {
    Map<String, Operand<? extends TType>> all = new LinkedHashMap<>(fields);
    all.put(name, value);
    return new Batch(all);
  }

  /**
   * A field.
   *
   * @param name its name
   * @return [B, …]
   * @throws UserException if the batch lacks it
   */
  public Operand<? extends TType> get(String name) {
    Operand<? extends TType> value = fields.get(name);
    if (value == null) {
      throw new UserException(
          "the data have no field '" + name + "'; they have " + fields.keySet());
    }
    return value;
  }

  /**
   * A field of floats.
   *
   * @param name its name
   * @return [B, …]
   */
  public Operand<TFloat32> floats(String name) {
    return typed(name, TFloat32.class);
  }

  /**
   * A field of integers.
   *
   * @param name its name
   * @return [B, …]
   */
  public Operand<TInt32> ints(String name) {
    return typed(name, TInt32.class);
  }

  /**
   * A field of bytes.
   *
   * @param name its name
   * @return [B, …]
   */
  public Operand<TUint8> bytes(String name) {
    return typed(name, TUint8.class);
  }

  /**
   * The images, after an augmentation.
   *
   * @return [B, H, W, C]
   */
  public Operand<TFloat32> image() {
    return floats(Field.IMAGE);
  }

  @SuppressWarnings("unchecked")
  private <T extends TType> Operand<T> typed(String name, Class<T> type) {
    Operand<? extends TType> value = get(name);
    if (value.type() != type) {
      throw new UserException(
          "field '"
              + name
              + "' holds "
              + value.type().getSimpleName()
              + " where "
              + type.getSimpleName()
              + " is needed");
    }
    return (Operand<T>) value;
  }
}
