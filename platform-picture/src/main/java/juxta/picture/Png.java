package juxta.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The chunks of a PNG. */
final class Png {
  private static final long START = 0x89504E470D0A1A0AL;
  private static final int AROUND = 12; // length, name, check sum

  private Png() {}

  /** Whether the content begins as a PNG does. */
  static boolean is(byte[] bytes) {
    return bytes.length >= 8 && ByteBuffer.wrap(bytes).getLong() == START;
  }

  /** Whether the header says grey, perhaps with transparency, of 16 bits. */
  static boolean deepGrey(byte[] bytes) {
    return bytes.length > 25 && bytes[24] == Short.SIZE && (bytes[25] == 0 || bytes[25] == 4);
  }

  /**
   * Finds a chunk.
   *
   * @param bytes a PNG's content
   * @param name four letters
   * @return the first chunk of that name; empty if there is none before the end or a damaged place
   */
  static Optional<ByteBuffer> chunk(byte[] bytes, String name) {
    ByteBuffer all = ByteBuffer.wrap(bytes);
    long at = Long.BYTES;
    while (at + AROUND <= bytes.length) {
      int start = (int) at;
      long length = all.getInt(start) & 0xFFFFFFFFL;
      if (at + AROUND + length > bytes.length) {
        return Optional.empty();
      }
      String own = new String(bytes, start + 4, 4, StandardCharsets.ISO_8859_1);
      if (own.equals(name)) {
        return Optional.of(ByteBuffer.wrap(bytes, start + 8, (int) length).slice());
      }
      at += AROUND + length;
    }
    return Optional.empty();
  }
}
