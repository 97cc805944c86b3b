package juxta.launcher.preview;

import java.nio.ByteBuffer;
import juxta.api.Value;

/** The elements of a value as numbers, without a copy. */
final class Numbers {
  private final Value value;
  private final ByteBuffer data;

  Numbers(Value value) {
    this.value = value;
    this.data = value.data();
  }

  int size() {
    return data.remaining() / value.type().bytes();
  }

  double at(int index) {
    return switch (value.type()) {
      case UINT8, TEXT -> data.get(index) & 0xFF;
      case INT32 -> data.getInt(4 * index);
      case FLOAT32 -> data.getFloat(4 * index);
    };
  }
}
