package juxta.plugin.baselines.evaluators;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import juxta.picture.Picture;
import juxta.toolkit.picture.Canvas;
import juxta.toolkit.picture.SafeColour;

/**
 * A picture of the worst, the median and the best case, from left to right, each by the slice in
 * which most is wrong, with x to the right and y down. Above it stand its name, Dice and the number
 * of the slice, below what the outlines mean.
 */
final class VolumePicture {
  /** Colours of the outlines, and pixels that each takes below the pictures. */
  private enum Outline {
    TRUTH(SafeColour.SKY, "true mask", 110),
    PREDICTION(SafeColour.VERMILION, "predicted", 110),
    BOTH(SafeColour.YELLOW, "both", 60);

    private final int rgb;
    private final String meaning;
    private final int width;

    Outline(SafeColour colour, String meaning, int width) {
      rgb = colour.rgb();
      this.meaning = meaning;
      this.width = width;
    }
  }

  /** Pixels that the longer side of a slice has at least. */
  private static final int SIDE = 400;

  /** Pixels that an outline is thick: voxels beneath can still be seen. */
  private static final int LINE = 2;

  private static final int GAP = 8;

  /** Pixels above the slices, for two lines of text, and below, for one. */
  static final int HEAD = 40;

  private static final int FOOT = 26;
  private static final int SQUARE = 12;
  private static final int LETTERS = 14;
  private static final int INK = 0x222222;

  private VolumePicture() {}

  static void write(List<VolumeSlice> slices, Path file) {
    draw(chosen(slices)).write(file);
  }

  /** No case is shown twice, so there are fewer than three of one or two. */
  static List<VolumeSlice> chosen(List<VolumeSlice> slices) {
    List<VolumeSlice> sorted =
        slices.stream().sorted(Comparator.comparingDouble(VolumeSlice::dice)).toList();
    int last = sorted.size() - 1;
    return List.of(0, last / 2, last).stream().distinct().map(sorted::get).toList();
  }

  private static Canvas draw(List<VolumeSlice> slices) {
    int width = slices.stream().mapToInt(s -> s.width() * zoom(s) + GAP).sum() - GAP;
    int below = HEAD + slices.stream().mapToInt(s -> s.height() * zoom(s)).max().orElse(1);
    Canvas canvas = new Canvas(width, below + FOOT, 0xFFFFFF);
    int left = 0;
    for (int i = 0; i < slices.size(); i++) {
      VolumeSlice slice = slices.get(i);
      int zoom = zoom(slice);
      String place = i == 0 ? "worst: " : i == slices.size() - 1 ? "best: " : "median: ";
      String name = (slices.size() == 1 ? "" : place) + slice.name();
      String dice =
          String.format(Locale.ROOT, "Dice %.1f %%, slice %d", 100 * slice.dice(), slice.z());
      canvas.text(canvas.fitting(name, LETTERS, slice.width() * zoom), left, 15, LETTERS, INK);
      canvas.text(dice, left, 33, LETTERS, INK);
      Picture shown =
          Picture.painted(
              slice.height() * zoom, slice.width() * zoom, (y, x) -> colour(slice, x, y, zoom));
      canvas.draw(shown, left, HEAD);
      left += slice.width() * zoom + GAP;
    }
    legend(canvas, below + 7);
    return canvas;
  }

  private static void legend(Canvas canvas, int top) {
    int left = 0;
    for (Outline outline : Outline.values()) {
      canvas.fill(left, top, SQUARE, SQUARE, outline.rgb);
      canvas.text(outline.meaning, left + SQUARE + 5, top + SQUARE - 1, LETTERS, INK);
      left += outline.width;
    }
  }

  private static int zoom(VolumeSlice slice) {
    int side = Math.max(slice.width(), slice.height());
    return (SIDE + side - 1) / side;
  }

  private static int colour(VolumeSlice slice, int x, int y, int zoom) {
    boolean truth = slice.outlined(slice.truth(), x, y, zoom, LINE);
    boolean prediction = slice.outlined(slice.prediction(), x, y, zoom, LINE);
    if (truth || prediction) {
      return (truth && prediction ? Outline.BOTH : truth ? Outline.TRUTH : Outline.PREDICTION).rgb;
    }
    return slice.grey()[x / zoom * slice.height() + y / zoom] * 0x010101;
  }
}
