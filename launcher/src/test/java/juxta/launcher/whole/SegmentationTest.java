package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans with few masks, from data to table, through the command line. */
class SegmentationTest {
  private static final List<String> ARMS =
      List.of("fba", "fba-single", "mcnet-plus", "labelled-only", "all-labels");

  @TempDir Path root;

  private Shell shell;

  @BeforeEach
  void install() {
    shell = Shell.in(root);
  }

  @Test
  void theArmsStandInOneTable() throws IOException {
    Path out = root.resolve("arms");
    Outcome outcome =
        shell.run(
            "compare --methods %s %s --set iterations=4 --evaluators volumes --out %s",
            String.join(",", ARMS), Shell.TINY_VOLUMES, out);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    List<String> rows = Files.readAllLines(out.resolve("results.csv"));
    for (String arm : ARMS) {
      for (String metric : List.of("dice", "jaccard", "hd95", "asd")) {
        assertThat(rows)
            .filteredOn(row -> row.startsWith(arm + ",vnet,"))
            .filteredOn(row -> row.contains("volumes," + metric + ","))
            .as(arm + " " + metric)
            .hasSize(1);
      }
      assertThat(outcome.out()).contains(arm + ": 4 iterations, batch 4");
    }
  }

  @Test
  void slicesAreSegmentedWithAllTheirPixels() {
    Path out = root.resolve("slices");
    Outcome outcome =
        shell.run(
            "train fba --data shapes3d --set data.train-size=8 --set data.test-size=2"
                + " --set data.side=24 --set data.labelled=4 --preset acdc --batch 4"
                + " --set labelled-batch=2 --set encoder.width=2 --set augmentation.size=32"
                + " --set iterations=3 --out %s",
            out);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("juxta evaluate " + out + " --evaluators volumes");
    Outcome scored = shell.run("evaluate %s --evaluators volumes", out);
    assertThat(scored.status()).as(scored.err()).isZero();
    assertThat(scored.out()).contains("window whole scan x whole scan x 1");
  }

  @Test
  void theBestWeightsOnHeldOutScansAreKept() throws IOException {
    Path out = root.resolve("selected");
    Outcome outcome =
        shell.run(
            "train labelled-only "
                + Shell.TINY_VOLUMES
                + " --set iterations=6 --set select=test --set select-every=2 --out %s",
            out);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    try (Stream<String> lines = Files.lines(out.resolve("metrics.jsonl"))) {
      assertThat(lines.filter(line -> line.contains("test-dice"))).hasSize(3);
    }
  }

  @Test
  void whatDoesNotFitIsSaidBeforeTraining() {
    refuses(
        "train fba --epochs 3 --data shapes3d",
        "epochs: method 'fba' counts steps; set iterations instead of epochs");
    refuses(
        "train fba --data shapes3d --set labelled-batch=4",
        "labelled-batch: 4 of a batch of 4 leaves no place for unlabelled cases");
    refuses(
        "train labelled-only --data shapes3d --set data.labelled=1",
        "labelled-batch: 2 is more than the 1 labelled cases of the data");
    refuses("train fba --data shapes", "method 'fba' takes volumes, but data set 'shapes' holds");
  }

  private void refuses(String line, String message) {
    Outcome outcome = shell.run(line + " --out %s", root.resolve("refused"));
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains(message).doesNotContain("    at ");
  }
}
