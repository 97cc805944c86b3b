package juxta.toolkit.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import juxta.api.UserException;

/** Bytes that are read in order, with errors that name file and offset. */
final class ByteSource {
  private static final int CHUNK = 1 << 20;

  private final String name;
  private final InputStream in;
  private final String remedy;
  private final CRC32 checksum = new CRC32();
  private long at;

  /**
   * Bytes of a file, or of a part of it.
   *
   * @param name how errors call them
   * @param in the bytes
   * @param remedy what to do about damage
   */
  ByteSource(String name, InputStream in, String remedy) {
    this.name = name;
    this.in = in;
    this.remedy = remedy;
  }

  /** Exactly so many bytes. Memory grows with what is really there, not with what was claimed. */
  byte[] take(int count, String what) {
    byte[] all = new byte[Math.min(count, CHUNK)];
    int filled = 0;
    while (filled < count) {
      if (filled == all.length) {
        all = Arrays.copyOf(all, (int) Math.min(count, 2L * all.length));
      }
      int read = read(all, filled, all.length - filled);
      if (read < 0) {
        throw bad(at, "the data end within " + what);
      }
      filled += read;
    }
    return all;
  }

  /** Passes over bytes. */
  void skip(long count, String what) {
    try {
      pass(count, what, OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written
    }
  }

  /** Hands exactly so many bytes on. */
  void pass(long count, String what, OutputStream to) throws IOException {
    byte[] chunk = new byte[(int) Math.min(count, CHUNK)];
    for (long left = count; left > 0; ) {
      int read = read(chunk, 0, (int) Math.min(left, chunk.length));
      if (read < 0) {
        throw bad(at, "the data end within " + what);
      }
      to.write(chunk, 0, read);
      left -= read;
    }
  }

  /** Complains unless nothing is left. */
  void end() {
    if (read(new byte[1], 0, 1) >= 0) {
      throw bad(at - 1, "bytes follow the end of the array");
    }
  }

  private int read(byte[] into, int from, int count) {
    try {
      int read = in.read(into, from, count);
      if (read > 0) {
        checksum.update(into, from, read);
        at += read;
      }
      return read;
    } catch (IOException e) {
      throw new UserException(
          name + ": at byte " + at + ": cannot be read (" + AtomicFile.reason(e) + "); " + remedy,
          e);
    }
  }

  /** Number of bytes that were read. */
  long position() {
    return at;
  }

  /** CRC-32 of the bytes that were read. */
  long checksum() {
    return checksum.getValue();
  }

  /** A complaint. */
  UserException bad(long offset, String what) {
    return new UserException(name + ": at byte " + offset + ": " + what + "; " + remedy);
  }
}
