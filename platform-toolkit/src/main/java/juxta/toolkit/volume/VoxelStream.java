package juxta.toolkit.volume;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import juxta.toolkit.io.RegularFile;

/**
 * How the voxels lie in a file, first axis fastest, and how they are read.
 *
 * @param file where they lie
 * @param sizes voxels along each of the three axes
 * @param type how a number is stored
 * @param order order of its bytes
 * @param slope each number is multiplied by this
 * @param intercept this is added then
 */
record VoxelStream(
    Path file, long[] sizes, VoxelType type, ByteOrder order, double slope, double intercept) {
  /** More voxels along one axis than any scanner gives; NIfTI-1 cannot say more. */
  private static final int LONGEST_AXIS = 32767;

  /** 512 x 512 x 2048; as floats two GiB. */
  private static final long MOST_VOXELS = 1L << 29;

  /** No deflate stream grows by more when it is unpacked. */
  private static final long MOST_GROWTH = 1032;

  /** Scans hardly shrink by more; labels do. */
  private static final long USUAL_GROWTH = 16;

  private static final int BUFFER = 1 << 16;

  private static final int CHUNK = 1 << 20;

  /** The bytes of a file, unpacked if need be. */
  static InputStream open(Path file, boolean gzip) throws IOException {
    InputStream raw = RegularFile.open(file);
    try {
      return new BufferedInputStream(gzip ? new GZIPInputStream(raw, BUFFER) : raw, BUFFER);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Bytes that the voxels take when they are not packed. */
  long bytes() {
    return sizes[0] * sizes[1] * sizes[2] * type.bytes();
  }

  /**
   * Checks what the header claims before memory is taken for it.
   *
   * @param gzip whether the voxels are packed
   */
  void check(boolean gzip) throws IOException {
    long voxels = 1;
    for (long size : sizes) {
      if (size < 1 || size > LONGEST_AXIS) {
        throw ScanFaults.damaged(file, "has absurd dimensions (" + words() + ")");
      }
      voxels *= size;
    }
    if (voxels > MOST_VOXELS) {
      throw ScanFaults.of(
          file,
          "has more than " + MOST_VOXELS + " voxels (" + words() + ")",
          "cut it or resample it first");
    }
    long there = Files.size(file);
    long needed = voxels * type.bytes();
    if (needed > (gzip ? MOST_GROWTH * there : there)) {
      throw ScanFaults.damaged(
          file,
          "is cut off: %s voxels of %d bytes cannot lie in a file of %d bytes"
              .formatted(words(), type.bytes(), there));
    }
  }

  /**
   * The voxels, which must be all that is left of the stream; [x, y, z], z fastest.
   *
   * @param data the bytes
   * @param gzip whether the file holds them packed
   */
  float[] read(InputStream data, boolean gzip) throws IOException {
    InputStream in = gzip ? there(data) : data;
    int x = (int) sizes[0];
    int y = (int) sizes[1];
    int z = (int) sizes[2];
    float[] voxels = new float[x * y * z];
    byte[] bytes = new byte[x * type.bytes()];
    ByteBuffer row = ByteBuffer.wrap(bytes).order(order);
    for (int k = 0; k < z; k++) {
      for (int j = 0; j < y; j++) {
        fill(in, bytes, ((long) k * y + j) * bytes.length);
        for (int i = 0; i < x; i++) {
          double stored = type.read(row, i * type.bytes());
          // adding 0 would make 0 of -0, which other readers of the same scan give
          boolean plain = slope == 1 && intercept == 0;
          voxels[(i * y + j) * z + k] = (float) (plain ? stored : stored * slope + intercept);
        }
      }
    }
    if (in.read() >= 0) {
      throw ScanFaults.damaged(
          file, "holds more than the " + words() + " voxels that its header tells of");
    }
    return voxels;
  }

  /**
   * Where a small file claims many voxels, their bytes must be there before memory is taken for
   * voxels: until then it grows with the bytes.
   */
  private InputStream there(InputStream in) throws IOException {
    long needed = bytes();
    if (needed <= Math.max(CHUNK, USUAL_GROWTH * Files.size(file))) {
      return in;
    }
    List<InputStream> chunks = new ArrayList<>();
    for (long before = 0; before < needed; ) {
      byte[] chunk = new byte[(int) Math.min(CHUNK, needed - before)];
      fill(in, chunk, before);
      before += chunk.length;
      chunks.add(new ByteArrayInputStream(chunk));
    }
    chunks.add(in);
    return new SequenceInputStream(Collections.enumeration(chunks));
  }

  private void fill(InputStream in, byte[] bytes, long before) throws IOException {
    int read;
    try {
      read = in.readNBytes(bytes, 0, bytes.length);
    } catch (EOFException e) {
      read = 0;
    }
    if (read < bytes.length) {
      throw ScanFaults.damaged(
          file,
          "is cut off: %s voxels of %d bytes, and no more than about %d bytes of them are there"
              .formatted(words(), type.bytes(), before + read));
    }
  }

  private String words() {
    return sizes[0] + " x " + sizes[1] + " x " + sizes[2];
  }
}
