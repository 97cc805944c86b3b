package juxta.toolkit.picture;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Puts into encoded pictures what Java's encoders do not write. */
final class FilePatch {
  private FilePatch() {}

  /** The tag of orientation, as cameras write it. */
  static byte[] exif(int orientation) {
    return ByteBuffer.allocate(26)
        .put("MM\0*".getBytes(StandardCharsets.ISO_8859_1))
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 274)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .putShort((short) 0)
        .putInt(0)
        .array();
  }

  /** A JPEG with a further segment behind its first, which is JFIF's. */
  static byte[] segment(byte[] jpeg, int marker, String word, byte[] content) {
    int at = 4 + ((jpeg[4] & 0xFF) << 8 | jpeg[5] & 0xFF);
    byte[] name = word.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(jpeg.length + 4 + name.length + content.length)
        .put(jpeg, 0, at)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putShort((short) (2 + name.length + content.length))
        .put(name)
        .put(content)
        .put(jpeg, at, jpeg.length - at)
        .array();
  }

  /** A PNG with a further chunk behind its header. */
  static byte[] chunk(byte[] png, String name, byte[] content) {
    int at = 33;
    byte[] letters = name.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(letters);
    sum.update(content);
    return ByteBuffer.allocate(png.length + 12 + content.length)
        .put(png, 0, at)
        .putInt(content.length)
        .put(letters)
        .put(content)
        .putInt((int) sum.getValue())
        .put(png, at, png.length - at)
        .array();
  }

  /** What an iCCP chunk holds. */
  static byte[] profileChunk(byte[] profile) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new DataOutputStream(out).writeBytes("p\0\0");
      try (DeflaterOutputStream packed = new DeflaterOutputStream(out)) {
        packed.write(profile);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
