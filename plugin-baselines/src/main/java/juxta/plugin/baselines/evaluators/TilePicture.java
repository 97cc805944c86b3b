package juxta.plugin.baselines.evaluators;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import juxta.api.Field;
import juxta.api.MaskClass;
import juxta.api.Value;
import juxta.toolkit.io.AtomicFile;

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
  private static final int RED = 0xE03030;
  private static final int GREY = 0xC8C8C8;

  private final List<MaskClass> classes;
  private final int most;
  private final List<BufferedImage> rows = new ArrayList<>();

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
    BufferedImage row = canvas(4 * SIDE + 3 * GAP, SIDE);
    Graphics2D g = row.createGraphics();
    Value tile = image.get();
    int channels = tile.data().remaining() / truth.length;
    ByteBuffer pixels = tile.data();
    for (int panel = 0; panel < TITLES.size(); panel++) {
      BufferedImage part = new BufferedImage(length, length, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < truth.length; p++) {
        int colour =
            switch (panel) {
              case 0 -> rgb(pixels, p, channels);
              case 1 -> colour(truth[p]);
              case 2 -> colour(predicted[p]);
              default ->
                  truth[p] == (byte) Field.IGNORED ? 0 : truth[p] == predicted[p] ? GREY : RED;
            };
        part.setRGB(p % length, p / length, colour);
      }
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION,
          panel == 0
              ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
              : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
      g.drawImage(part, panel * (SIDE + GAP), 0, SIDE, SIDE, null);
    }
    g.dispose();
    rows.add(row);
  }

  private static int rgb(ByteBuffer pixels, int p, int channels) {
    int red = Byte.toUnsignedInt(pixels.get(p * channels));
    int green = channels == 3 ? Byte.toUnsignedInt(pixels.get(p * channels + 1)) : red;
    int blue = channels == 3 ? Byte.toUnsignedInt(pixels.get(p * channels + 2)) : red;
    return red << 16 | green << 8 | blue;
  }

  private int colour(byte index) {
    int c = Byte.toUnsignedInt(index);
    return c < classes.size() ? classes.get(c).colour() : 0;
  }

  private static BufferedImage canvas(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    g.dispose();
    return image;
  }

  /** Writes the picture, if there is a tile in it. */
  void write(Path file) {
    if (rows.isEmpty()) {
      return;
    }
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

  private BufferedImage draw() {
    int width = rows.get(0).getWidth() + 2 * GAP;
    int columns = 3;
    int legend = (classes.size() + columns - 1) / columns * LINE;
    BufferedImage image = canvas(width, LINE + rows.size() * (SIDE + GAP) + legend + GAP);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    g.setColor(Color.BLACK);
    for (int panel = 0; panel < TITLES.size(); panel++) {
      g.drawString(TITLES.get(panel), GAP + panel * (SIDE + GAP), LINE - 7);
    }
    int y = LINE;
    for (BufferedImage row : rows) {
      g.drawImage(row, GAP, y, null);
      y += SIDE + GAP;
    }
    for (int c = 0; c < classes.size(); c++) {
      int x = GAP + c % columns * (width - GAP) / columns;
      int top = y + c / columns * LINE;
      g.setColor(new Color(classes.get(c).colour()));
      g.fillRect(x, top, LINE - 6, LINE - 6);
      g.setColor(Color.BLACK);
      g.drawRect(x, top, LINE - 6, LINE - 6);
      g.drawString(classes.get(c).name(), x + LINE, top + LINE - 9);
    }
    g.dispose();
    return image;
  }
}
