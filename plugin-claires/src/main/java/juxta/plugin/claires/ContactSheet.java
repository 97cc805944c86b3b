package juxta.plugin.claires;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.Value;
import juxta.toolkit.image.SafeColour;
import juxta.toolkit.io.AtomicFile;

/**
 * A picture of searches, a row a query: the query's own image, a gap, and the best finds, best
 * first. A find whose text equals the query's has a blue frame and a bar below, another one an
 * orange frame: colours that colour-blind readers tell apart.
 */
final class ContactSheet {
  private static final int EQUAL = SafeColour.SKY.rgb();
  private static final int OTHER = SafeColour.VERMILION.rgb();

  /** Pixels of an image's sides. */
  private static final int SIDE = 128;

  private static final int FRAME = 3;
  private static final int CELL = SIDE + 4 * FRAME;

  private ContactSheet() {}

  static void write(List<Findings.Finding> queries, Split split, Path file) {
    int finds = queries.get(0).top().length;
    BufferedImage sheet =
        new BufferedImage(
            (finds + 1) * CELL + CELL / 4, queries.size() * CELL, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < queries.size(); row++) {
      Findings.Finding query = queries.get(row);
      draw(sheet, split.value(Field.IMAGE, query.record()), 0, row * CELL, 0);
      for (int i = 0; i < finds; i++) {
        draw(
            sheet,
            split.value(Field.IMAGE, query.top()[i]),
            CELL / 4 + (i + 1) * CELL,
            row * CELL,
            query.equal()[i] ? EQUAL : OTHER);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(sheet, "png", bytes);
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

  private static void draw(BufferedImage sheet, Value image, int left, int top, int frame) {
    int h = image.shape().get(0).intValue();
    int w = image.shape().get(1).intValue();
    int channels = image.shape().get(2).intValue();
    ByteBuffer pixels = image.data();
    int below = frame == EQUAL ? SIDE - FRAME : SIDE; // the bar
    for (int y = -FRAME; y < SIDE + FRAME; y++) {
      for (int x = -FRAME; x < SIDE + FRAME; x++) {
        boolean inside = x >= 0 && x < SIDE && y >= 0 && y < below;
        int at = inside ? (y * h / SIDE * w + x * w / SIDE) * channels : 0;
        sheet.setRGB(
            left + x + 2 * FRAME,
            top + y + 2 * FRAME,
            inside ? colour(pixels, at, channels) : frame);
      }
    }
  }

  private static int colour(ByteBuffer pixels, int at, int channels) {
    int colour = 0;
    for (int c = 0; c < 3; c++) {
      colour = colour << 8 | Byte.toUnsignedInt(pixels.get(at + Math.min(c, channels - 1)));
    }
    return colour;
  }
}
