package juxta.benchmarks.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import juxta.toolkit.metrics.Summary;

/** A picture for each claim: what every seed or fold of every row had. */
public final class Rows {
  private static final int WIDTH = 830;
  private static final int LINE = 20;
  private static final int LEFT = 284;
  private static final int RIGHT = 714;
  private static final int LEGEND = 34;
  private static final int TITLE = 30;
  private static final int MARKS = 4; // at least, on an axis

  private Rows() {}

  /**
   * Draws the pictures of the scores in the repository.
   *
   * @param args {@code FOLDER} where {@code CLAIM.svg} are written
   * @throws IOException if scores cannot be read or a picture cannot be written
   */
  public static void run(List<String> args) throws IOException {
    if (args.size() != 1) {
      throw new IllegalArgumentException("rows: FOLDER, as: rows docs/claims");
    }
    Path folder = Files.createDirectories(Path.of(args.get(0)));
    Map<String, String> pictures =
        pictures(Path.of(System.getProperty("juxta.benchmarks")).resolve("claims-results"));
    for (Map.Entry<String, String> picture : pictures.entrySet()) {
      Path file = folder.resolve(picture.getKey() + ".svg");
      Files.writeString(file, picture.getValue());
      System.out.println(file);
    }
  }

  /** The pictures of the rows that a folder of scores names, by claim. */
  static Map<String, String> pictures(Path results) throws IOException {
    Map<String, List<Row>> claims =
        Row.read(results.resolve("rows.csv")).stream()
            .collect(Collectors.groupingBy(Row::claim, LinkedHashMap::new, Collectors.toList()));
    Map<String, String> pictures = new LinkedHashMap<>();
    for (Map.Entry<String, List<Row>> claim : claims.entrySet()) {
      pictures.put(
          claim.getKey(),
          picture(
              claim.getKey(), claim.getValue(), ScoreFiles.of(results.resolve(claim.getKey()))));
    }
    return pictures;
  }

  private static String picture(String claim, List<Row> rows, ScoreFiles files) {
    Svg svg = new Svg();
    int at = LEFT;
    for (Row.Kind kind : Row.Kind.values()) {
      at = svg.legend(at, kind.colour, kind.words);
    }
    svg.text(RIGHT + 24, 16, "start", "", "mean");
    Map<String, List<Row>> panels =
        rows.stream()
            .collect(Collectors.groupingBy(Row::panel, LinkedHashMap::new, Collectors.toList()));
    int y = LEGEND;
    for (Map.Entry<String, List<Row>> panel : panels.entrySet()) {
      y = panel(svg, panel.getKey(), panel.getValue(), y, files);
    }
    return svg.picture(WIDTH, y, claim + ": each seed or fold a dot, their mean a line");
  }

  /** Draws rows on an axis of their own, and returns where the next panel begins. */
  private static int panel(Svg svg, String title, List<Row> rows, int top, ScoreFiles files) {
    Map<Row, double[]> scores = new LinkedHashMap<>();
    for (Row row : rows) {
      scores.put(row, points(row.values(files)));
    }
    Axis axis = Axis.over(scores.values().stream().flatMapToDouble(Arrays::stream).toArray());
    int foot = top + TITLE + rows.size() * LINE;
    svg.text(8, top + 12, "start", "font-weight=\"bold\"", title);
    for (double tick : axis.ticks()) {
      svg.add(
          "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"#e2e2e2\"/>",
          axis.x(tick), top + 18, foot - 4);
      svg.text(axis.x(tick), top + 14, "middle", "fill=\"#555555\"", axis.words(tick));
    }
    int y = top + TITLE + 4;
    for (Map.Entry<Row, double[]> row : scores.entrySet()) {
      row(svg, row.getKey(), row.getValue(), axis, y);
      y += LINE;
    }
    return foot + LINE / 2;
  }

  private static void row(Svg svg, Row row, double[] points, Axis axis, int y) {
    String colour = row.kind().colour;
    svg.text(LEFT - 16, y + 4, "end", "", row.words());
    for (double point : points) {
      svg.add(
          "<circle cx=\"%.1f\" cy=\"%d\" r=\"4\" fill=\"%s\" fill-opacity=\"0.45\"/>",
          axis.x(point), y, colour);
    }
    double mean = Summary.of(points).mean();
    svg.add(
        "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"%4$s\""
            + " stroke-width=\"3\"/>",
        axis.x(mean), y - 7, y + 7, colour);
    svg.text(
        RIGHT + 24,
        y + 4,
        "start",
        "fill=\"" + colour + "\"",
        String.format(Locale.ROOT, "%.1f", mean));
  }

  private static double[] points(double[] values) {
    return Arrays.stream(values).map(v -> 100 * v).toArray();
  }

  /** Where points lie between round numbers. */
  record Axis(double low, double high, double step) {
    /** The axis that holds some values, of a fifth of a point a mark or more. */
    static Axis over(double... values) {
      double low = Arrays.stream(values).min().orElseThrow();
      double high = Arrays.stream(values).max().orElseThrow();
      double most = Math.max(high - low, 1) / MARKS;
      double step = Math.pow(10, Math.floor(Math.log10(most)));
      step *= most >= 5 * step ? 5 : most >= 2 * step ? 2 : 1;
      double from = step * Math.floor(low / step);
      return new Axis(from, Math.max(step * Math.ceil(high / step), from + step), step);
    }

    double[] ticks() {
      int count = (int) Math.round((high - low) / step);
      double[] ticks = new double[count + 1];
      for (int i = 0; i <= count; i++) {
        ticks[i] = low + i * step;
      }
      return ticks;
    }

    String words(double tick) {
      int digits = (int) Math.max(0, -Math.floor(Math.log10(step)));
      return String.format(Locale.ROOT, "%." + digits + "f", tick);
    }

    double x(double point) {
      return LEFT + (point - low) / (high - low) * (RIGHT - LEFT);
    }
  }
}
