package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison from the command line to the table, and what is left to do when it is resumed. */
class CompareTest {
  @TempDir Path root;

  @Test
  void twoMethodsOverTwoSeeds() throws IOException {
    Shell shell = Shell.in(root);
    Path out = root.resolve("out");
    String line =
        line(
            "--methods simclr,patchmix --evaluators knn,linear --set linear.epochs=2"
                + " --set patchmix.head-hidden=32 --seeds 2",
            out);
    Outcome first = shell.run(line);
    assertThat(first.status()).as(first.err()).isZero();
    table(first);
    csv(Files.readAllLines(out.resolve("results.csv")));

    Outcome again = shell.run(line);
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.errLines()).singleElement().asString().contains("pass --resume");

    String results = Files.readString(out.resolve("results.csv"));
    Map<String, FileTime> before = weights(out);
    delete(out.resolve("patchmix-resnet-small-seed1"));
    Outcome resumed = shell.run(line + " --resume");
    assertThat(resumed.status()).as(resumed.err()).isZero();
    assertThat(Files.readString(out.resolve("results.csv"))).isEqualTo(results);
    assertThat(resumed.out()).isEqualTo(first.out());
    Map<String, FileTime> after = weights(out);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(after.keySet().stream().filter(run -> !after.get(run).equals(before.get(run))))
        .containsExactly("patchmix-resnet-small-seed1");
  }

  @Test
  void seedsCanBeAdded() throws IOException {
    Shell shell = Shell.in(root);
    Path out = root.resolve("out");
    String line = line("--methods simclr --evaluators knn --no-reference", out);
    Outcome one = shell.run(line + " --seeds 1");
    assertThat(one.status()).as(one.err()).isZero();
    Map<String, FileTime> before = weights(out);

    Outcome two = shell.run(line + " --seeds 2 --resume");
    assertThat(two.status()).as(two.err()).isZero();
    Map<String, FileTime> after = weights(out);
    assertThat(after)
        .containsOnlyKeys("simclr-resnet-small-seed0", "simclr-resnet-small-seed1")
        .containsAllEntriesOf(before);
    assertThat(Files.readAllLines(out.resolve("results.csv"))).hasSize(1 + 2);
  }

  /** So that a series may be made a seed at a time, and its rows be paired. */
  @Test
  void referencesHaveTheSeedOfTheMethods() throws IOException {
    Path out = root.resolve("out");
    Outcome outcome = Shell.in(root).run(line("--methods simclr --evaluators knn --seed 3", out));
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(Files.readAllLines(out.resolve("results.csv")).stream().skip(1))
        .hasSize(3)
        .allMatch(line -> line.split(",")[3].equals("3"));
    assertThat(out.resolve("untrained-resnet-small-seed3")).isDirectory();
  }

  /** Every encoder starts from the weights that were named, whatever the seed. */
  @Test
  void weightsToStartFrom() throws IOException {
    Shell shell = Shell.in(root);
    String line =
        "compare --methods untrained --evaluators knn --no-reference --data shapes"
            + " --set data.train-size=32 --set data.test-size=16 --set data.instances=12 --set data.classes=2"
            + " --encoder resnet-small --set encoder.width=4 --out ";
    Path first = root.resolve("first");
    Path second = root.resolve("second");
    Outcome before = shell.run(line + first);
    assertThat(before.status()).as(before.err()).isZero();
    Path weights = first.resolve("untrained-resnet-small-seed0");
    String from = line + second + " --seed 5 --init-from " + weights;
    Outcome outcome = shell.run(from);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    RunFolder started = new RunFolder(second.resolve("untrained-resnet-small-seed5"));
    assertThat(started.weights()).isEqualTo(new RunFolder(weights).weights());
    Outcome again = shell.run(from + " --resume");
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.out()).isEqualTo(outcome.out());

    Outcome absent = shell.run(line + root.resolve("third") + " --init-from nowhere");
    assertThat(absent.status()).isEqualTo(2);
    assertThat(absent.errLines())
        .containsExactly(
            "juxta: --init-from nowhere: is not there; name a run folder or a safetensors file");
  }

  /** Rows that train nothing: whole objects are tested, and what was lost is made again. */
  @Test
  void folds() throws IOException {
    Shell shell = Shell.in(root);
    Path out = root.resolve("out");
    String line =
        "compare --methods untrained,pixels --evaluators knn --folds 2 --data shapes"
            + " --set data.train-size=60 --set data.test-size=30 --set data.instances=12"
            + " --encoder resnet-small --set encoder.width=4 --precision float32 --out "
            + out;
    Outcome first = shell.run(line);
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.err()).contains("[4/4] ").contains(", fold 2 of 2 by object");
    assertThat(first.out())
        .containsPattern("fold 1, 2\\s+of\\s+2\\s+by\\s+object")
        .contains("over 2 folds");
    List<String> results = Files.readAllLines(out.resolve("results.csv"));
    assertThat(results).first().isEqualTo("method,encoder,data,seed,fold,evaluator,metric,value");
    assertThat(results.subList(1, results.size()))
        .extracting(row -> row.replaceFirst(",knn.*", ""))
        .containsExactlyInAnyOrder(
            "untrained,resnet-small,shapes,0,1",
            "pixels,-,shapes,0,1",
            "untrained,resnet-small,shapes,0,2",
            "pixels,-,shapes,0,2");
    Path run = out.resolve("untrained-resnet-small-seed0-fold2");
    ObjectMapper json = new ObjectMapper();
    JsonNode one = json.readTree(run.resolve("run.json").toFile());
    JsonNode other =
        json.readTree(out.resolve("untrained-resnet-small-seed0-fold1/run.json").toFile());
    assertThat(one.path("settings").path("fold").asText()).isEqualTo("2/2");
    assertThat(one.path("fold").path("by").asText()).isEqualTo("object");
    assertThat(one.path("records").path("test")).isEqualTo(other.path("records").path("train"));

    delete(run);
    Outcome again = shell.run(line + " --resume");
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(Files.readAllLines(out.resolve("results.csv"))).isEqualTo(results);
    assertThat(again.out()).isEqualTo(first.out());
  }

  @Test
  void scoresOfAnotherProtocolStayOutOfTheTable() throws IOException {
    Shell shell = Shell.in(root);
    Path out = root.resolve("out");
    String line = line("--methods simclr --evaluators knn --no-reference", out);
    assertThat(shell.run(line).status()).isZero();
    String results = Files.readString(out.resolve("results.csv"));
    Path run = out.resolve("simclr-resnet-small-seed0");
    Map<String, FileTime> before = weights(out);

    Outcome other = shell.run("evaluate %s --evaluators knn --set knn.k=1", run);
    assertThat(other.status()).as(other.err()).isZero();
    assertThat(Files.readString(run.resolve("scores.json")).split("\"metric\"")).hasSize(1 + 2);
    Outcome resumed = shell.run(line + " --resume");
    assertThat(resumed.status()).as(resumed.err()).isZero();
    assertThat(Files.readString(out.resolve("results.csv"))).isEqualTo(results);

    Outcome scored = shell.run(line + " --resume --set knn.k=1");
    assertThat(scored.status()).as(scored.err()).isZero();
    assertThat(weights(out)).as("not trained again").isEqualTo(before);
    assertThat(scored.out()).contains("k 1");
  }

  @Test
  void originsAreThoseOfTheUser() throws IOException {
    Shell shell = Shell.in(root);
    Path config =
        Files.writeString(root.resolve("c.yaml"), "simclr:\n  loss:\n    temperature: 0.3\n");
    Path out = root.resolve("out");
    String line = line("--methods simclr,byol --evaluators knn --no-reference --seeds 1", out);
    Outcome outcome =
        shell.run(line.replace(" --batch 16", "") + " --set data.side=16 --config " + config);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    JsonNode origins =
        new ObjectMapper()
            .readTree(out.resolve("byol-resnet-small-seed0/run.json").toFile())
            .path("origins");
    assertThat(origins.path("epochs").asText()).isEqualTo("command line");
    assertThat(origins.path("batch").asText()).as("simclr's").isEqualTo("comparison");
    assertThat(origins.path("base-rate").asText()).isIn("", "preset small");
    JsonNode simclr =
        new ObjectMapper()
            .readTree(out.resolve("simclr-resnet-small-seed0/run.json").toFile())
            .path("origins");
    assertThat(simclr.path("loss.temperature").asText()).isEqualTo("file");
  }

  private static String line(String options, Path out) {
    return "compare "
        + options
        + " --out "
        + out
        + " "
        + Shell.TINY.replace("--epochs 2", "--epochs 1");
  }

  private static void table(Outcome outcome) {
    String number = "\\d+\\.\\d ± \\d+\\.\\d";
    for (String row : List.of("pixels +-", "untrained +resnet-small", "simclr +resnet-small")) {
      assertThat(outcome.outLines())
          .filteredOn(l -> l.matches(row + "( +" + number + "){3}"))
          .as(row + " in\n" + outcome.out())
          .hasSize(1);
    }
    assertThat(outcome.out())
        .contains("knn accuracy: per cent, protocol moco, k ")
        .contains("patchmix: 1 epoch, batch 16, float32, augmentation patchmix");
    assertThat(outcome.out().replace("\n    ", " ").lines()) // as it was before it was wrapped
        .filteredOn(l -> l.contains("patchmix resnet-small minus simclr resnet-small"))
        .hasSize(3)
        .allMatch(l -> l.contains("points over 2 seeds, paired t-test p"));
    assertThat(outcome.out()).contains("pixels minus simclr resnet-small");
  }

  private static void csv(List<String> lines) {
    assertThat(lines).first().isEqualTo("method,encoder,data,seed,evaluator,metric,value");
    // 4 rows of the table, 2 seeds, 3 metrics
    assertThat(lines).hasSize(1 + 4 * 2 * 3);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      assertThat(cells).hasSize(7);
      assertThat(cells[0]).isIn("pixels", "untrained", "simclr", "patchmix");
      assertThat(cells[2]).isEqualTo("shapes");
      assertThat(cells[3]).isIn("0", "1");
      assertThat(cells[4]).isIn("knn", "linear");
      assertThat(Double.parseDouble(cells[6])).isBetween(0.0, 1.0);
    }
  }

  /** When each run's last checkpoint was written, by folder. */
  private static Map<String, FileTime> weights(Path out) throws IOException {
    Map<String, FileTime> times = new LinkedHashMap<>();
    try (Stream<Path> runs = Files.list(out)) {
      for (Path run : runs.filter(Files::isDirectory).sorted().toList()) {
        Path newest = new RunFolder(run).newest().resolve("weights.safetensors");
        times.put(run.getFileName().toString(), Files.getLastModifiedTime(newest));
      }
    }
    return times;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
