package juxta.plugin.datasets;

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
 * @param read gives the value of a record; safe to call from several threads
 */
record Column(Field field, IntFunction<Value> read) {
  /** Class labels. */
  static Column labels(int[] labels) {
    return numbers(Field.LABEL, labels);
  }

  /** Whole numbers, one a record. */
  static Column numbers(String name, int[] numbers) {
    return new Column(Field.of(name, FieldType.INT32), record -> Value.of(numbers[record]));
  }

  /** Texts, one a record. */
  static Column texts(String name, List<String> texts) {
    return new Column(Field.of(name, FieldType.TEXT), record -> Value.of(texts.get(record)));
  }

  /** Masks of one size, each as bytes in the order [height, width]. */
  static Column masks(int height, int width, IntFunction<byte[]> classes) {
    Field field = Field.of(Field.MASK, FieldType.UINT8, height, width);
    return new Column(
        field,
        record ->
            new Value(FieldType.UINT8, field.shape(), ByteBuffer.wrap(classes.apply(record))));
  }

  /** Images of one size, each as bytes in the order [height, width, channels]. */
  static Column images(int height, int width, int channels, IntFunction<byte[]> pixels) {
    Field field = Field.of(Field.IMAGE, FieldType.UINT8, height, width, channels);
    return new Column(
        field,
        record -> new Value(FieldType.UINT8, field.shape(), ByteBuffer.wrap(pixels.apply(record))));
  }
}
