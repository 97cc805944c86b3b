package juxta.benchmarks.claims;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A question to the scores of a claim, a line of {@code claims-results/questions.csv}.
 *
 * @param claim folder of its scores
 * @param words what is asked, as {@code on blood cells: above pixels}
 * @param metric as {@code knn/accuracy}; more is better
 * @param method the row, as {@code part/method}
 * @param against the row that it should be above, or a number, such as chance
 * @param published the gain that the paper reports, in the metric's unit, if it is known
 */
record Question(
    String claim,
    String words,
    String metric,
    String method,
    String against,
    Optional<Double> published) {
  private static final String HEADS = "claim,question,metric,method,against,published";

  /** Reads the questions of a file. */
  static List<Question> read(Path file) throws IOException {
    return HeadedLines.read(file, HEADS).stream()
        .map(c -> new Question(c[0], c[1], c[2], c[3], c[4], number(c[5])))
        .toList();
  }

  /**
   * What the scores say.
   *
   * @param results folder of the claims' scores
   * @return nothing before there are two pairs
   */
  Optional<Verdict> verdict(Path results) throws IOException {
    ScoreFiles files = ScoreFiles.of(results.resolve(claim));
    ScoreFiles.Way way = files.way(method);
    Optional<Double> known = number(against);
    return (known.isPresent()
            ? way.against(known.get(), metric)
            : way.against(files.way(against), metric))
        .map(test -> Verdict.of(test, published));
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
