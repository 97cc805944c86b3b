package juxta.toolkit.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntFunction;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Value;

/**
 * One field of a split and how its values are read.
 *
 * @param field name, type and shape
 * @param read gives the value of a record, from 0 to the split's size - 1; safe to call from
 *     several threads, and gives the same every time
 */
public record Column(Field field, IntFunction<Value> read) {
  /**
   * Class labels, the field {@link Field#LABEL}.
   *
   * @param labels one a record; kept, not copied
   * @return the column
   */
  public static Column labels(int[] labels) {
    return numbers(Field.LABEL, labels);
  }

  /**
   * Whole numbers, int32 [].
   *
   * @param name the field's name
   * @param numbers one a record; kept, not copied
   * @return the column
   */
  public static Column numbers(String name, int[] numbers) {
    return new Column(Field.of(name, FieldType.INT32), record -> Value.of(numbers[record]));
  }

  /**
   * Texts.
   *
   * @param name the field's name
   * @param texts one a record; kept, not copied
   * @return the column
   */
  public static Column texts(String name, List<String> texts) {
    return new Column(Field.of(name, FieldType.TEXT), record -> Value.of(texts.get(record)));
  }

  /**
   * Masks of one size, the field {@link Field#MASK}.
   *
   * @param height pixels
   * @param width pixels
   * @param classes gives a record's class indices in the order [height, width]
   * @return the column
   */
  public static Column masks(int height, int width, IntFunction<byte[]> classes) {
    return bytes(Field.of(Field.MASK, FieldType.UINT8, height, width), classes);
  }

  /**
   * Images of one size, the field {@link Field#IMAGE}.
   *
   * @param height pixels
   * @param width pixels
   * @param channels 1 or 3
   * @param pixels gives a record's bytes in the order [height, width, channels]
   * @return the column
   */
  public static Column images(int height, int width, int channels, IntFunction<byte[]> pixels) {
    return bytes(Field.of(Field.IMAGE, FieldType.UINT8, height, width, channels), pixels);
  }

  private static Column bytes(Field field, IntFunction<byte[]> read) {
    return new Column(
        field,
        record -> new Value(field.type(), field.shape(), ByteBuffer.wrap(read.apply(record))));
  }
}
