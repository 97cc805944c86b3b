package juxta.plugin.datasets.volume;

import java.nio.ByteBuffer;

/**
 * Undoes the filter Bitshuffle, plain or with LZ4: of a block of numbers come the first bits of
 * all, then the second ones, and so on. jhdf's own gives wrong numbers where a chunk has several
 * blocks.
 *
 * @see <a href="https://github.com/kiyo-masui/bitshuffle/blob/0.5.1/README.rst">its readme</a> and
 *     <a href="https://github.com/lz4/lz4/blob/v1.9.4/doc/lz4_Block_format.md">LZ4's blocks</a>
 */
final class Hdf5Bitshuffle {
  private static final int LZ4 = 2;
  private static final int TOGETHER = 8; // numbers that are left at the end stay as they are
  private static final int USUAL_BYTES = 8192;
  private static final int LEAST = 128;
  private static final int MORE = 15; // more bytes of a length follow
  private static final int SHORTEST_COPY = 4;

  private Hdf5Bitshuffle() {}

  /**
   * Whether it is one of the two kinds.
   *
   * @param values what the filter was told: two of a version, bytes of a number, numbers of a block
   *     (0 for the usual), packing (0 for none)
   */
  static boolean known(int... values) {
    return values.length >= 3
        && values[2] > 0
        && (values.length < 5 || values[4] == 0 || values[4] == LZ4);
  }

  /**
   * Undoes it.
   *
   * @param data as stored
   * @param most bytes that may come of it
   * @param values {@link #known} ones
   * @throws IllegalArgumentException if the data are damaged
   */
  static byte[] undo(byte[] data, int most, int... values) {
    int width = values[2];
    boolean packed = values.length > 4 && values[4] == LZ4;
    ByteBuffer from = ByteBuffer.wrap(data);
    long length = packed ? from.getLong() : data.length;
    long block = packed ? (from.getInt() & 0xFFFFFFFFL) / width : values.length > 3 ? values[3] : 0;
    if (block == 0) {
      block = Math.max(USUAL_BYTES / width / TOGETHER * TOGETHER, LEAST);
    }
    if (length < 0 || length > most || block < 1 || block % TOGETHER != 0) {
      throw new IllegalArgumentException("a chunk of bits in impossible blocks");
    }
    byte[] plain = new byte[(int) length];
    int numbers = plain.length / width;
    int at = 0;
    while (numbers - at >= TOGETHER) {
      int count = (int) Math.min(block, (numbers - at) / TOGETHER * TOGETHER);
      byte[] bits = new byte[count * width];
      if (packed) {
        unpack(from.slice(from.position() + 4, from.getInt(from.position())), bits);
        from.position(from.position() + 4 + from.getInt(from.position()));
      } else {
        from.get(bits);
      }
      sort(bits, count, width, plain, at * width);
      at += count;
    }
    from.get(plain, at * width, plain.length - at * width);
    return plain;
  }

  /** Bit k of byte b of all numbers, eight numbers a byte, for each k and b. */
  private static void sort(byte[] bits, int count, int width, byte[] plain, int start) {
    int row = count / TOGETHER;
    for (int b = 0; b < width; b++) {
      for (int k = 0; k < Byte.SIZE; k++) {
        int from = (b * Byte.SIZE + k) * row;
        for (int i = 0; i < row; i++) {
          int eight = bits[from + i];
          int to = start + i * TOGETHER * width + b;
          for (int j = 0; eight != 0 && j < TOGETHER; j++) {
            plain[to + j * width] |= (byte) ((eight >> j & 1) << k);
          }
        }
      }
    }
  }

  /** Fills an array from a block of LZ4: runs of new bytes, and copies of what was there before. */
  private static void unpack(ByteBuffer from, byte[] to) {
    int at = 0;
    while (at < to.length) {
      int token = from.get() & 0xFF;
      int fresh = length(from, token >> 4);
      from.get(to, at, fresh);
      at += fresh;
      if (at == to.length) {
        break;
      }
      int back = from.get() & 0xFF | (from.get() & 0xFF) << 8;
      int copied = length(from, token & MORE) + SHORTEST_COPY;
      if (back == 0 || back > at || copied > to.length - at) {
        throw new IllegalArgumentException("a chunk whose packing leads out of it");
      }
      for (int i = 0; i < copied; i++, at++) {
        to[at] = to[at - back];
      }
    }
    if (from.hasRemaining()) {
      throw new IllegalArgumentException("a chunk that goes on behind its end");
    }
  }

  private static int length(ByteBuffer from, int start) {
    int length = start;
    for (int more = start == MORE ? 255 : 0; more == 255; length += more) {
      more = from.get() & 0xFF;
    }
    return length;
  }
}
