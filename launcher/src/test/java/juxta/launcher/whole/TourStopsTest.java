package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.launcher.browser.Browser;
import juxta.launcher.browser.Tab;
import juxta.launcher.plugins.PluginRegistry;
import juxta.launcher.run.TourStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The methods that came with Juxta show themselves. */
class TourStopsTest {
  private static final String FEW = "epochs=1 batch=16 data.train-size=64 data.test-size=32 ";

  /** What makes the stops small. */
  private static final Map<String, String> SMALL =
      Map.of(
          "claires",
          "epochs=1 batch=8 data.train-size=32 data.validation-size=16 data.test-size=16"
              + " augmentation.size=32",
          "fba",
          "iterations=2 data.labelled=4 data.side=16 augmentation.patch-x=16"
              + " augmentation.patch-y=16 augmentation.patch-z=16",
          "grass",
          FEW
              + "epochs=2 encoder.width=8 picture-epochs=1 segmentation.labelled=0.1"
              + " segmentation.epochs=1 segmentation.channels=8",
          "iir",
          "batch=16 data.train-size=64 data.test-size=32 data.instances=16 per-instance=2"
              + " encoder.width=4 contrast-iterations=2 iterations=2",
          "medcluster",
          FEW + "epochs=2 latent=8 decoder-width=4 clusters-max=4",
          "multinet",
          FEW
              + "encoder.width=4 projection-hidden=16 projection-out=16 prediction-hidden=8"
              + " queue=32 linear.epochs=1",
          "patchmix",
          FEW + "data.side=16 encoder.depth=1 head-hidden=32 linear.epochs=1",
          "spps",
          FEW
              + "bootstrap-epochs=1 encoder.width=4 similarity-min=-1 similarity-max=1"
              + " linear.epochs=1");

  /** Stops whose score raw pixels and an untrained network can have, too. */
  private static final Set<String> LABELLED =
      Set.of("iir", "medcluster", "multinet", "patchmix", "spps");

  @TempDir Path root;

  @Test
  void everyPaperHasAStop() {
    Shell shell = Shell.in(root);
    PluginRegistry registry =
        PluginRegistry.load(shell.plugins(), shell.plugins().resolveSibling("plugins.lock"));
    List<TourStop> stops = TourStop.all(registry);
    assertThat(stops.stream().map(s -> s.method().id()))
        .contains("claires", "fba", "grass", "iir", "medcluster", "multinet", "patchmix", "spps");
    assertThat(stops.stream().mapToInt(s -> s.tour().seconds()).sum())
        .as("at most 20 minutes on two cores")
        .isLessThanOrEqualTo(20 * 60);
  }

  /** The tour itself, so small that it says nothing, and its report as a reader sees it. */
  @Test
  void allStopsTrainAreScoredAndStandInOneReport() {
    Shell shell = Shell.in(root);
    Path out = root.resolve("tour");
    StringBuilder line = new StringBuilder("tour --threads 1 --out %s");
    SMALL.forEach(
        (method, settings) ->
            List.of(settings.split(" "))
                .forEach(s -> line.append(" --set ").append(method).append('.').append(s)));
    Outcome outcome = shell.run(line.toString(), out);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    JsonNode sections = RunFolder.json(out.resolve("results.json")).get("sections");
    assertThat(sections.findValuesAsText("title")).containsAll(SMALL.keySet());
    for (JsonNode section : sections) {
      String method = section.get("title").asText();
      List<String> rows = section.get("summary").findValuesAsText("method");
      assertThat(rows).contains(method);
      if (LABELLED.contains(method)) {
        assertThat(rows).startsWith("pixels").contains("untrained");
      }
    }
    assertThat(out.resolve("report.html")).isRegularFile();
    Optional<Path> chromium = Browser.find();
    assumeTrue(chromium.isPresent(), "no Chromium on the path: the page is not looked at");
    try (Browser browser = Browser.start(chromium.get(), root.resolve("profile"))) {
      read(ReportPage.visit(browser, out.resolve("report.html"), 1200, false, false), "tour");
      read(ReportPage.visit(browser, out.resolve("report.html"), 360, true, false), "tour-all");
    }
  }

  private static void read(Tab tab, String picture) {
    assertThat(tab.text("h1")).isEqualTo("A tour of 8 methods");
    List<String> cells = tab.texts("main > section:first-of-type tbody td");
    int columns = tab.texts("main > section:first-of-type thead th").size();
    assertThat(cells).hasSize(SMALL.size() * columns);
    for (int row = 0; row < SMALL.size(); row++) {
      assertThat(SMALL).containsKey(cells.get(row * columns));
      assertThat(cells.get(row * columns + 2)).matches("-?\\d.*"); // its score
    }
    for (String method : List.of("claires", "fba", "grass", "iir", "medcluster")) {
      assertThat(tab.eval("document.querySelectorAll('#" + method + " img').length").asInt())
          .as("pictures of " + method)
          .isPositive();
    }
    ReportPage.holds(tab, picture);
  }
}
