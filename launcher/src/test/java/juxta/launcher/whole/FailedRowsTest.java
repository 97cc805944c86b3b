package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.engine.run.Choices;
import juxta.engine.run.DataOpener;
import juxta.engine.run.Overrides;
import juxta.engine.run.Request;
import juxta.engine.run.Resolver;
import juxta.engine.train.Interruption;
import juxta.engine.train.Monitor;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.report.ScoreGrid;
import juxta.launcher.run.Comparing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be trained or scored takes nothing else with it, and is accounted for. */
class FailedRowsTest {
  private static final String LINE =
      "compare --methods toy,frail --evaluators brittle,knn --no-reference --epochs 1 "
          + Frail.small()
          + " --out ";

  @TempDir static Path root;

  private static Shell shell;

  @BeforeAll
  static void install() {
    shell = Shell.in(root);
    Toy.addTo(shell);
    Frail.addTo(shell);
  }

  @Test
  void aMethodThatFailsIsARowAndIsTriedAgain() throws Exception {
    Path out = root.resolve("step");
    Outcome outcome = shell.run(LINE + out + " --set frail.where=step --seeds 2");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
    String failed = "failed: frail, seed 0: frail.jar: method 'frail' threw";
    assertThat(outcome.err()).contains(failed, "    at frail@1.0/frail.Helper.boom");
    assertThat(outcome.outLines())
        .anyMatch(line -> line.matches("toy +-( +[\\d.]+ ± [\\d.]+)+"))
        .filteredOn(line -> line.startsWith("failed: "))
        .hasSize(2)
        .first()
        .asString()
        .startsWith(failed);
    assertThat(Files.readAllLines(out.resolve("results.csv")))
        .hasSize(1 + 2 * 2)
        .noneMatch(line -> line.startsWith("frail"));
    assertThat(out.resolve("report.md")).content().contains("method 'frail' threw");
    assertThat(out.resolve("report.html")).content().contains("method &#39;frail&#39; threw");
    assertThat(RunFolder.json(out.resolve("results.json")).get("missing").toString())
        .contains("method 'frail' threw");
    assertThat(RunFolder.json(out.resolve("comparison.json")).get("failed")).hasSize(2);

    Outcome again = shell.run(LINE + out + " --seeds 2 --resume");
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(Files.readAllLines(out.resolve("results.csv"))).hasSize(1 + 2 * 2 * 2);
    assertThat(out.resolve("comparison.json")).content().doesNotContain("failed");
  }

  @Test
  void aMethodWhosePlanFailsIsARowToo() {
    Outcome outcome = shell.run(LINE + root.resolve("plan") + " --set frail.where=plan");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.out()).contains("toy", "failed: frail, seed 0: frail.jar", "in plan()");
  }

  @Test
  void anEvaluatorThatFailsLeavesTheScoresOfOthers() throws Exception {
    Path out = root.resolve("evaluator");
    Outcome outcome = shell.run(LINE + out + " --set brittle.how=throws");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("failed: toy, brittle, seed 0: frail.jar: evaluator 'brittle' threw");
    assertThat(Files.readAllLines(out.resolve("results.csv")))
        .hasSize(1 + 2)
        .filteredOn(line -> line.contains(",knn,"))
        .hasSize(2);
  }

  @Test
  void whatAUserCanMendIsAMistake() {
    Outcome outcome = shell.run(LINE + root.resolve("mistake") + " --set frail.where=mistake");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.out())
        .contains("failed: frail, seed 0: where: 'mistake' is none; choose another");
  }

  @Test
  void aWishToStopAfterTheLastRunIsNoStop() {
    assertThat(comparePixels(1, root.resolve("last")).failed()).isEmpty();
    assertThatThrownBy(() -> comparePixels(2, root.resolve("first")))
        .isInstanceOf(Interruption.class)
        .hasMessageStartingWith("stopped after run 1 of 2; ");
  }

  /** With the wish to stop from the start on; pixels take no step that could be the last. */
  private static Comparing.Result comparePixels(int seeds, Path out) {
    PluginRegistry registry =
        PluginRegistry.load(shell.plugins(), shell.plugins().resolveSibling("plugins.lock"));
    Overrides few = Overrides.typed(Map.of("data.train-size", "16", "data.test-size", "16"));
    Request request = new Request("pixels", "shapes", Optional.empty(), List.of(), few);
    DataOpener opener = new DataOpener(registry, root.resolve("cache"));
    try (Dataset data = opener.open("shapes", few, (what, share) -> {})) {
      Choices pixels = new Resolver(registry).resolve(request, DataSummary.of(data));
      return new Comparing(registry, () -> true, (place, choices, part) -> Monitor.SILENT)
          .run(
              new Comparing.Job(
                  List.of(pixels),
                  "shapes",
                  List.of(data),
                  List.of(),
                  seeds,
                  out,
                  false,
                  new ScoreGrid.Line("pixels", "-"),
                  Optional.empty(),
                  List.of()));
    }
  }
}
