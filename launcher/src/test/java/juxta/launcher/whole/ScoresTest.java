package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import juxta.launcher.browser.Browser;
import juxta.launcher.browser.Tab;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed of scores: tables for people, rows for programs, and commands to copy. */
class ScoresTest {
  private static final String FEW =
      " --data shapes --set data.side=16 --set data.train-size=80 --set data.test-size=16"
          + " --threads 1 --set knn.k=3";

  @TempDir private static Path root;
  private static Shell shell;
  private static Path run;

  @BeforeAll
  static void train() {
    shell = Shell.in(root);
    Toy.addTo(shell);
    run = root.resolve("it's a run");
    List<String> words = new ArrayList<>(Arrays.asList(Toy.TRAIN.split(" ")));
    words.addAll(List.of("--epochs", "1", "--out", run.toString()));
    Outcome trained = shell.run(words);
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(trained.out())
        .contains("score it: juxta evaluate '" + root + "/it'\\''s a run' --evaluators ");
  }

  private static Outcome evaluate(String... more) {
    List<String> words = new ArrayList<>(List.of("evaluate", run.toString()));
    words.addAll(List.of(more));
    return shell.run(words);
  }

  @Test
  void aTableOfManyMetricsFits() {
    Outcome outcome = evaluate("--evaluators", "clustering,knn", "--set", "knn.k=3");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.outLines())
        .filteredOn(line -> !line.startsWith("report: "))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100))
        .anySatisfy(line -> assertThat(line).matches("clustering nmi +[0-9.e-]+"))
        .anySatisfy(line -> assertThat(line).matches("knn accuracy +[0-9.]+"));
  }

  /** Neither a monitor nor a phone must be scrolled sideways for a metric. */
  @Test
  void aPageOfManyMetricsFits() {
    Optional<Path> chromium = Browser.find();
    assumeTrue(chromium.isPresent(), "no Chromium on the path: the page is not looked at");
    assertThat(evaluate("--evaluators", "clustering").status()).isZero();
    Path page = root.resolve("page");
    List<String> again = List.of("report", run.toString(), "--out", page.toString());
    assertThat(shell.run(again).status()).isZero();
    try (Browser browser = Browser.start(chromium.get(), root.resolve("profile"))) {
      for (int width : new int[] {1280, 500}) {
        Tab tab = ReportPage.visit(browser, page.resolve("report.html"), width, false, false);
        ReportPage.holds(tab, "metrics-" + width);
        assertThat(tab.texts(".list").get(0)).contains("clustering nmi");
        assertThat(
                tab.eval(
                        "[...document.querySelectorAll('.wide, .lists')]"
                            + ".filter(e => e.scrollWidth > e.clientWidth).length")
                    .asInt())
            .as("tables to scroll sideways at " + width)
            .isZero();
        assertThat(
                tab.eval(
                        "[...document.querySelectorAll('section:last-of-type td')]"
                            + ".every(td => td.innerText.length < 4 || td.clientWidth > 80)")
                    .asBoolean())
            .as("cells of provenance that break into a column at " + width)
            .isTrue();
      }
    }
  }

  @Test
  void rowsForPrograms() {
    Outcome outcome = evaluate("--evaluators", "knn,clustering", "--set", "knn.k=3", "--json");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    JsonNode rows = RunFolder.parse(outcome.out());
    assertThat(rows.findValuesAsText("metric")).contains("accuracy", "nmi", "silhouette");
    JsonNode knn = rows.get(0);
    assertThat(knn.get("method").asText()).isEqualTo("toy");
    assertThat(knn.get("data").asText()).isEqualTo("shapes");
    assertThat(knn.get("seed").asInt()).isZero();
    assertThat(knn.get("evaluator").asText()).isEqualTo("knn");
    assertThat(knn.get("value").asDouble()).isBetween(0., 1.);
    assertThat(knn.at("/protocol/k").asText()).isEqualTo("3");
    assertThat(outcome.err()).contains("report: ");
  }

  /** What cannot be done does not take the rest along. */
  @Test
  void aRunThatFailsIsARow() {
    Path out = root.resolve("compared");
    Outcome outcome =
        shell.run(
            "compare --methods toy,pixels --no-reference --evaluators knn"
                + " --set toy.base-rate=1e30 --json --out %s"
                + FEW,
            out);
    assertThat(outcome.status()).isEqualTo(2);
    JsonNode rows = RunFolder.parse(outcome.out());
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).get("method").asText()).isEqualTo("pixels");
    assertThat(rows.get(0).get("value").isNumber()).isTrue();
    assertThat(rows.get(1).get("method").asText()).isEqualTo("toy");
    assertThat(rows.get(1).get("problem").asText()).contains("the loss is ");
    assertThat(rows.get(1).has("value")).isFalse();
    assertThat(outcome.errLines())
        .filteredOn(line -> line.startsWith("failed: "))
        .singleElement()
        .asString()
        .startsWith("failed: toy, seed 0: ");
    JsonNode report = RunFolder.json(out.resolve("results.json"));
    assertThat(report.at("/missing/0").asText()).contains("toy", "the loss is ");
  }

  @Test
  void helpSaysWhatJsonHolds() {
    for (String command : List.of("evaluate", "compare")) {
      assertThat(shell.run(command + " --help").out())
          .contains("--json", "protocol", "'problem'", "COLUMNS");
    }
  }
}
