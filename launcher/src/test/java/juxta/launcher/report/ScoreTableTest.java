package juxta.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables fit the terminal, whatever was scored. */
class ScoreTableTest {
  private static final List<String> METRICS =
      List.of("accuracy", "hungarian-accuracy", "nmi", "nmi-mapped", "ari", "silhouette", "db");

  private static List<Row> clustering(String method, int seed) {
    List<Row> rows = new ArrayList<>();
    for (String metric : METRICS) {
      Map<String, String> protocol = new LinkedHashMap<>();
      protocol.put("feature", "embed, 256 dimensions");
      protocol.put("k-means", "best of 10 starts of at most 300 rounds, fitted to 4000 records");
      if (metric.equals("accuracy")) {
        protocol.put("map", "a cluster stands for the class of most of its training records");
      }
      Score score = new Score(metric, .125 + seed / 100., Score.Unit.RATE, protocol);
      rows.add(
          new Row(method, "resnet-small", "shapes", seed, Optional.empty(), "clustering", score));
    }
    Score share = new Score("majority", .1, Score.Unit.RATE, Map.of("majority", "largest class"));
    rows.add(
        new Row(method, "resnet-small", "shapes", seed, Optional.empty(), "clustering", share));
    return rows;
  }

  private static List<Row> compared(int methods, int seeds) {
    List<Row> rows = new ArrayList<>();
    for (int m = 0; m < methods; m++) {
      for (int seed = 0; seed < seeds; seed++) {
        rows.addAll(clustering("method" + m, seed));
      }
    }
    return rows;
  }

  private static List<String> lines(List<Row> rows, int width) {
    List<String> lines =
        ScoreTable.of(rows, Optional.of(new ScoreGrid.Line("method0", "resnet-small")))
            .lines(width);
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    return lines;
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 40, 60, 80, 100, 120, 200, 400})
  void everyLineFits(int width) {
    for (int methods : new int[] {1, 2, 5, 9}) {
      for (int seeds : new int[] {1, 3}) {
        List<String> lines = lines(compared(methods, seeds), width);
        String number = seeds == 1 ? "12.5" : "13.5 ± 1.0";
        String text = String.join("\n", lines);
        assertThat(text.split(number, -1)).hasSize(methods * METRICS.size() + 1);
        assertThat(text).contains("method" + (methods - 1)).contains("hungarian-accuracy");
      }
    }
  }

  @Test
  void aMetricALineWhereColumnsAreTooMany() {
    List<String> lines = lines(compared(2, 1), 80);
    assertThat(lines.get(0)).matches("metric +method0 resnet-small  method1 resnet-small");
    assertThat(lines.get(2)).matches("clustering accuracy +12\\.5 +12\\.5");
    assertThat(lines(compared(2, 1), 300).get(0)).matches("method +encoder +clustering acc.*");
  }

  @Test
  void protocolsAreSaidOnceAndFolded() {
    List<String> lines = lines(compared(1, 1), 60);
    String text = String.join("\n", lines);
    assertThat(text.split("k-means", -1)).hasSize(2);
    assertThat(text).contains("clustering: feature embed, 256 dimensions, k-means best of");
    assertThat(lines).contains("clustering majority: per cent, majority largest class");
    String joined = text.replaceAll("\\s+", " ");
    assertThat(joined)
        .contains(
            "accuracy: per cent, map a cluster stands for the class of most of its training records")
        .contains("hungarian-accuracy, nmi, nmi-mapped, ari, silhouette, db: per cent");
  }

  /** What stands in names and protocols may be as long as it likes, and say anything. */
  @Test
  void foreignWordsBreakNoLine() {
    String hostile = "a\nb\u001b[31m\r\u202e" + "x".repeat(150);
    Score score = new Score(hostile, .5, Score.Unit.NUMBER, Map.of(hostile, hostile));
    List<Row> rows =
        List.of(new Row(hostile, hostile, "shapes", 0, Optional.empty(), hostile, score));
    for (int width : new int[] {30, 100, 2000}) {
      assertThat(lines(rows, width))
          .allSatisfy(line -> assertThat(line).doesNotContainPattern("[\\p{Cntrl}\u202e]"));
    }
  }
}
