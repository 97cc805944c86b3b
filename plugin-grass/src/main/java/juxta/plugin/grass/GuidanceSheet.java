package juxta.plugin.grass;

import java.nio.file.Path;
import java.util.List;
import juxta.api.Value;
import juxta.picture.Picture;
import juxta.picture.PixelBox;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.picture.Canvas;

/**
 * A picture of what a guided step saw. A row an image; for its first view and then for its second
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

  /** Writes it as PNG. */
  void write(Path file) {
    draw().write(file);
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
        Picture heat = Picture.painted(side(), side(), (y, x) -> heat(map[y * side() + x]));
        Picture crop =
            shown.cropped(new PixelBox(box.left(), box.top(), box.right(), box.bottom()));
        int panel = 0;
        for (Picture one : List.of(shown, heat, crop)) {
          int from = left + panel * cell;
          sheet.draw(one.blocks(side() * zoom, side() * zoom), from, top);
          if (panel++ < 2) {
            sheet.outline(
                from + box.left() * zoom,
                top + box.top() * zoom,
                (box.right() - box.left()) * zoom,
                (box.bottom() - box.top()) * zoom,
                2,
                LINE);
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
