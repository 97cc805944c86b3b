package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import juxta.launcher.browser.Browser;
import juxta.launcher.browser.Tab;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reports of runs and of a tour, from the command line to Chromium. Pictures of the pages are left
 * in {@code target/report}. Without Chromium the files are tested and not the pages.
 */
class ReportTest {
  private static final String HOSTILE = "<img src=x onerror=document.title=1>|`**";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FEW =
      " --data shapes --set data.side=16 --set data.train-size=80 --set data.test-size=16"
          + " --threads 1";

  @TempDir private static Path root;
  private static Shell shell;
  private static Optional<Browser> browser = Optional.empty();

  @BeforeAll
  static void train() throws IOException {
    shell = Shell.in(root);
    Toy.addTo(shell);
    Toured.addTo(shell);
    done(
        "compare --methods toy,pixels --no-reference --seeds 2 --evaluators knn --set knn.k=3"
            + FEW
            + " --out %s",
        root.resolve("both"));
    done(Toy.TRAIN + " --batch 16 --out %s", root.resolve("other"));
    done("evaluate %s --evaluators knn --set knn.k=5", root.resolve("other"));
    draw(root.resolve("both/toy-seed0/artefacts/map-of-" + "a-very-long-name-".repeat(6) + ".png"));
    draw(root.resolve("both/toy-seed0/evaluation/cases.png"));
    done("report %s", root.resolve("both"));
    browser = Browser.find().map(path -> Browser.start(path, root.resolve("profile")));
  }

  @AfterAll
  static void close() {
    browser.ifPresent(Browser::close);
  }

  private static Outcome done(String line, Object... arguments) {
    Outcome outcome = shell.run(line, arguments);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome;
  }

  private static void draw(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(900, 60, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 900; x++) {
      image.setRGB(x, x % 60, 0x33aa77);
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private static Tab visit(Path page, int width, boolean phone, boolean dark) {
    assumeTrue(browser.isPresent(), "no Chromium on the path: the page is not looked at");
    return ReportPage.visit(browser.get(), page, width, phone, dark);
  }

  @Test
  void aComparisonIsReadInABrowser() throws IOException {
    Path page = root.resolve("both/report.html");
    JsonNode results = RunFolder.json(root.resolve("both/results.json"));
    Tab tab = visit(page, 1200, false, false);
    assertThat(tab.text("h1")).isEqualTo("toy on shapes");
    assertThat(tab.texts("section:first-of-type thead th")).startsWith("method", "knn accuracy");
    assertThat(tab.texts("section:first-of-type table:first-of-type tbody th"))
        .contains("toy", "pixels");
    JsonNode toy = results.at("/sections/0/summary/0");
    assertThat(toy.get("method").asText()).isEqualTo("toy");
    assertThat(tab.text("td.number"))
        .startsWith(String.format("%.1f ± ", 100 * toy.get("mean").asDouble()));
    assertThat(tab.texts(".warning h2")).isEmpty();
    assertThat(tab.text("body"))
        .contains("Mean ± standard deviation over 2 seeds", "k 3", "juxta compare --methods")
        .contains("knn accuracy: pixels minus toy")
        .contains("toy.jar", "peak memory", "Repeat it");
    assertThat(tab.eval("document.images.length").asInt()).isEqualTo(2);
    assertThat(tab.eval("document.querySelectorAll('.chart svg path').length").asInt())
        .isGreaterThanOrEqualTo(4); // two phases of two seeds
    ReportPage.holds(tab, "comparison");
    ReportPage.holds(visit(page, 360, true, false), "comparison-phone");
    ReportPage.holds(visit(page, 360, true, true), "comparison-phone-dark");
    ReportPage.holds(visit(page, 1200, false, true), "comparison-dark");
  }

  @Test
  void costsAreRecorded() {
    JsonNode record = new RunFolder(root.resolve("both/toy-seed0")).record();
    assertThat(record.at("/phases/first/steps").asInt()).isEqualTo(90);
    assertThat(record.at("/phases/first/recordsPerStep").asInt()).isEqualTo(8);
    assertThat(record.at("/phases/first/timedSteps").asInt()).isEqualTo(89);
    assertThat(record.get("cpuSeconds").asDouble()).isPositive();
    assertThat(record.get("peakMemory").asLong()).isGreaterThan(100L << 20);
    // the layer and its average: 768 x 16 weights and 16 biases each
    assertThat(record.at("/parameters/all").asLong()).isEqualTo(2 * (768 * 16 + 16));
    JsonNode run = RunFolder.json(root.resolve("both/results.json")).at("/sections/0/runs/0");
    assertThat(run.get("imagesSeen").asLong()).isEqualTo(2 * 90 * 8);
    assertThat(run.get("imagesPerSecond").asDouble()).isPositive();
    JsonNode score = RunFolder.json(root.resolve("both/toy-seed0/scores.json")).get(0);
    assertThat(score.at("/settings/k").asText()).isEqualTo("3");
    assertThat(score.get("better").asText()).isEqualTo("HIGHER");
  }

  @Test
  void unequalBudgetsAreNamedAtTheTop() throws IOException {
    Path out = root.resolve("mixed");
    done("report %s %s --out %s", root.resolve("both"), root.resolve("other"), out);
    String text = Files.readString(out.resolve("report.md"));
    assertThat(text.lines().filter(l -> l.startsWith("## ")).findFirst())
        .contains("## These runs were not made under equal budgets");
    assertThat(text)
        .contains("- batch: 8 (toy (both)); 16 (toy (other))")
        .contains("- settings of knn: k 3", "- seeds: 0, 1 (");
    Tab tab = visit(out.resolve("report.html"), 360, true, false);
    assertThat(tab.text("main > section:first-of-type h2"))
        .isEqualTo("These runs were not made under equal budgets");
    assertThat(tab.text(".warning")).contains("batch: 8 (toy (both)); 16 (toy (other))");
    ReportPage.holds(tab, "unequal-phone");
  }

  /** Neither their own names nor those of the folders above tell them apart. */
  @Test
  void unlikeRunsInFoldersOfOneNameStayApart() throws IOException {
    Path one = root.resolve("one/same");
    Path two = root.resolve("two/same");
    copy(root.resolve("both/toy-seed0"), one);
    copy(root.resolve("other"), two);
    done("report %s %s --out %s", one, two, root.resolve("apart"));
    assertThat(Files.readString(root.resolve("apart/report.md")))
        .contains("| toy (" + one, "| toy (" + two);
  }

  /** Records may come from anybody. */
  @Test
  void whatRecordsSayIsTextOnly() throws IOException {
    Path run = root.resolve("hostile").resolve(HOSTILE.replace("/", ""));
    copy(root.resolve("other"), run);
    ObjectNode record = (ObjectNode) new RunFolder(run).record();
    for (String key : List.of("method", "encoder", "data", "preset", "precision", "started")) {
      record.put(key, HOSTILE);
    }
    record.withObject("/settings").put(HOSTILE, HOSTILE);
    record.withObject("/origins").put(HOSTILE, "file");
    record.withObject("/environment").put(HOSTILE, "\u202e" + HOSTILE);
    JSON.writeValue(run.resolve("run.json").toFile(), record);
    JsonNode scores = RunFolder.json(run.resolve("scores.json"));
    ((ObjectNode) scores.get(0)).put("evaluator", HOSTILE).put("metric", "</table>" + HOSTILE);
    JSON.writeValue(run.resolve("scores.json").toFile(), scores);
    Files.writeString(
        run.resolve("metrics.jsonl"),
        "{\"phase\":\"</svg><script>document.title=1</script>\",\"step\":0,\"<b>\":1}\n"
            + "{\"phase\":\"</svg><script>document.title=1</script>\",\"step\":1,\"<b>\":2}\n"
            + "no JSON\n");
    draw(run.resolve("artefacts/" + HOSTILE + ".png"));
    Path out = root.resolve("shown");
    assertThat(shell.run("report %s --out %s", root.resolve("hostile"), out).status()).isZero();
    assertThat(Files.readString(out.resolve("report.md")).replaceAll("(?s)```.*?```\n\n", ""))
        .doesNotContain("<img", "<script", "\u202e");
    String html = Files.readString(out.resolve("report.html"));
    assertThat(html).doesNotContain("<script", "<img src=x", "\u202e").contains("&lt;img src=x");
    Tab tab = visit(out.resolve("report.html"), 360, true, false);
    assertThat(tab.text("h1")).contains(HOSTILE);
    assertThat(tab.eval("document.images.length").asInt()).isEqualTo(1);
    assertThat(tab.eval("document.title").asText()).isNotEqualTo("1");
    ReportPage.holds(tab, "hostile-phone");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (String name : List.of("run.json", "scores.json")) {
      Files.copy(from.resolve(name), to.resolve(name));
    }
  }

  @Test
  void mistakesAreNamed() throws IOException {
    Outcome none = shell.run("report %s", root.resolve("nowhere"));
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.errLines()).singleElement().asString().contains("nowhere is no folder");
    Path empty = Files.createDirectories(root.resolve("empty"));
    Outcome nothing = shell.run("report %s", empty);
    assertThat(nothing.status()).isEqualTo(2);
    assertThat(nothing.errLines()).singleElement().asString().contains("no run.json");
    assertThat(shell.run("report").status()).isEqualTo(2);
  }

  /**
   * A stranger's plug-in is a stop of the tour; what cannot run is skipped, and the rest is not.
   */
  @Test
  void aTourGoesOnWhereSomethingIsMissing() throws IOException {
    Path out = root.resolve("tour");
    String line = "tour --methods gap,quick --out %s";
    Outcome outcome = shell.run(line, out);
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("skipped gap: no evaluator 'no-such'")
        .contains("[2/2] quick", "ETA of the whole tour");
    JsonNode results = RunFolder.json(out.resolve("results.json"));
    assertThat(results.at("/missing/0").asText()).startsWith("gap: skipped: no evaluator");
    assertThat(results.at("/sections/1/title").asText()).isEqualTo("quick");
    assertThat(results.at("/sections/1/summary").findValuesAsText("method"))
        .containsExactly("pixels", "quick");
    Tab tab = visit(out.resolve("report.html"), 360, true, false);
    assertThat(tab.text("h1")).isEqualTo("A tour of 2 methods");
    assertThat(tab.text("#quick .lead")).isEqualTo("the pixels <b>as they are</b>.");
    assertThat(tab.texts("nav a")).containsExactly("gap", "quick");
    assertThat(tab.text("#gap")).contains("skipped: no evaluator 'no-such'");
    ReportPage.holds(tab, "tour-phone");

    assertThat(shell.run(line, out).errLines()).singleElement().asString().contains("--resume");
    assertThat(shell.run("tour --methods quick --out %s --resume", out).status()).isZero();
    assertThat(shell.run("tour --methods quik --out %s", out).errLines())
        .singleElement()
        .asString()
        .contains("did you mean 'quick'?");
  }
}
