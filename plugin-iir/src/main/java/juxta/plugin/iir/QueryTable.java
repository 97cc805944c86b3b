package juxta.plugin.iir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import juxta.api.Field;
import juxta.api.Split;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.metrics.AveragePrecision;

/** A line a query and protocol: {@code queries.csv}. */
final class QueryTable {
  private final List<String> lines = new ArrayList<>();
  private final Split queries;

  QueryTable(Split queries, int... ks) {
    this.queries = queries;
    StringBuilder header = new StringBuilder("query,file,protocol,positives,ap");
    for (int k : ks) {
      header.append(",p@").append(k);
    }
    lines.add(header.toString());
  }

  /** A query without positives has empty columns. */
  void add(int query, Grade grade, Optional<AveragePrecision> found) {
    StringBuilder line = new StringBuilder();
    line.append(query).append(',').append(quoted(file(query))).append(',').append(grade.name());
    line.append(',').append(found.map(AveragePrecision::positives).orElse(0));
    line.append(',').append(found.map(ap -> number(ap.value())).orElse(""));
    int columns = (int) lines.get(0).chars().filter(c -> c == '@').count();
    if (found.isPresent()) {
      found.get().precisionAt().values().forEach(p -> line.append(',').append(number(p)));
    } else {
      line.append(",".repeat(columns));
    }
    lines.add(line.toString());
  }

  private String file(int query) {
    return queries.has(Field.FILE) ? queries.value(Field.FILE, query).text() : "";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  /** As RFC 4180 has it. */
  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  void write(Path file) {
    AtomicFile.write(file, String.join("\n", lines) + "\n");
  }
}
