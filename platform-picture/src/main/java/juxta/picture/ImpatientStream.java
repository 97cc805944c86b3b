package juxta.picture;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Bytes for a decoder that must come to an end: after a while, or when nobody waits for the picture
 * any more, it gets an error in place of bytes. A small file can hold work for hours, such as
 * thousands of passes over a large picture.
 */
final class ImpatientStream extends ImageInputStreamImpl {
  /** Few at a time, so that a decoder asks often. */
  private static final int PIECE = 512;

  /** The decoder has had its time. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("takes too long");
    }
  }

  private final byte[] bytes;
  private final long end;
  private final BooleanSupplier gone;

  ImpatientStream(byte[] bytes, Duration limit, BooleanSupplier gone) {
    this.bytes = bytes;
    this.gone = gone;
    this.end = System.nanoTime() + limit.toNanos();
  }

  @Override
  public int read() throws IOException {
    checkTime();
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    checkTime();
    bitOffset = 0;
    int count = (int) Math.min(Math.min(length, PIECE), bytes.length - streamPos);
    if (count <= 0) {
      return length == 0 ? 0 : -1;
    }
    System.arraycopy(bytes, (int) streamPos, into, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  /** Whether the decoder has had its time; decoders answer that with exceptions of their own. */
  boolean isLate() {
    return System.nanoTime() - end > 0;
  }

  private void checkTime() throws IOException {
    if (isLate()) {
      throw new TooLong();
    }
    if (gone.getAsBoolean()) {
      throw new IOException("nobody waits for it any more");
    }
  }
}
