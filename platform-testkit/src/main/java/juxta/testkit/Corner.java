package juxta.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Value;

/**
 * The first corner of records, with zeros at the end of axes that are too short, so that a function
 * that is applied to patches gets one of each record.
 */
final class Corner {
  private Corner() {}

  /** A field as a function wants it; where it leaves a length open, as long as records are. */
  static Field of(Field wanted, Field stored) {
    if (wanted.type() == FieldType.TEXT || wanted.shape().size() != stored.shape().size()) {
      return wanted;
    }
    List<Long> lengths = new ArrayList<>();
    for (int axis = 0; axis < wanted.shape().size(); axis++) {
      long asked = wanted.shape().get(axis);
      lengths.add(asked < 0 ? stored.shape().get(axis) : asked);
    }
    return new Field(wanted.name(), wanted.type(), lengths);
  }

  /** The corner of a value that has the field's shape. */
  static Value of(Field field, Value value) {
    if (field.type() == FieldType.TEXT
        || value.shape().equals(field.shape())
        || value.shape().size() != field.shape().size()) {
      return value;
    }
    ByteBuffer corner = ByteBuffer.allocate(Math.toIntExact(field.bytes()));
    int bytes = Math.toIntExact(field.bytes() / field.elements());
    copy(value, field.shape(), new Place(0, 0, 0), bytes, corner);
    return new Value(field.type(), field.shape(), corner);
  }

  /** An axis, and the element that was come to in both. */
  private record Place(int axis, long from, long to) {}

  private static void copy(Value value, List<Long> wanted, Place at, int bytes, ByteBuffer corner) {
    if (at.axis() == wanted.size()) {
      for (int i = 0; i < bytes; i++) {
        corner.put(
            Math.toIntExact(at.to() * bytes) + i,
            value.data().get(Math.toIntExact(at.from() * bytes) + i));
      }
      return;
    }
    long has = value.shape().get(at.axis());
    long asked = wanted.get(at.axis());
    for (long i = 0; i < Math.min(has, asked); i++) {
      Place next = new Place(at.axis() + 1, at.from() * has + i, at.to() * asked + i);
      copy(value, wanted, next, bytes, corner);
    }
  }
}
