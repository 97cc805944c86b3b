package juxta.plugin.grass;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.AtomicFile;

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
record Sheet(int step, Value views, List<float[]> maps, List<Box> boxes) {
  private static final int LEAST = 96;
  private static final int GAP = 6;
  private static final int LINE = 0x00cc00;
  private static final int PAPER = 0x808080;

  /** One of the pictures of a view: a colour a pixel. */
  @FunctionalInterface
  private interface Panel {
    int colour(int y, int x);
  }

  /** Writes it as PNG. */
  void write(Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(draw(), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    ByteBuffer content = ByteBuffer.wrap(bytes.toByteArray());
    AtomicFile.write(
        file,
        channel -> {
          while (content.hasRemaining()) {
            channel.write(content);
          }
        });
  }

  BufferedImage draw() {
    int images = boxes.size() / 2;
    int cell = side() * zoom() + GAP;
    BufferedImage sheet =
        new BufferedImage(6 * cell + 2 * GAP, images * cell + GAP, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < sheet.getHeight(); y++) {
      for (int x = 0; x < sheet.getWidth(); x++) {
        sheet.setRGB(x, y, PAPER);
      }
    }
    float[] pixels = Tensors.floats(views);
    for (int image = 0; image < images; image++) {
      int top = GAP + image * cell;
      for (int second = 0; second < 2; second++) {
        int view = second * images + image;
        int left = GAP + second * (3 * cell + GAP);
        Box box = boxes.get(view);
        Panel shown = shown(pixels, view);
        float[] map = maps.get(view);
        paint(sheet, top, left, shown);
        frame(sheet, top, left, box);
        paint(sheet, top, left + cell, (y, x) -> heat(map[y * side() + x]));
        frame(sheet, top, left + cell, box);
        paint(sheet, top, left + 2 * cell, cropped(shown, box));
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

  private int zoom() {
    return Math.max(1, LEAST / side());
  }

  private Panel shown(float[] pixels, int view) {
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
    return (y, x) -> {
      int colour = 0;
      for (int c = 0; c < 3; c++) {
        int at = from + (y * side() + x) * channels() + Math.min(c, channels() - 1);
        colour = colour << 8 | Math.round(255 * (pixels[at] - least) / range);
      }
      return colour;
    };
  }

  private Panel cropped(Panel view, Box box) {
    return (y, x) ->
        view.colour(
            box.top() + y * (box.bottom() - box.top()) / side(),
            box.left() + x * (box.right() - box.left()) / side());
  }

  private static int heat(float value) {
    int rest = Math.round(255 * (1 - Math.min(1, Math.abs(value))));
    return value > 0 ? 0xff0000 | rest << 8 | rest : rest << 16 | rest << 8 | 0xff;
  }

  private void paint(BufferedImage sheet, int top, int left, Panel panel) {
    int zoom = zoom();
    for (int y = 0; y < side() * zoom; y++) {
      for (int x = 0; x < side() * zoom; x++) {
        sheet.setRGB(left + x, top + y, panel.colour(y / zoom, x / zoom));
      }
    }
  }

  private void frame(BufferedImage sheet, int top, int left, Box box) {
    int zoom = zoom();
    for (int y = box.top() * zoom; y < box.bottom() * zoom; y++) {
      for (int x = box.left() * zoom; x < box.right() * zoom; x++) {
        boolean inside =
            y >= box.top() * zoom + 2
                && y < box.bottom() * zoom - 2
                && x >= box.left() * zoom + 2
                && x < box.right() * zoom - 2;
        if (!inside) {
          sheet.setRGB(left + x, top + y, LINE);
        }
      }
    }
  }
}
