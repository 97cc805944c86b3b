package juxta.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages inputs: as disks and networks do, and as somebody does who means it. */
final class Mutator {
  private static final int MOST_CHANGES = 4;

  /** No input grows beyond. */
  private static final int MOST_BYTES = 1 << 18;

  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    2,
    0x7F,
    0x80,
    0xFF,
    0x100,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x10000,
    0x7FFFFFFF,
    0x80000000L,
    0xFFFFFFFFL,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Double.doubleToLongBits(Double.NaN),
    Double.doubleToLongBits(1e308),
    Float.floatToIntBits(Float.NaN),
    Float.floatToIntBits(3e38f)
  };

  private static final List<String> WORDS =
      List.of(
          "-1",
          "0",
          "1",
          "99999999999",
          "9223372036854775807",
          "1e999",
          "nan",
          "-inf",
          "0.5",
          "\0",
          "\r\n",
          "\n",
          "\"",
          "'",
          ",",
          ";",
          "\t",
          "[",
          "]",
          "{",
          "}",
          ":",
          "\u001b[31m",
          "ü",
          "\u2028",
          "../",
          "/",
          "%s",
          "true",
          "null",
          "x".repeat(300),
          "[".repeat(2000),
          "9".repeat(400));

  private Mutator() {}

  /** A damaged copy of one of the seeds. */
  static byte[] mutate(List<byte[]> seeds, Random random) {
    byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      bytes = change(bytes, seeds, random);
    }
    return bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
  }

  private static byte[] change(byte[] bytes, List<byte[]> seeds, Random random) {
    int size = bytes.length;
    if (size == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    // headers are where it matters
    int at = random.nextInt(random.nextBoolean() ? size : Math.min(size, 128));
    switch (random.nextInt(11)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 3 -> number(bytes, at, random);
      case 4 -> number(bytes, at & ~3, random);
      case 5 -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int from = random.nextInt(other.length + 1);
        return join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(other, from, other.length));
      }
      case 6 -> {
        int end = at + random.nextInt(Math.min(size - at, 256) + 1);
        byte[] block = Arrays.copyOfRange(bytes, at, end);
        int times = 1 + random.nextInt(random.nextInt(8) == 0 ? 64 : 3);
        byte[] grown = Arrays.copyOf(bytes, end);
        for (int i = 0; i < times && grown.length < MOST_BYTES; i++) {
          grown = join(grown, block);
        }
        return join(grown, Arrays.copyOfRange(bytes, end, size));
      }
      case 7 -> {
        int end = at + random.nextInt(Math.min(size - at, 64) + 1);
        return join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, size));
      }
      case 8 -> {
        byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
        int end = random.nextBoolean() ? at : numberEnd(bytes, at);
        return join(join(Arrays.copyOf(bytes, at), word), Arrays.copyOfRange(bytes, end, size));
      }
      case 9 -> {
        int end = Math.min(size, at + 1 + random.nextInt(16));
        byte fill = (byte) (random.nextBoolean() ? 0 : random.nextBoolean() ? 0xFF : ' ');
        Arrays.fill(bytes, at, end, fill);
      }
      default -> {
        byte[] noise = new byte[1 + random.nextInt(16)];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bytes, at, Math.min(noise.length, size - at));
      }
    }
    return bytes;
  }

  /** Behind the digits or letters that begin here. */
  private static int numberEnd(byte[] bytes, int at) {
    int end = at;
    while (end < bytes.length && Character.isLetterOrDigit(bytes[end]) && end - at < 20) {
      end++;
    }
    return end;
  }

  private static void number(byte[] bytes, int at, Random random) {
    int width = 1 << random.nextInt(4);
    if (at + width > bytes.length) {
      return;
    }
    ByteBuffer buffer =
        ByteBuffer.wrap(bytes)
            .order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long extreme = EXTREMES[random.nextInt(EXTREMES.length)];
    switch (width) {
      case 1 -> buffer.put(at, (byte) extreme);
      case 2 -> buffer.putShort(at, (short) extreme);
      case 4 -> buffer.putInt(at, (int) extreme);
      default -> buffer.putLong(at, extreme);
    }
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] joined = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }
}
