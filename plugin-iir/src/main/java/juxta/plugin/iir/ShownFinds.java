package juxta.plugin.iir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import juxta.api.Field;
import juxta.api.Split;
import juxta.picture.Picture;
import juxta.toolkit.picture.FindSheet;
import juxta.toolkit.picture.FindSheet.Find;
import juxta.toolkit.picture.FindSheet.Row;
import juxta.toolkit.picture.PictureValues;

/** Chooses the queries that a picture of searches shows, while they are ranked. */
final class ShownFinds {
  private static final int FINDS = 6;
  private static final FindSheet SHEET = new FindSheet(96, 4, FINDS);

  private final Split queries;
  private final Split database;
  private final int every;
  private final int most;
  private final List<Row> rows = new ArrayList<>();

  /** Shows so many of the queries, evenly spread. */
  ShownFinds(Split queries, Split database, int most) {
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
    List<Find> finds = new ArrayList<>();
    for (int record : ranking) {
      if (finds.size() < FINDS && !truth.ignored().get(record)) {
        finds.add(new Find(image(database, record), truth.positives().get(record)));
      }
    }
    rows.add(new Row(image(queries, query), finds));
  }

  /** Writes it as PNG; nothing if no query was shown. */
  void write(Path file) {
    if (!rows.isEmpty()) {
      SHEET.draw(rows).write(file);
    }
  }

  private static Picture image(Split split, int record) {
    return PictureValues.picture(split.value(Field.IMAGE, record));
  }
}
