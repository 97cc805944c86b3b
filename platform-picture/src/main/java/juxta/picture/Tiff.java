package juxta.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;

/** The first directory of a TIFF, or of what cameras say in the same form. */
final class Tiff {
  /** What the numbers of a pixel are. */
  static final int PHOTOMETRIC = 262;

  /** How the rows lie. */
  static final int ORIENTATION = 274;

  /** Colours by number. */
  private static final int COLOR_MAP = 320;

  /** Inks. */
  static final int SEPARATED = 5;

  private static final int ENTRY = 12;
  private static final int SHORT = 3;
  private static final int LONG = 4;

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
    Optional<ByteBuffer> found = entry(tiff, tag);
    if (found.isEmpty()) {
      return OptionalInt.empty();
    }
    ByteBuffer entry = found.get();
    return OptionalInt.of(
        entry.getShort(2) == SHORT ? entry.getShort(8) & 0xFFFF : entry.getInt(8));
  }

  /**
   * The colours of a picture whose pixels are their numbers. Of the 16 bits that a file has the
   * upper eight are kept, as Pillow does; Java's reader makes slightly darker ones.
   *
   * @param tiff all of it
   * @return 0xRRGGBB by number; empty where there are none, or the directory is damaged
   */
  static Optional<int[]> palette(byte[] tiff) {
    ByteBuffer entry = entry(ByteBuffer.wrap(tiff), COLOR_MAP).orElse(null);
    if (entry == null || entry.getShort(2) != SHORT) {
      return Optional.empty();
    }
    long numbers = entry.getInt(4) & 0xFFFFFFFFL;
    long at = entry.getInt(8) & 0xFFFFFFFFL;
    if (numbers % 3 != 0 || numbers > 3 << 8 || at + 2 * numbers > tiff.length) {
      return Optional.empty();
    }
    ByteBuffer all = ByteBuffer.wrap(tiff).order(entry.order());
    int[] colours = new int[(int) numbers / 3];
    for (int i = 0; i < numbers; i++) { // all of red, then of green, then of blue
      int level = (all.getShort((int) at + 2 * i) & 0xFFFF) >> Byte.SIZE;
      colours[i % colours.length] |= level << 16 - Byte.SIZE * (i / colours.length);
    }
    return Optional.of(colours);
  }

  /**
   * The first of the numbers of a tag.
   *
   * @param tiff all of it
   * @param tag which
   * @return empty where it is not said, of another type, or the directory is damaged
   */
  static OptionalInt first(byte[] tiff, int tag) {
    ByteBuffer entry = entry(ByteBuffer.wrap(tiff), tag).orElse(null);
    int type = entry == null ? 0 : entry.getShort(2);
    if (type != SHORT && type != LONG) {
      return OptionalInt.empty();
    }
    boolean apart = (entry.getInt(4) & 0xFFFFFFFFL) * (type == SHORT ? 2 : 4) > 4;
    long at = apart ? entry.getInt(8) & 0xFFFFFFFFL : 0;
    if (at + 4 > tiff.length) {
      return OptionalInt.empty();
    }
    ByteBuffer from = apart ? ByteBuffer.wrap(tiff).order(entry.order()) : entry;
    int place = apart ? (int) at : 8;
    return OptionalInt.of(type == SHORT ? from.getShort(place) & 0xFFFF : from.getInt(place));
  }

  /**
   * The same file with another number.
   *
   * @param tiff all of it, whose directory has the tag with one number of 16 bits
   * @param tag which
   * @param number its new number
   * @return a copy
   */
  static byte[] with(byte[] tiff, int tag, int number) {
    byte[] copy = tiff.clone();
    entry(ByteBuffer.wrap(copy), tag).orElseThrow().putShort(8, (short) number);
    return copy;
  }

  /** The entry of a tag, twelve bytes in the order of the file. */
  private static Optional<ByteBuffer> entry(ByteBuffer tiff, int tag) {
    byte[] start = new byte[8];
    if (tiff.remaining() < start.length) {
      return Optional.empty();
    }
    tiff.get(tiff.position(), start);
    if (!is(start)) {
      return Optional.empty();
    }
    ByteBuffer all = order(tiff.slice());
    long at = all.getInt(4) & 0xFFFFFFFFL;
    if (at + 2 > all.limit()) {
      return Optional.empty();
    }
    int count = all.getShort((int) at) & 0xFFFF;
    for (long entry = at + 2; count > 0 && entry + ENTRY <= all.limit(); entry += ENTRY, count--) {
      int from = (int) entry;
      if ((all.getShort(from) & 0xFFFF) == tag) {
        return Optional.of(all.slice(from, ENTRY).order(all.order()));
      }
    }
    return Optional.empty();
  }
}
