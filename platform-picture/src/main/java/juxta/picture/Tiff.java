package juxta.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/** The first directory of a TIFF, or of what cameras say in the same form. */
final class Tiff {
  /** What the numbers of a pixel are. */
  static final int PHOTOMETRIC = 262;

  /** How the rows lie. */
  static final int ORIENTATION = 274;

  /** Inks. */
  static final int SEPARATED = 5;

  private static final int ENTRY = 12;
  private static final int SHORT = 3;

  private Tiff() {}

  /** Whether the content begins as a TIFF does, of either order of bytes. */
  static boolean is(byte[] bytes) {
    return bytes.length >= 8 && order(ByteBuffer.wrap(bytes)).getShort(2) == 42 && known(bytes);
  }

  private static boolean known(byte[] bytes) {
    return bytes[0] == bytes[1] && (bytes[0] == 'I' || bytes[0] == 'M');
  }

  private static ByteBuffer order(ByteBuffer all) {
    return all.order(all.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  /**
   * A number of the first directory.
   *
   * @param tiff all of it, from its first byte
   * @param tag which
   * @return empty where it is not said, or the directory is damaged
   */
  static OptionalInt tag(ByteBuffer tiff, int tag) {
    byte[] start = new byte[8];
    if (tiff.remaining() < start.length) {
      return OptionalInt.empty();
    }
    tiff.get(tiff.position(), start);
    if (!is(start)) {
      return OptionalInt.empty();
    }
    ByteBuffer all = order(tiff.slice());
    long at = all.getInt(4) & 0xFFFFFFFFL;
    if (at + 2 > all.limit()) {
      return OptionalInt.empty();
    }
    int count = all.getShort((int) at) & 0xFFFF;
    for (long entry = at + 2; count > 0 && entry + ENTRY <= all.limit(); entry += ENTRY, count--) {
      int from = (int) entry;
      if ((all.getShort(from) & 0xFFFF) == tag) {
        return OptionalInt.of(
            all.getShort(from + 2) == SHORT
                ? all.getShort(from + 8) & 0xFFFF
                : all.getInt(from + 8));
      }
    }
    return OptionalInt.empty();
  }
}
