package juxta.plugin.medcluster;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Rows of images in one picture.
 *
 * @param side of each image, in pixels
 * @param channels 1 or 3
 * @param rows images [side, side, channels] with values in [0, 1]; what lies outside is cut off
 */
record Sheet(int side, int channels, List<List<float[]>> rows) {
  private static final int LEAST = 64;
  private static final int GAP = 4;
  private static final int PAPER = 0x808080;

  /** Writes it as PNG. */
  void write(Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(draw(), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    WholeFile.write(file, bytes.toByteArray());
  }

  BufferedImage draw() {
    int zoom = Math.max(1, (LEAST + side - 1) / side);
    int cell = side * zoom + GAP;
    int wide = rows.stream().mapToInt(List::size).max().orElse(0);
    BufferedImage sheet =
        new BufferedImage(
            Math.max(1, wide) * cell + GAP,
            Math.max(1, rows.size()) * cell + GAP,
            BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < sheet.getHeight(); y++) {
      for (int x = 0; x < sheet.getWidth(); x++) {
        sheet.setRGB(x, y, PAPER);
      }
    }
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        float[] image = rows.get(row).get(column);
        for (int y = 0; y < side * zoom; y++) {
          for (int x = 0; x < side * zoom; x++) {
            int colour = colour(image, y / zoom, x / zoom);
            sheet.setRGB(GAP + column * cell + x, GAP + row * cell + y, colour);
          }
        }
      }
    }
    return sheet;
  }

  private int colour(float[] image, int y, int x) {
    int colour = 0;
    for (int c = 0; c < 3; c++) {
      float value = image[(y * side + x) * channels + Math.min(c, channels - 1)];
      colour = colour << 8 | Math.round(255 * Math.max(0, Math.min(1, value)));
    }
    return colour;
  }
}
