package juxta.plugin.claires;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.Split;
import juxta.picture.Picture;
import juxta.toolkit.io.Csv;
import juxta.toolkit.metrics.BankProducts;
import juxta.toolkit.metrics.Largest;
import juxta.toolkit.picture.FindSheet;
import juxta.toolkit.picture.PictureValues;

/**
 * What a search found, query by query.
 *
 * @param queries one for each record
 */
record Findings(List<Finding> queries) {
  /** Images that are told of each query. */
  private static final int TOP = 5;

  /**
   * What one query found.
   *
   * @param record number of the record whose text was looked for
   * @param text that text
   * @param textRank rank of the first image of an equal text
   * @param instanceRank rank of the record's own image
   * @param top the best images, best first; of equal scores the first one
   * @param scores their cosines
   * @param equal whether the text of each is that of the query
   */
  record Finding(
      int record,
      String text,
      double textRank,
      double instanceRank,
      int[] top,
      float[] scores,
      boolean[] equal) {}

  /** Of unit rows; ranks by record. */
  static Findings of(
      Matrix queries,
      Matrix images,
      List<String> texts,
      double[] textRanks,
      double[] instanceRanks) {
    Finding[] found = new Finding[queries.rows()];
    int k = Math.min(TOP, images.rows());
    BankProducts.each(
        queries,
        images,
        (scores, i) -> {
          int[] top = Largest.of(scores, k);
          float[] best = new float[k];
          boolean[] equal = new boolean[k];
          for (int j = 0; j < k; j++) {
            best[j] = scores[top[j]];
            equal[j] = texts.get(top[j]).equals(texts.get(i));
          }
          found[i] = new Finding(i, texts.get(i), textRanks[i], instanceRanks[i], top, best, equal);
        });
    return new Findings(List.of(found));
  }

  /** Some queries at even distances. */
  List<Finding> spread(int most) {
    int n = Math.min(most, queries.size());
    return IntStream.range(0, n).mapToObj(i -> queries.get(i * queries.size() / n)).toList();
  }

  /** Writes a table with a row a query. */
  void write(Path file) {
    List<String> header = new ArrayList<>(List.of("record", "text", "text-rank", "instance-rank"));
    int k = queries.get(0).top().length;
    for (int j = 1; j <= k; j++) {
      header.addAll(List.of("image-" + j, "score-" + j, "equal-text-" + j));
    }
    Csv table = new Csv(header);
    for (Finding one : queries) {
      List<Object> row =
          new ArrayList<>(List.of(one.record(), one.text(), one.textRank(), one.instanceRank()));
      for (int j = 0; j < k; j++) {
        row.addAll(List.of(one.top()[j], Csv.number(one.scores()[j], 4), one.equal()[j]));
      }
      table.row(row);
    }
    table.write(file);
  }

  /**
   * Draws some queries, evenly spread: the query's own image, and the best finds. Right is what has
   * the query's text.
   *
   * @param most number of queries at most
   * @param split has the images
   * @param file where the picture goes
   */
  void draw(int most, Split split, Path file) {
    List<FindSheet.Row> rows =
        spread(most).stream()
            .map(
                query ->
                    new FindSheet.Row(
                        image(split, query.record()),
                        IntStream.range(0, query.top().length)
                            .mapToObj(
                                i ->
                                    new FindSheet.Find(
                                        image(split, query.top()[i]), query.equal()[i]))
                            .toList()))
            .toList();
    new FindSheet(128, 3, queries.get(0).top().length).draw(rows).write(file);
  }

  private static Picture image(Split split, int record) {
    return PictureValues.picture(split.value(Field.IMAGE, record));
  }
}
