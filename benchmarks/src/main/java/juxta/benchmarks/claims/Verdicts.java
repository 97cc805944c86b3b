package juxta.benchmarks.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The verdicts over the claims, as a table and as a picture, made of the scores in the repository.
 */
public final class Verdicts {
  private static final int WIDTH = 830;
  private static final int LINE = 19;
  private static final int LEFT = 384;
  private static final int RIGHT = 654;
  private static final int TOP = 44;
  private static final double LOW = -20; // points
  private static final double HIGH = 40;

  private Verdicts() {}

  /**
   * Prints the table, and draws the picture if a file is named.
   *
   * @param args {@code [PICTURE.svg]}
   * @throws IOException if scores cannot be read or the picture cannot be written
   */
  public static void run(List<String> args) throws IOException {
    if (args.size() > 1) {
      throw new IllegalArgumentException("verdicts: [PICTURE.svg]");
    }
    Map<Question, Optional<Verdict>> verdicts =
        of(Path.of(System.getProperty("juxta.benchmarks")).resolve("claims-results"));
    System.out.print(table(verdicts));
    if (!args.isEmpty()) {
      Files.writeString(Path.of(args.get(0)), picture(verdicts));
    }
  }

  /** What the scores in a folder say to the questions in it. */
  static Map<Question, Optional<Verdict>> of(Path results) throws IOException {
    Map<Question, Optional<Verdict>> verdicts = new LinkedHashMap<>();
    for (Question question : Question.read(results.resolve("questions.csv"))) {
      verdicts.put(question, question.verdict(results));
    }
    return verdicts;
  }

  /** The table as Markdown. */
  static String table(Map<Question, Optional<Verdict>> verdicts) {
    StringBuilder table =
        new StringBuilder(
            "| claim | question | metric | difference in points (95 %) | p | pairs | verdict |\n"
                + "|---|---|---|---|---|---|---|\n");
    verdicts.forEach(
        (question, verdict) ->
            table.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s |\n",
                    question.claim(),
                    question.words(),
                    question.metric(),
                    verdict
                        .map(
                            v ->
                                String.format(
                                    Locale.ROOT,
                                    "%s | %.2g | %d | %s",
                                    v.words(),
                                    v.p(),
                                    v.pairs(),
                                    v.kind().words))
                        .orElse(" | | | open"))));
    return table.toString();
  }

  /** The picture: a line for each question that has a verdict, a mark at the difference. */
  static String picture(Map<Question, Optional<Verdict>> verdicts) {
    Svg lines = new Svg();
    int y = TOP;
    String claim = "";
    for (Map.Entry<Question, Optional<Verdict>> entry : verdicts.entrySet()) {
      if (entry.getValue().isEmpty()) {
        continue;
      }
      Question question = entry.getKey();
      if (!question.claim().equals(claim)) {
        claim = question.claim();
        y += LINE / 2;
        lines.text(8, y, "start", "font-weight=\"bold\"", claim);
      }
      lines.text(92, y, "start", "", question.words());
      line(lines, entry.getValue().get(), y);
      y += LINE;
    }
    Svg svg = new Svg();
    int at = LEFT;
    for (Verdict.Kind kind : Verdict.Kind.values()) {
      at = svg.legend(at, kind.colour, kind.words);
    }
    for (int tick = (int) LOW; tick <= HIGH; tick += 10) {
      svg.add(
          "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"%4$s\"/>",
          x(tick), TOP - 6, y - LINE / 2, tick == 0 ? "#333333" : "#e2e2e2");
      svg.text(x(tick), TOP - 10, "middle", "", tick > 0 ? "+" + tick : "" + tick);
    }
    svg.text(RIGHT + 24, TOP - 10, "start", "", "points (95 %)");
    svg.add(lines);
    return svg.picture(WIDTH, y + 6, "How far each method is above the row that it should beat");
  }

  private static void line(Svg svg, Verdict verdict, int y) {
    double low = Math.max(LOW, 100 * verdict.low());
    double high = Math.min(HIGH, 100 * verdict.high());
    double middle = y - 4;
    String colour = verdict.kind().colour;
    svg.add(
        "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%3$.1f\" y2=\"%3$.1f\" stroke=\"%4$s\""
            + " stroke-width=\"2\"/>",
        x(Math.min(low, HIGH)), x(Math.max(high, LOW)), middle, colour);
    // an interval that goes on outside ends in an arrow
    if (100 * verdict.low() < LOW) {
      arrow(svg, x(LOW), -1, middle, colour);
    }
    if (100 * verdict.high() > HIGH) {
      arrow(svg, x(HIGH), 1, middle, colour);
    }
    double difference = 100 * verdict.difference();
    if (difference >= LOW && difference <= HIGH) {
      svg.add(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>", x(difference), middle, colour);
    }
    svg.text(RIGHT + 14, y, "start", "fill=\"" + colour + "\"", verdict.words());
  }

  private static void arrow(Svg svg, double x, int way, double y, String colour) {
    svg.add("<path d=\"M%.1f %.1fl%d -4v8z\" fill=\"%s\"/>", x + 6 * way, y, -6 * way, colour);
  }

  private static double x(double points) {
    return LEFT + (points - LOW) / (HIGH - LOW) * (RIGHT - LEFT);
  }
}
