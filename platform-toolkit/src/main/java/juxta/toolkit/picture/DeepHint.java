package juxta.toolkit.picture;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import juxta.api.UserException;
import juxta.picture.GreyWindow;
import juxta.picture.RawPicture;

/**
 * Tells users when pictures of 16 bits are read nearly black, since detectors and microscopes use
 * only 10 to 14 of the bits.
 */
public final class DeepHint {
  /** Pictures that are looked at. */
  private static final int LOOKED_AT = 8;

  /** What 14 bits are of 16. */
  private static final int SMALL = (1 << 16) / 4;

  private DeepHint() {}

  /**
   * Looks at some of the pictures and warns in one line if it has to.
   *
   * @param files the pictures
   * @param facts what is known of each
   * @param reading how they are read
   */
  public static void give(List<Path> files, List<FileFact> facts, PictureReading reading) {
    of(files, facts, reading)
        .ifPresent(
            line ->
                System.getLogger(DeepHint.class.getName()).log(System.Logger.Level.WARNING, line));
  }

  /** The line, if there is need of one. */
  static Optional<String> of(List<Path> files, List<FileFact> facts, PictureReading reading) {
    if (reading.window() != GreyWindow.FULL) {
      return Optional.empty();
    }
    int[] deep =
        IntStream.range(0, files.size()).filter(i -> facts.get(i).header().deep()).toArray();
    int looked = Math.min(LOOKED_AT, deep.length);
    int[] sample =
        IntStream.range(0, looked)
            .map(i -> deep[(int) ((long) i * deep.length / looked)])
            .toArray();
    int narrow = 0;
    String first = "";
    for (int i : sample) {
      try {
        RawPicture raw = PictureFiles.raw(files.get(i), PictureFiles.content(files.get(i)));
        GreyWindow.Span span = GreyWindow.Span.of(raw);
        if (span.high() - span.low() < SMALL) {
          first =
              narrow++ > 0
                  ? first
                  : "%s: has 16 bits, but nearly all of its values lie between %d and %d"
                      .formatted(files.get(i), span.low(), span.high());
        }
      } catch (UserException e) {
        // damaged: whoever decodes it for use says so
        System.getLogger(DeepHint.class.getName()).log(System.Logger.Level.DEBUG, e.getMessage());
      }
    }
    return 2 * narrow > looked
        ? Optional.of(
            "%s, so it is read as nearly one grey, as are %d of %d such pictures that were looked at; --set data.%s=percentile spreads them"
                .formatted(first, narrow, looked, PictureReading.RADIOGRAPH_WINDOW.key()))
        : Optional.empty();
  }
}
