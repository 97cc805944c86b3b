package juxta.picture;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a decoded picture becomes the image of a record. The reader of a data set says it of its
 * records, a trained model takes it along: so a picture from elsewhere is seen as the data were.
 *
 * @param height pixels of the image; -1 for {@link Fit#WITHIN}, else at least 1
 * @param width pixels of the image; -1 for {@link Fit#WITHIN}, else at least 1
 * @param channels 3, or 1 for the mean of the three
 * @param fit how it comes to that size
 * @param longest for {@link Fit#WITHIN}: pixels along the longer edge, at most; else 0
 * @param window which part of the range of 16-bit grey is kept
 * @param turned whether rows lie as the EXIF tag says; else as they are stored
 * @param negative whether bright becomes dark
 * @since 0.1
 */
public record PictureForm(
    int height,
    int width,
    int channels,
    Fit fit,
    int longest,
    GreyWindow window,
    boolean turned,
    boolean negative) {
  /** How a picture comes to the size of an image. */
  public enum Fit {
    /**
     * The shorter side is resized to the side, then the middle cut out: {@link Picture#squared}.
     */
    SQUARED,
    /** Each axis is resized on its own: {@link Picture#resized}. */
    STRETCHED,
    /**
     * The largest part in the middle of the image's proportions is cut out, then resized: {@link
     * Picture#middle}. A picture of the image's size stays as it is.
     */
    MIDDLE,
    /** Of any size, and made smaller in proportion only where too large: {@link Picture#within}. */
    WITHIN
  }

  /**
   * Checks that the numbers go together.
   *
   * @param height see the record
   * @param width see the record
   * @param channels see the record
   * @param fit see the record
   * @param longest see the record
   * @param window see the record
   * @param turned see the record
   * @param negative see the record
   * @throws IllegalArgumentException saying what does not
   */
  public PictureForm {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("images have 1 or 3 channels, not " + channels);
    }
    boolean any = fit == Fit.WITHIN;
    if (any ? height != -1 || width != -1 : height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "no image is " + word(fit) + " with " + height + " x " + width + " pixels");
    }
    if (any ? longest < 1 : longest != 0) {
      throw new IllegalArgumentException(
          "no image is " + word(fit) + " with a longer edge of " + longest + " pixels");
    }
    if (fit == Fit.SQUARED && height != width) {
      throw new IllegalArgumentException(height + " x " + width + " pixels are no square");
    }
  }

  /**
   * Colour images of one size, of pixels as they are stored.
   *
   * @param size height and width
   * @param fit how pictures come to it; not {@link Fit#WITHIN}
   * @return the form
   */
  public static PictureForm of(ImageSize size, Fit fit) {
    return new PictureForm(size.height(), size.width(), 3, fit, 0, GreyWindow.FULL, false, false);
  }

  /**
   * Colour images of any size, of pixels as they are stored.
   *
   * @param longest pixels along the longer edge, at most
   * @return the form
   */
  public static PictureForm within(int longest) {
    return new PictureForm(-1, -1, 3, Fit.WITHIN, longest, GreyWindow.FULL, false, false);
  }

  /**
   * The same read in another way.
   *
   * @param kept which part of the range of 16-bit grey is kept
   * @param asSeen whether rows lie as the EXIF tag says
   * @return a new form
   */
  public PictureForm reading(GreyWindow kept, boolean asSeen) {
    return new PictureForm(height, width, channels, fit, longest, kept, asSeen, negative);
  }

  /**
   * The same of so many channels.
   *
   * @param count 1 or 3
   * @return a new form
   */
  public PictureForm channels(int count) {
    return new PictureForm(height, width, count, fit, longest, window, turned, negative);
  }

  /**
   * The same with bright for dark or without.
   *
   * @param inverted whether bright becomes dark
   * @return a new form
   */
  public PictureForm negative(boolean inverted) {
    return new PictureForm(height, width, channels, fit, longest, window, turned, inverted);
  }

  /**
   * Makes the image of a decoded picture; its bytes are {@link Picture#bytes} of {@link #channels}.
   *
   * @param raw the picture as it is stored
   * @return the image, [height, width, 3]
   */
  public Picture of(RawPicture raw) {
    Picture picture = Picture.of(raw, window);
    return fitted(turned ? raw.orientation().of(picture) : picture);
  }

  /**
   * Makes the image of a picture that is read already: window and turning are done.
   *
   * @param picture the picture
   * @return the image, [height, width, 3]
   */
  public Picture fitted(Picture picture) {
    Picture fitting =
        switch (fit) {
          case SQUARED -> picture.squared(height);
          case STRETCHED -> picture.resized(height, width);
          case MIDDLE -> picture.middle(height, width).resized(height, width);
          case WITHIN -> picture.within(longest);
        };
    return negative ? fitting.negative() : fitting;
  }

  /**
   * The form in words and numbers, for JSON.
   *
   * @return {@code height}, {@code width}, {@code channels}, {@code fit}, {@code window}, {@code
   *     orientation} (stored or exif), and where they matter {@code longest} and {@code negative}
   */
  public Map<String, Object> words() {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("height", height);
    words.put("width", width);
    words.put("channels", channels);
    words.put("fit", word(fit));
    if (fit == Fit.WITHIN) {
      words.put("longest", longest);
    }
    words.put("window", word(window));
    words.put("orientation", turned ? "exif" : "stored");
    if (negative) {
      words.put("negative", true);
    }
    return words;
  }

  /**
   * The form of what {@link #words} gave.
   *
   * @param words as it gave them
   * @return the form
   * @throws IllegalArgumentException saying in a few words what lacks or does not fit
   */
  public static PictureForm of(Map<String, ?> words) {
    return new PictureForm(
        number(words, "height"),
        number(words, "width"),
        number(words, "channels"),
        choice(Fit.class, words, "fit"),
        words.containsKey("longest") ? number(words, "longest") : 0,
        choice(GreyWindow.class, words, "window"),
        "exif".equals(words.get("orientation")),
        Boolean.TRUE.equals(words.get("negative")));
  }

  private static int number(Map<String, ?> words, String key) {
    if (words.get(key) instanceof Integer number) {
      return number;
    }
    throw new IllegalArgumentException("'" + key + "' is no number but " + words.get(key));
  }

  private static <E extends Enum<E>> E choice(Class<E> type, Map<String, ?> words, String key) {
    for (E one : type.getEnumConstants()) {
      if (word(one).equals(words.get(key))) {
        return one;
      }
    }
    throw new IllegalArgumentException("'" + key + "' is unknown: " + words.get(key));
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
