package juxta.api;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apiguardian.api.API;

/**
 * One record's value of one field.
 *
 * @param type type of the elements
 * @param shape the shape, [] for scalars and text
 * @param data the elements, row-major, little endian, from position to limit
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Value(FieldType type, List<Long> shape, ByteBuffer data) {
  /**
   * Copies the shape and makes the data read-only, little endian.
   *
   * @param type see the record
   * @param shape see the record
   * @param data see the record
   */
  public Value {
    shape = List.copyOf(shape);
    data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * A whole number, for labels and ids.
   *
   * @param number the number
   * @return a value of type INT32 and shape []
   */
  public static Value of(int number) {
    ByteBuffer data = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    return new Value(FieldType.INT32, List.of(), data.putInt(0, number));
  }

  /**
   * A text.
   *
   * @param text the text
   * @return a value of type TEXT
   */
  public static Value of(String text) {
    return new Value(
        FieldType.TEXT, List.of(), ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The elements; each call returns a buffer of its own position.
   *
   * @return a read-only little endian buffer
   */
  @Override
  public ByteBuffer data() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The whole number of a scalar INT32 value.
   *
   * @return the number
   */
  public int number() {
    return data.getInt(0);
  }

  /**
   * The text of a TEXT value.
   *
   * @return the text
   */
  public String text() {
    return StandardCharsets.UTF_8.decode(data()).toString();
  }
}
