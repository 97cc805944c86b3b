package juxta.plugin.iir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import juxta.api.Field;
import juxta.api.Split;
import juxta.toolkit.io.Csv;
import juxta.toolkit.metrics.AveragePrecision;

/** A line a query and protocol: {@code queries.csv}. */
final class QueryTable {
  private static final int DECIMALS = 6;

  private final Split queries;
  private final int precisions;
  private final Csv table;

  QueryTable(Split queries, int... ks) {
    this.queries = queries;
    this.precisions = ks.length;
    List<String> header = new ArrayList<>(List.of("query", "file", "protocol", "positives", "ap"));
    Arrays.stream(ks).forEach(k -> header.add("p@" + k));
    this.table = new Csv(header);
  }

  /** A query without positives has empty columns. */
  void add(int query, Grade grade, Optional<AveragePrecision> found) {
    List<Object> row = new ArrayList<>();
    row.add(query);
    row.add(file(query));
    row.add(grade.name());
    row.add(found.map(AveragePrecision::positives).orElse(0));
    found.ifPresentOrElse(
        ap -> {
          row.add(Csv.number(ap.value(), DECIMALS));
          ap.precisionAt().values().forEach(p -> row.add(Csv.number(p, DECIMALS)));
        },
        () -> row.addAll(Collections.nCopies(1 + precisions, "")));
    table.row(row);
  }

  private String file(int query) {
    return queries.has(Field.FILE) ? queries.value(Field.FILE, query).text() : "";
  }

  void write(Path file) {
    table.write(file);
  }
}
