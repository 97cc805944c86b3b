package juxta.toolkit.volume;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** Files of scans, made byte by byte from the standards and not with the code under test. */
final class ScanFiles {
  private ScanFiles() {}

  /** The numbers of a scan of random ones, [x, y, z], that the type can hold. */
  static float[] numbers(VoxelType type, int length, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] =
          switch (type) {
            case UINT8 -> random.nextInt(256);
            case INT8 -> random.nextInt(256) - 128;
            case INT16 -> random.nextInt(65536) - 32768;
            case UINT16 -> random.nextInt(65536);
            case INT32 -> random.nextInt(1 << 24) * (float) (1 - 2 * random.nextInt(2));
            // above 2^31, where a signed number would be negative
            case UINT32 -> 256f * (random.nextInt(1 << 23) + (1 << 23));
            case INT64 -> (random.nextInt(1 << 24) - (1 << 23)) * 0x1p39f;
            // above 2^63, where a signed number would be negative
            case UINT64 -> 0x1p40f * (random.nextInt(1 << 23) + (1 << 23));
            case FLOAT32, FLOAT64 -> random.nextFloat() - 0.5f;
          };
    }
    return numbers;
  }

  /** The numbers as a file holds them: first axis fastest. */
  static byte[] stored(float[] numbers, int x, int y, int z, VoxelType type, ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * type.bytes()).order(order);
    for (int k = 0; k < z; k++) {
      for (int j = 0; j < y; j++) {
        for (int i = 0; i < x; i++) {
          float number = numbers[(i * y + j) * z + k];
          switch (type) {
            case UINT8, INT8 -> bytes.put((byte) (int) number);
            case INT16, UINT16 -> bytes.putShort((short) (int) number);
            case INT32, UINT32 -> bytes.putInt((int) (long) number);
            case INT64 -> bytes.putLong((long) number);
            case UINT64 -> bytes.putLong(new BigDecimal(number).toBigIntegerExact().longValue());
            case FLOAT32 -> bytes.putFloat(number);
            case FLOAT64 -> bytes.putDouble(number);
          }
        }
      }
    }
    return bytes.array();
  }

  /** Header of NIfTI-1 and the four bytes behind it; changes are made on top of sane values. */
  static byte[] nifti1(
      ByteOrder order, VoxelType type, int x, int y, int z, Consumer<ByteBuffer> changes) {
    ByteBuffer header = ByteBuffer.allocate(352).order(order);
    header.putInt(0, 348);
    short[] dim = {3, (short) x, (short) y, (short) z, 1, 1, 1, 1};
    for (int i = 0; i < 8; i++) {
      header.putShort(40 + 2 * i, dim[i]).putFloat(76 + 4 * i, 1);
    }
    header.putShort(70, (short) type.niftiCode()).putShort(72, (short) (8 * type.bytes()));
    header.putFloat(108, 352);
    header.put(344, (byte) 'n').put(345, (byte) '+').put(346, (byte) '1');
    changes.accept(header);
    return header.array();
  }

  /** Header of NIfTI-2 and the four bytes behind it. */
  static byte[] nifti2(
      ByteOrder order, VoxelType type, int x, int y, int z, Consumer<ByteBuffer> changes) {
    ByteBuffer header = ByteBuffer.allocate(544).order(order);
    header.putInt(0, 540);
    byte[] magic = {'n', '+', '2', 0, '\r', '\n', 0x1A, '\n'};
    for (int i = 0; i < 8; i++) {
      header.put(4 + i, magic[i]);
    }
    header.putShort(12, (short) type.niftiCode()).putShort(14, (short) (8 * type.bytes()));
    long[] dim = {3, x, y, z, 1, 1, 1, 1};
    for (int i = 0; i < 8; i++) {
      header.putLong(16 + 8 * i, dim[i]).putDouble(104 + 8 * i, 1);
    }
    header.putLong(168, 544);
    changes.accept(header);
    return header.array();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }

  /** Bytes that cannot be packed. */
  static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(length).nextBytes(noise);
    return noise;
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static Path write(Path file, byte[]... parts) {
    try {
      return Files.write(file, join(parts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
