package juxta.launcher.serve;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The body of a request, taken in as it comes, up to a limit. */
final class Body {
  /** Larger pictures than any camera or scanner makes. */
  static final int MOST_BYTES = 20 << 20;

  private static final int FIRST = 1 << 14;
  private static final int LONGEST_LINE = 1 << 10;
  private static final int MOST_TRAILERS = 32;

  /** What comes next. */
  private enum Part {
    SIZE,
    DATA,
    END_OF_DATA,
    TRAILER,
    NOTHING
  }

  private final boolean chunked;
  private final StringBuilder line = new StringBuilder();
  private byte[] bytes = new byte[0];
  private int size;
  private long left;
  private int trailers;
  private Part part;

  private Body(boolean chunked, long length) {
    this.chunked = chunked;
    this.left = length;
    this.part = chunked ? Part.SIZE : Part.DATA;
  }

  /** Of a known length. */
  static Body of(long length) {
    if (length > MOST_BYTES) {
      throw tooLarge();
    }
    return new Body(false, length);
  }

  /** In pieces, each with its size before it (RFC 9112, 7.1). */
  static Body chunked() {
    return new Body(true, 0);
  }

  private static Refused tooLarge() {
    return new Refused(
        Reply.TOO_LARGE,
        "the picture is larger than " + (MOST_BYTES >> 20) + " MB; make it smaller and try again");
  }

  /** The most bytes that it can have. */
  int most() {
    return chunked ? MOST_BYTES : (int) (size + left);
  }

  /** Bytes that have come. */
  int size() {
    return size;
  }

  /** Takes what belongs to it; true once it is whole. */
  boolean take(ByteBuffer from) {
    while (part != Part.NOTHING && from.hasRemaining()) {
      if (part == Part.DATA) {
        data(from);
      } else {
        char next = (char) (from.get() & 0xFF);
        if (next == '\n') {
          line();
        } else if (line.length() == LONGEST_LINE) {
          throw bad();
        } else {
          line.append(next);
        }
      }
    }
    return part == Part.NOTHING;
  }

  private void data(ByteBuffer from) {
    int count = (int) Math.min(left, from.remaining());
    if (size + count > bytes.length) {
      int most = chunked ? MOST_BYTES : (int) (size + left);
      int wanted = Math.max(size + count, Math.max(FIRST, 2 * bytes.length));
      bytes = Arrays.copyOf(bytes, Math.min(most, wanted));
    }
    from.get(bytes, size, count);
    size += count;
    left -= count;
    if (left == 0) {
      part = chunked ? Part.END_OF_DATA : Part.NOTHING;
    }
  }

  private void line() {
    if (line.length() == 0 || line.charAt(line.length() - 1) != '\r') {
      throw bad();
    }
    String text = line.substring(0, line.length() - 1);
    line.setLength(0);
    switch (part) {
      case SIZE -> chunk(text);
      case END_OF_DATA -> {
        if (!text.isEmpty()) {
          throw bad();
        }
        part = Part.SIZE;
      }
      case TRAILER -> {
        if (text.isEmpty()) {
          part = Part.NOTHING;
        } else if (++trailers > MOST_TRAILERS) {
          throw bad();
        }
      }
      default -> throw new IllegalStateException(part.name());
    }
  }

  private void chunk(String text) {
    String digits = text.replaceFirst("[ \t]*;.*", "");
    if (!digits.matches("[0-9A-Fa-f]{1,15}")) {
      throw bad();
    }
    left = Long.parseLong(digits, 16);
    if (size + left > MOST_BYTES) {
      throw tooLarge();
    }
    part = left == 0 ? Part.TRAILER : Part.DATA;
  }

  private static Refused bad() {
    return new Refused(Reply.BAD_REQUEST, "the size of a piece of the body is not well formed");
  }

  /** All of it, once it is whole. */
  byte[] bytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
