package juxta.benchmarks.claims;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A row of a claim's picture, a line of {@code claims-results/rows.csv}.
 *
 * @param claim folder of its scores
 * @param panel title of the rows that share an axis
 * @param metric as {@code knn/accuracy}
 * @param way the row, as {@code part/method}, or a number, such as chance
 * @param words how it is called in the picture
 * @param kind whose scores they are
 */
record Row(String claim, String panel, String metric, String way, String words, Kind kind) {
  private static final String HEADS = "claim,panel,metric,row,words,kind";

  /** Whose scores a row has. */
  enum Kind {
    METHOD("the method", "#0072b2"),
    RIVAL("what it is compared with", "#b35c00"),
    REFERENCE("references", "#767676");

    final String words;
    final String colour;

    Kind(String words, String colour) {
      this.words = words;
      this.colour = colour;
    }
  }

  /** Reads the rows of a file. */
  static List<Row> read(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String[] cells : HeadedLines.read(file, HEADS)) {
      Kind kind = kind(cells[5], file, rows.size() + 2);
      rows.add(new Row(cells[0], cells[1], cells[2], cells[3], cells[4], kind));
    }
    return rows;
  }

  /**
   * Its scores, one a seed or fold.
   *
   * @param claim the scores of its claim
   */
  double[] values(ScoreFiles claim) {
    try {
      return new double[] {Double.parseDouble(way)};
    } catch (NumberFormatException e) {
      double[] values = claim.way(way).values(metric);
      if (values.length == 0) {
        throw new IllegalArgumentException(
            "rows.csv: no '" + metric + "' of '" + way + "' of " + this.claim);
      }
      return values;
    }
  }

  private static Kind kind(String cell, Path file, int line) {
    try {
      return Kind.valueOf(cell.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + ", line " + line + ": '" + cell + "' is not method, rival or reference", e);
    }
  }
}
