package juxta.plugin.iir;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import juxta.api.Field;
import juxta.api.Split;
import juxta.api.Value;
import juxta.toolkit.image.SafeColour;
import juxta.toolkit.io.AtomicFile;

/**
 * A picture of searches, a row a query: the query, a gap, and the first finds. A find of the same
 * object has a blue frame and a bar below, another one an orange frame: colours that colour-blind
 * readers tell apart.
 */
final class FindSheet {
  private static final Color SAME = new Color(SafeColour.SKY.rgb());
  private static final Color OTHER = new Color(SafeColour.VERMILION.rgb());
  private static final int SIDE = 96;
  private static final int FRAME = 4;
  private static final int CELL = SIDE + 4 * FRAME;
  private static final int FINDS = 6;

  private final Split queries;
  private final Split database;
  private final int every;
  private final int most;
  private final List<Row> rows = new ArrayList<>();

  /** A query, its first finds, and which of them show the same object. */
  private record Row(int query, int[] finds, boolean[] same) {}

  /** A sheet with so many of the queries, evenly spread. */
  FindSheet(Split queries, Split database, int most) {
    this.queries = queries;
    this.database = database;
    this.most = most;
    this.every = Math.max(1, queries.size() / Math.max(1, most));
  }

  /** Takes a query's ranking, best first, if it is one of those that are shown. */
  void add(int query, int[] ranking, Truth truth) {
    if (query % every != 0 || rows.size() >= most || truth.positives().isEmpty()) {
      return;
    }
    int[] finds = new int[Math.min(FINDS, ranking.length)];
    boolean[] same = new boolean[finds.length];
    int n = 0;
    for (int record : ranking) {
      if (n < finds.length && !truth.ignored().get(record)) {
        finds[n] = record;
        same[n++] = truth.positives().get(record);
      }
    }
    rows.add(new Row(query, java.util.Arrays.copyOf(finds, n), java.util.Arrays.copyOf(same, n)));
  }

  /** Writes it as PNG; nothing if no query was shown. */
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
    BufferedImage sheet =
        new BufferedImage(
            (FINDS + 1) * CELL + CELL / 4, rows.size() * CELL, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = sheet.createGraphics();
    for (int y = 0; y < rows.size(); y++) {
      Row row = rows.get(y);
      g.drawImage(image(queries, row.query()), 2 * FRAME, y * CELL + 2 * FRAME, SIDE, SIDE, null);
      for (int i = 0; i < row.finds().length; i++) {
        int left = CELL / 4 + (i + 1) * CELL;
        g.setColor(row.same()[i] ? SAME : OTHER);
        g.fillRect(left + FRAME, y * CELL + FRAME, SIDE + 2 * FRAME, SIDE + 2 * FRAME);
        BufferedImage find = image(database, row.finds()[i]);
        int height = row.same()[i] ? SIDE - FRAME : SIDE;
        g.drawImage(find, left + 2 * FRAME, y * CELL + 2 * FRAME, SIDE, height, null);
      }
    }
    g.dispose();
    return sheet;
  }

  private static BufferedImage image(Split split, int record) {
    Value value = split.value(Field.IMAGE, record); // uint8 [H, W, C]
    int height = value.shape().get(0).intValue();
    int width = value.shape().get(1).intValue();
    int channels = value.shape().get(2).intValue();
    ByteBuffer pixels = value.data();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      int colour = 0;
      for (int c = 0; c < 3; c++) {
        int at = i * channels + Math.min(c, channels - 1);
        colour = colour << 8 | Byte.toUnsignedInt(pixels.get(at));
      }
      image.setRGB(i % width, i / width, colour);
    }
    return image;
  }
}
