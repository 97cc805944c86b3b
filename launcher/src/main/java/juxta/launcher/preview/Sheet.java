package juxta.launcher.preview;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.picture.ImageSize;
import juxta.toolkit.picture.Canvas;
import juxta.toolkit.text.Printable;

/**
 * A contact sheet: a row a record, with what is known of it on the left and pictures in columns.
 *
 * @param title what is shown
 * @param lead more about it, a line each
 * @param columns headings of the columns
 * @param rows the records
 * @param tints how masks are shown
 * @param side pixels of the square that a picture has
 * @param captions pixels of the column on the left
 */
record Sheet(
    String title,
    List<String> lead,
    List<Column> columns,
    List<Row> rows,
    Tints tints,
    int side,
    int captions) {
  /** Pixels around everything, between pictures, and between groups of columns. */
  static final int MARGIN = 16;

  static final int GAP = 8;
  static final int BREAK = 24;

  private static final int TITLE = 16;
  private static final int TEXT = 12;
  private static final int LINE = 16;

  /** Pixels that a class has in the legend. */
  private static final int LEGEND = 140;

  private static final int PAPER = 0xFFFFFF;
  private static final int BED = 0xEDEDED;
  private static final int INK = 0x1A1A1A;
  private static final int PALE = 0x606060;

  /**
   * A column.
   *
   * @param group what it shares with its neighbours, such as {@code view 1}
   * @param name what it is in its group, perhaps empty
   */
  record Column(String group, String name) {}

  /**
   * A record.
   *
   * @param head its first line
   * @param lines further lines, each cut off where there is no more room
   * @param text a text that is wrapped, perhaps empty
   * @param cells a picture a column; where one is missing, why
   */
  record Row(String head, List<String> lines, String text, List<Cell> cells) {}

  /**
   * A place for a picture.
   *
   * @param tile the picture
   * @param why what stands there if there is none
   */
  record Cell(Optional<Tile> tile, String why) {
    static Cell of(Tile tile) {
      return new Cell(Optional.of(tile), "");
    }

    static Cell none(String why) {
      return new Cell(Optional.empty(), why);
    }
  }

  Canvas draw() {
    Canvas sheet = new Canvas(width(), height(), PAPER);
    int y = MARGIN + TITLE;
    int room = width() - 2 * MARGIN;
    write(sheet, title, MARGIN, y, TITLE, room, INK);
    for (String line : lead) {
      y += LINE;
      write(sheet, line, MARGIN, y + 2, TEXT, room, PALE);
    }
    headings(sheet);
    for (int row = 0; row < rows.size(); row++) {
      row(sheet, rows.get(row), top(row));
    }
    legend(sheet);
    return sheet;
  }

  /** The left edge of a column's pictures. */
  int left(int column) {
    int left = MARGIN + captions;
    for (int i = 1; i <= column; i++) {
      boolean same = columns.get(i).group().equals(columns.get(i - 1).group());
      left += side + (same ? GAP : BREAK);
    }
    return left;
  }

  /** The upper edge of a row's pictures. */
  int top(int row) {
    int headings = LINE + (named() ? LINE : 0) + GAP;
    return MARGIN + TITLE + lead.size() * LINE + BREAK + headings + row * (side + 2 * GAP);
  }

  int width() {
    return left(columns.size() - 1) + side + MARGIN;
  }

  int height() {
    int legend = legendRows() * (LINE + GAP);
    return top(rows.size()) + MARGIN + (legend == 0 ? 0 : legend + GAP);
  }

  private boolean named() {
    return columns.stream().anyMatch(column -> !column.name().isEmpty());
  }

  private void headings(Canvas sheet) {
    int names = top(0) - GAP;
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      boolean first = i == 0 || !columns.get(i - 1).group().equals(column.group());
      if (first) {
        int last = i;
        while (last + 1 < columns.size() && columns.get(last + 1).group().equals(column.group())) {
          last++;
        }
        int room = left(last) + side - left(i);
        write(sheet, column.group(), left(i), names - (named() ? LINE : 0), TEXT, room, INK);
      }
      write(sheet, column.name(), left(i), names, TEXT, side, PALE);
    }
  }

  private void row(Canvas sheet, Row row, int top) {
    int room = captions - BREAK;
    int bottom = top + side;
    int y = top + TEXT;
    write(sheet, row.head(), MARGIN, y, TEXT + 1, room, INK);
    for (String line : row.lines()) {
      y += LINE;
      write(sheet, line, MARGIN, y, TEXT, room, PALE);
    }
    y += LINE / 2;
    for (String line : wrapped(sheet, row.text(), room, (bottom - y) / LINE)) {
      y += LINE;
      write(sheet, line, MARGIN, y, TEXT, room, INK);
    }
    for (int i = 0; i < row.cells().size(); i++) {
      cell(sheet, row.cells().get(i), left(i), top);
    }
  }

  private void cell(Canvas sheet, Cell cell, int left, int top) {
    sheet.fill(left, top, side, side, BED);
    cell.tile()
        .ifPresentOrElse(
            tile -> {
              ImageSize size = tile.within(side);
              sheet.draw(
                  tile.drawn(size, tints),
                  left + (side - size.width()) / 2,
                  top + (side - size.height()) / 2);
            },
            () -> {
              List<String> lines = wrapped(sheet, cell.why(), side - 2 * GAP, 4);
              for (int i = 0; i < lines.size(); i++) {
                int y = top + side / 2 + i * LINE;
                write(sheet, lines.get(i), left + GAP, y, TEXT, side - 2 * GAP, PALE);
              }
            });
  }

  /** Classes side by side, as many in a row as there is room for. */
  private int across() {
    return Math.max(1, (width() - 2 * MARGIN) / LEGEND);
  }

  private int legendRows() {
    boolean masks =
        rows.stream()
            .flatMap(row -> row.cells().stream())
            .flatMap(cell -> cell.tile().stream())
            .anyMatch(tile -> tile.mask().isPresent());
    return masks ? (tints.names().size() + across() - 1) / across() : 0;
  }

  private void legend(Canvas sheet) {
    if (legendRows() == 0) {
      return;
    }
    List<Map.Entry<Integer, String>> entries = List.copyOf(tints.names().entrySet());
    for (int i = 0; i < entries.size(); i++) {
      int left = MARGIN + i % across() * LEGEND;
      int top = top(rows.size()) + i / across() * (LINE + GAP) + GAP;
      sheet.fill(left, top, LINE, LINE, tints.colours().get(entries.get(i).getKey()));
      int room = LEGEND - LINE - 2 * GAP;
      write(sheet, entries.get(i).getValue(), left + LINE + GAP, top + TEXT, TEXT, room, INK);
    }
  }

  private static void write(
      Canvas sheet, String text, int left, int baseline, int size, int room, int colour) {
    String line = Printable.line(text);
    sheet.text(sheet.fitting(line, size, room), left, baseline, size, colour);
  }

  /** A text in lines; the last one ends with dots where there is more. */
  private static List<String> wrapped(Canvas sheet, String text, int room, int most) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    List<String> words = List.of(text.strip().split("\\s+"));
    for (int i = 0; i < words.size() && lines.size() < most; i++) {
      String longer = line.isEmpty() ? words.get(i) : line + " " + words.get(i);
      if (line.isEmpty() || fits(sheet, longer, room)) {
        line.setLength(0);
        line.append(longer);
      } else if (lines.size() == most - 1) {
        lines.add(sheet.fitting(line + " …", TEXT, room));
        line.setLength(0);
      } else {
        lines.add(line.toString());
        line.setLength(0);
        line.append(words.get(i));
      }
    }
    if (!line.isEmpty() && lines.size() < most) {
      lines.add(line.toString());
    }
    return lines;
  }

  private static boolean fits(Canvas sheet, String text, int room) {
    String line = Printable.line(text);
    return sheet.fitting(line, TEXT, room).equals(line);
  }
}
