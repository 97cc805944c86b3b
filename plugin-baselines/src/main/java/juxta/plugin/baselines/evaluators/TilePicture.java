package juxta.plugin.baselines.evaluators;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import juxta.api.Field;
import juxta.api.MaskClass;
import juxta.api.Value;
import juxta.picture.Picture;
import juxta.toolkit.picture.Canvas;
import juxta.toolkit.picture.PictureValues;

/**
 * A picture of some tiles, evenly spread over the split: in each row the tile, its mask, what was
 * predicted, and where that is wrong (red; right is grey). Pixels without a class are black. Below
 * them the colours of the classes.
 */
final class TilePicture {
  /** Shows nothing. */
  static final TilePicture NONE = new TilePicture(List.of(), 0);

  private static final List<String> TITLES = List.of("image", "mask", "prediction", "wrong");

  /** Pixels that a tile is drawn with along each edge. */
  private static final int SIDE = 160;

  private static final int GAP = 8;
  private static final int LINE = 22;
  private static final int SQUARE = 17;
  private static final int LETTERS = 13;
  private static final int INK = 0;
  private static final int RED = 0xE03030;
  private static final int GREY = 0xC8C8C8;

  private final List<MaskClass> classes;
  private final int most;
  private final List<List<Picture>> rows = new ArrayList<>();

  /**
   * Begins a picture.
   *
   * @param classes names and colours
   * @param most number of tiles at most
   */
  TilePicture(List<MaskClass> classes, int most) {
    this.classes = classes;
    this.most = most;
  }

  /**
   * Takes a tile in if it is one of those to be shown.
   *
   * @param record its number, asked in order
   * @param records how many there are
   * @param image gives the tile, uint8 [L, L, C]
   * @param truth [L, L]
   * @param predicted [L, L]
   */
  void show(int record, int records, Supplier<Value> image, byte[] truth, byte[] predicted) {
    int shown = Math.min(most, records);
    int next = rows.size();
    if (next >= shown || record != (int) ((2L * next + 1) * records / (2L * shown))) {
      return;
    }
    int length = (int) Math.round(Math.sqrt(truth.length));
    rows.add(
        List.of(
            PictureValues.picture(image.get()).resized(SIDE, SIDE),
            panel(length, p -> colour(truth[p])),
            panel(length, p -> colour(predicted[p])),
            panel(
                length,
                p ->
                    truth[p] == (byte) Field.IGNORED ? 0 : truth[p] == predicted[p] ? GREY : RED)));
  }

  private static Picture panel(int length, IntUnaryOperator colour) {
    return Picture.painted(length, length, (y, x) -> colour.applyAsInt(y * length + x))
        .blocks(SIDE, SIDE);
  }

  private int colour(byte index) {
    int c = Byte.toUnsignedInt(index);
    return c < classes.size() ? classes.get(c).colour() : 0;
  }

  /** Writes the picture, if there is a tile in it. */
  void write(Path file) {
    if (!rows.isEmpty()) {
      draw().write(file);
    }
  }

  private Canvas draw() {
    int width = TITLES.size() * (SIDE + GAP) + GAP;
    int columns = 3;
    int legend = (classes.size() + columns - 1) / columns * LINE;
    Canvas canvas = new Canvas(width, LINE + rows.size() * (SIDE + GAP) + legend + GAP, 0xFFFFFF);
    for (int panel = 0; panel < TITLES.size(); panel++) {
      int left = GAP + panel * (SIDE + GAP);
      canvas.text(TITLES.get(panel), left, LINE - 7, LETTERS, INK);
      for (int row = 0; row < rows.size(); row++) {
        canvas.draw(rows.get(row).get(panel), left, LINE + row * (SIDE + GAP));
      }
    }
    for (int c = 0; c < classes.size(); c++) {
      int x = GAP + c % columns * (width - GAP) / columns;
      int top = LINE + rows.size() * (SIDE + GAP) + c / columns * LINE;
      canvas.fill(x, top, SQUARE, SQUARE, classes.get(c).colour());
      canvas.outline(x, top, SQUARE, SQUARE, 1, INK);
      canvas.text(classes.get(c).name(), x + LINE, top + LINE - 9, LETTERS, INK);
    }
    return canvas;
  }
}
