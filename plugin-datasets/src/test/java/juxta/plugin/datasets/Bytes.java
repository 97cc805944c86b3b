package juxta.plugin.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import juxta.api.Split;
import juxta.api.Value;

/** Byte arrays and files for tests. */
public final class Bytes {
  private Bytes() {}

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  public static byte[] of(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  public static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new java.util.Random(seed).nextBytes(bytes);
    return bytes;
  }

  public static byte[] first(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  public static Path write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] image(Split split, int record) {
    Value value = split.value("image", record);
    byte[] bytes = new byte[value.data().remaining()];
    value.data().get(bytes);
    return bytes;
  }

  public static int label(Split split, int record) {
    return split.value("label", record).number();
  }
}
