package juxta.picture;

import java.util.Arrays;
import java.util.Locale;

/** Which part of the range of a 16-bit grey picture becomes 0 to 255. */
public enum GreyWindow {
  /**
   * From the 0.5th to the 99.5th percentile of the picture's own pixels: X-ray detectors use 10 to
   * 14 of the 16 bits, and burnt-in marks must not make the rest dark.
   */
  PERCENTILE {
    @Override
    void toBytes(int[] grey) {
      Span span = Span.of(grey);
      int low = span.low();
      int high = span.high();
      for (int i = 0; i < grey.length; i++) {
        long scaled =
            high > low ? Math.round(255.0 * (grey[i] - low) / (high - low)) : grey[i] >> 8;
        grey[i] = (int) Math.max(0, Math.min(255, scaled));
      }
    }
  },

  /** All of it: the upper eight of the sixteen bits. */
  FULL {
    @Override
    void toBytes(int[] grey) {
      for (int i = 0; i < grey.length; i++) {
        grey[i] >>= 8;
      }
    }
  };

  /**
   * The window of a word.
   *
   * @param word {@code percentile} or {@code full}
   * @return the window
   */
  public static GreyWindow of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Replaces levels from 0 to 65535 by such from 0 to 255. */
  abstract void toBytes(int[] grey);

  /**
   * The levels between which nearly all pixels are.
   *
   * @param low the 0.5th percentile
   * @param high the 99.5th percentile
   */
  public record Span(int low, int high) {
    /**
     * Of a picture of 16-bit grey.
     *
     * @param raw the picture
     * @return its levels
     */
    public static Span of(RawPicture raw) {
      int[] grey = new int[raw.height() * raw.width()];
      Arrays.setAll(grey, i -> raw.sample(i * raw.channels()));
      return of(grey);
    }

    private static Span of(int[] grey) {
      int[] counts = new int[1 << 16];
      for (int level : grey) {
        counts[level]++;
      }
      return new Span(
          level(counts, Math.round((grey.length - 1) * 0.005)),
          level(counts, Math.round((grey.length - 1) * 0.995)));
    }

    /** The level of the pixel that has so many below it. */
    private static int level(int[] counts, long below) {
      int level = 0;
      for (long seen = counts[0]; seen <= below; seen += counts[level]) {
        level++;
      }
      return level;
    }
  }
}
