package juxta.engine.export.onnx;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in the wire format of Protocol Buffers, written without generated classes: those of
 * ONNX need another version of the library than TensorFlow's do. Large fields are written as they
 * are, not copied.
 */
final class Wire {
  /** A field; its size is asked for before it is written. */
  private interface Part {
    long size();

    void write(CodedOutputStream out) throws IOException;
  }

  private final List<Part> parts = new ArrayList<>();
  private long size;

  /** Adds a whole number; enums are numbers too. */
  Wire number(int field, long value) {
    return add(
        new Part() {
          @Override
          public long size() {
            return CodedOutputStream.computeInt64Size(field, value);
          }

          @Override
          public void write(CodedOutputStream out) throws IOException {
            out.writeInt64(field, value);
          }
        });
  }

  /** Adds whole numbers, each as a field of its own. */
  Wire numbers(int field, long... values) {
    for (long value : values) {
      number(field, value);
    }
    return this;
  }

  /** Adds a float. */
  Wire real(int field, float value) {
    return add(
        new Part() {
          @Override
          public long size() {
            return CodedOutputStream.computeFloatSize(field, value);
          }

          @Override
          public void write(CodedOutputStream out) throws IOException {
            out.writeFloat(field, value);
          }
        });
  }

  /** Adds a text. */
  Wire text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes, which are not copied. */
  Wire bytes(int field, byte[] value) {
    return add(
        new Part() {
          @Override
          public long size() {
            return CodedOutputStream.computeByteArraySize(field, value);
          }

          @Override
          public void write(CodedOutputStream out) throws IOException {
            out.writeByteArray(field, value);
          }
        });
  }

  /** Adds a message, to which nothing may be added any more. */
  Wire message(int field, Wire value) {
    return add(
        new Part() {
          @Override
          public long size() {
            return CodedOutputStream.computeTagSize(field)
                + CodedOutputStream.computeUInt64SizeNoTag(value.size)
                + value.size;
          }

          @Override
          public void write(CodedOutputStream out) throws IOException {
            out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt64NoTag(value.size);
            value.write(out);
          }
        });
  }

  private Wire add(Part part) {
    parts.add(part);
    size += part.size();
    return this;
  }

  /** Bytes of the whole message. */
  long size() {
    return size;
  }

  void write(CodedOutputStream out) throws IOException {
    for (Part part : parts) {
      part.write(out);
    }
  }
}
