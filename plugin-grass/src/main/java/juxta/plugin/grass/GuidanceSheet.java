package juxta.plugin.grass;

import java.nio.file.Path;
import java.util.List;
import juxta.api.Value;
import juxta.picture.Picture;
import juxta.picture.PixelBox;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.picture.Canvas;

/**
 * Pictures of what a guided step saw. A row an image; for its first view and then for its second
 * one: the view, its loss attention map (red where positive, blue where negative, white at 0) and
 * the crop, with the box on view and map.
 *
 * @param step number of the step in its phase
 * @param views [2P, side, side, C], first views before second ones; shown from their least value,
 *     black, to their greatest
 * @param maps A of each view, as large as the view
 * @param boxes of each view
 */
record GuidanceSheet(int step, Value views, List<float[]> maps, List<CropBox> boxes) {
  private static final int LEAST = 96;
  private static final int GAP = 6;
  private static final int LINE = 0x00cc00;
  private static final int PAPER = 0x808080;

  private static final List<Double> THRESHOLDS = List.of(0.3, 0.5, 0.7, 0.9);

  /** Writes what the step did as PNG. */
  void write(Path file) {
    draw().write(file);
  }

  /** Writes what other thresholds would have done as PNG. */
  void writeThresholds(Path file) {
    thresholds().write(file);
  }

  /**
   * What the threshold does. A row an image's first view: the view, its map, and for a threshold of
   * 0.3, 0.5, 0.7 and 0.9 the view with what is above it in its colours and the rest pale, and the
   * box that is cut out.
   */
  Canvas thresholds() {
    int images = boxes.size() / 2;
    int zoom = Math.max(1, LEAST / side());
    int cell = side() * zoom + GAP;
    Canvas sheet = new Canvas((2 + THRESHOLDS.size()) * cell + GAP, images * cell + GAP, PAPER);
    float[] pixels = Tensors.floats(views);
    for (int image = 0; image < images; image++) {
      int top = GAP + image * cell;
      Picture shown = shown(pixels, image);
      float[] map = maps.get(image);
      sheet.draw(shown.blocks(side() * zoom, side() * zoom), GAP, top);
      sheet.draw(heated(map).blocks(side() * zoom, side() * zoom), GAP + cell, top);
      for (int t = 0; t < THRESHOLDS.size(); t++) {
        int left = GAP + (2 + t) * cell;
        double ratio = THRESHOLDS.get(t);
        Picture above = above(shown, map, ratio);
        sheet.draw(above.blocks(side() * zoom, side() * zoom), left, top);
        outline(sheet, CropChoice.of(map, side(), ratio), left, top, zoom);
      }
    }
    return sheet;
  }

  /** Pale where the map is not above the threshold. */
  private Picture above(Picture shown, float[] map, double ratio) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (float value : map) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    float t = min + (float) ratio * (max - min);
    return Picture.painted(
        side(),
        side(),
        (y, x) -> {
          int colour = shown.colour(y, x);
          return map[y * side() + x] > t
              ? colour
              : 0xffffff - ((0xffffff - colour >> 2) & 0x3f3f3f);
        });
  }

  private Picture heated(float[] map) {
    return Picture.painted(side(), side(), (y, x) -> heat(map[y * side() + x]));
  }

  private static void outline(Canvas sheet, CropBox box, int left, int top, int zoom) {
    sheet.outline(
        left + box.left() * zoom,
        top + box.top() * zoom,
        (box.right() - box.left()) * zoom,
        (box.bottom() - box.top()) * zoom,
        2,
        LINE);
  }

  Canvas draw() {
    int images = boxes.size() / 2;
    int zoom = Math.max(1, LEAST / side());
    int cell = side() * zoom + GAP;
    Canvas sheet = new Canvas(6 * cell + 2 * GAP, images * cell + GAP, PAPER);
    float[] pixels = Tensors.floats(views);
    for (int image = 0; image < images; image++) {
      int top = GAP + image * cell;
      for (int second = 0; second < 2; second++) {
        int view = second * images + image;
        int left = GAP + second * (3 * cell + GAP);
        CropBox box = boxes.get(view);
        Picture shown = shown(pixels, view);
        float[] map = maps.get(view);
        Picture heat = heated(map);
        Picture crop =
            shown.cropped(new PixelBox(box.left(), box.top(), box.right(), box.bottom()));
        int panel = 0;
        for (Picture one : List.of(shown, heat, crop)) {
          int from = left + panel * cell;
          sheet.draw(one.blocks(side() * zoom, side() * zoom), from, top);
          if (panel++ < 2) {
            outline(sheet, box, from, top, zoom);
          }
        }
      }
    }
    return sheet;
  }

  private int side() {
    return views.shape().get(1).intValue();
  }

  private int channels() {
    return views.shape().get(3).intValue();
  }

  private Picture shown(float[] pixels, int view) {
    int length = side() * side() * channels();
    int from = view * length;
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + length; i++) {
      min = Math.min(min, pixels[i]);
      max = Math.max(max, pixels[i]);
    }
    float least = min;
    float range = Math.max(max - min, 1e-12f);
    return Picture.painted(
        side(),
        side(),
        (y, x) -> {
          int colour = 0;
          for (int c = 0; c < 3; c++) {
            int at = from + (y * side() + x) * channels() + Math.min(c, channels() - 1);
            colour = colour << 8 | Math.round(255 * (pixels[at] - least) / range);
          }
          return colour;
        });
  }

  private static int heat(float value) {
    int rest = Math.round(255 * (1 - Math.min(1, Math.abs(value))));
    return value > 0 ? 0xff0000 | rest << 8 | rest : rest << 16 | rest << 8 | 0xff;
  }
}
