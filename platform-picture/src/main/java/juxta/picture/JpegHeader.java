package juxta.picture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the markers before a JPEG's data say of its colours. Where they say little, the stored
 * numbers are taken for what libjpeg, and so Pillow, takes them for.
 *
 * @param colours what the numbers are
 * @param common whether it is usual colour of which every decoder makes the same
 */
record JpegHeader(Colours colours, boolean common) {
  /** What the stored numbers of a pixel are. */
  enum Colours {
    /** One number, or more that nobody knows the meaning of. */
    GREY(1),
    /** Red, green, blue. */
    RGB(3),
    /** Light and two differences of colour. */
    YCBCR(3),
    /** Inks, stored inverted: 255 is no ink. */
    CMYK(4),
    /** The first three inks as light and differences of colour. */
    YCCK(4);

    private final int numbers;

    Colours(int numbers) {
      this.numbers = numbers;
    }

    int numbers() {
      return numbers;
    }
  }

  private static final int START = 0xD8;
  private static final int JFIF = 0xE0;

  /** Begins the data. */
  static final int SCAN = 0xDA;

  /** Begins what cameras say. */
  static final int EXIF = 0xE1;

  private static final int PROFILE = 0xE2;
  private static final int ADOBE = 0xEE;

  /** Marks that begin a frame: 0xC0 to 0xCF without tables and conditioning. */
  private static boolean frame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /**
   * Reads the markers.
   *
   * @param bytes a file's content
   * @return empty if it is no JPEG, or none whose frame has one, three or four components
   */
  static Optional<JpegHeader> of(byte[] bytes) {
    if (!is(bytes)) {
      return Optional.empty();
    }
    boolean jfif = false;
    boolean profile = false;
    int adobe = -1;
    for (Segment s = Segment.first(bytes); s.inside(bytes); s = s.next(bytes)) {
      if (s.marker() == JFIF && s.begins(bytes, "JFIF\0")) {
        jfif = true;
      } else if (s.marker() == PROFILE && s.begins(bytes, "ICC_PROFILE\0")) {
        profile = true;
      } else if (s.marker() == ADOBE && s.begins(bytes, "Adobe") && s.length() >= 12) {
        adobe = bytes[s.at() + 11] & 0xFF;
      } else if (frame(s.marker()) && s.length() >= 6) {
        // Adobe's marker may stand behind the frame
        int late = adobe >= 0 ? adobe : adobeBehind(bytes, s);
        return of(bytes, s, jfif, profile, late);
      } else if (s.marker() == SCAN) {
        break;
      }
    }
    return Optional.empty();
  }

  /** Whether the content begins as a JPEG does. */
  static boolean is(byte[] bytes) {
    return bytes.length > 3 && bytes[0] == (byte) 0xFF && (bytes[1] & 0xFF) == START;
  }

  private static int adobeBehind(byte[] bytes, Segment frame) {
    for (Segment s = frame.next(bytes); s.inside(bytes) && s.marker() != SCAN; s = s.next(bytes)) {
      if (s.marker() == ADOBE && s.begins(bytes, "Adobe") && s.length() >= 12) {
        return bytes[s.at() + 11] & 0xFF;
      }
    }
    return -1;
  }

  private static Optional<JpegHeader> of(
      byte[] bytes, Segment frame, boolean jfif, boolean profile, int adobe) {
    int count = bytes[frame.at() + 5] & 0xFF;
    if (frame.length() < 6 + 3 * count) {
      return Optional.empty();
    }
    int[] ids = new int[count];
    Arrays.setAll(ids, i -> bytes[frame.at() + 6 + 3 * i] & 0xFF);
    return switch (count) {
      case 1 -> Optional.of(new JpegHeader(Colours.GREY, false));
      case 3 -> {
        Colours colours = three(ids, jfif, adobe);
        boolean told = jfif && adobe != 0 || adobe == 1; // Java takes no other transform
        yield Optional.of(
            new JpegHeader(colours, colours == Colours.YCBCR && told && adobe <= 1 && !profile));
      }
      case 4 -> Optional.of(new JpegHeader(adobe > 0 ? Colours.YCCK : Colours.CMYK, false));
      default -> Optional.empty();
    };
  }

  /** As libjpeg's {@code default_decompress_parms} guesses. */
  private static Colours three(int[] ids, boolean jfif, int adobe) {
    if (jfif) {
      return Colours.YCBCR;
    }
    if (adobe >= 0) {
      return adobe == 0 ? Colours.RGB : Colours.YCBCR;
    }
    return Arrays.equals(ids, new int[] {'R', 'G', 'B'}) ? Colours.RGB : Colours.YCBCR;
  }

  /**
   * A marker and what belongs to it.
   *
   * @param marker its second byte
   * @param at where its content begins
   * @param length of its content
   */
  record Segment(int marker, int at, int length) {
    static Segment first(byte[] bytes) {
      return at(bytes, 2);
    }

    Segment next(byte[] bytes) {
      return at(bytes, at + length);
    }

    private static Segment at(byte[] bytes, int start) {
      int at = start;
      while (at < bytes.length && bytes[at] != (byte) 0xFF) {
        at++; // stray bytes, which decoders skip
      }
      while (at < bytes.length && bytes[at] == (byte) 0xFF) {
        at++;
      }
      if (at + 2 >= bytes.length) {
        return new Segment(0, bytes.length, 0);
      }
      int marker = bytes[at] & 0xFF;
      int length = (bytes[at + 1] & 0xFF) << 8 | bytes[at + 2] & 0xFF;
      return new Segment(marker, at + 3, Math.max(0, length - 2));
    }

    /** Whether it is one, and ends before the file does. */
    boolean inside(byte[] bytes) {
      return marker != 0 && at + length <= bytes.length;
    }

    boolean begins(byte[] bytes, String word) {
      byte[] wanted = word.getBytes(StandardCharsets.ISO_8859_1);
      return length >= wanted.length
          && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }
  }
}
