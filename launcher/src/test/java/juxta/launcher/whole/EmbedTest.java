package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import juxta.toolkit.io.Npy;
import juxta.toolkit.io.Safetensors;
import juxta.toolkit.io.StoredTensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code juxta embed}, from trained runs and from files of weights. */
class EmbedTest {
  /** Rows of 32 KB each, that is 164 MB of them: more than the memory of a child. */
  private static final String MANY =
      " --function wide --split train --set data.train-size=5000 --threads 1";

  private static final long WIDE = 32L * 1024;
  private static final String LITTLE_MEMORY = "-Xmx96m";

  private static final String RUNS = Shell.TINY.replace("--epochs 2", "--epochs 1");

  @TempDir private static Path root;
  private static Shell shell;
  private static Path toy;
  private static RunFolder simclr;

  @BeforeAll
  static void train() {
    shell = Shell.in(root);
    Toy.addTo(
        shell,
        "List.of(embed));",
        """
        List.of(embed, new ModelFunction("wide", List.of(image), (scope, batch) ->
            Map.of("rows", scope.tf().tile(layer(scope).apply(flat(scope, batch)),
                scope.tf().constant(new int[] {1, 512}))))));
        """);
    toy = root.resolve("toy");
    done("%s --epochs 1 --out %s", Toy.TRAIN, toy);
    simclr = new RunFolder(root.resolve("simclr"));
    done("train simclr %s --out %s", RUNS, simclr.path());
  }

  private static Outcome done(String line, Object... arguments) {
    Outcome outcome = shell.run(line, arguments);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome;
  }

  private static Path out(String name) {
    return root.resolve(name);
  }

  private static void assertSame(String one, String other) throws IOException {
    for (String ending : List.of(".npy", ".csv")) {
      assertThat(Files.mismatch(out(one + ending), out(other + ending))).isEqualTo(-1);
    }
  }

  /** In a memory that holds less than the rows: so no process may gather them. */
  @Test
  void killedOrInPartsItIsTheFileOfOneGo() throws Exception {
    try (Child child =
        shell.launch(LITTLE_MEMORY, "embed %s --out %s" + MANY, toy, out("one.npy"))) {
      child.done();
    }
    assertThat(Files.size(out("one.npy"))).isGreaterThan(5000 * WIDE);
    Path state = out("killed.npy.draft").resolve("state.json");
    long before = 0;
    for (int kill = 0; kill < 3; kill++) {
      try (Child child = shell.start("embed %s --out %s" + MANY, toy, out("killed.npy"))) {
        while (rows(state) <= before) {
          assertThat(ProcessHandle.of(child.pid())).as(child.said()).isPresent();
          Thread.sleep(5);
        }
        assertThat(child.killAfter(0)).as(child.said()).isTrue();
      }
      before = rows(state);
      assertThat(before).isBetween(1L, 4999L);
      assertThat(out("killed.npy")).doesNotExist();
    }
    // a process of its own, too: TensorFlow's threads are those of the first session of a process,
    // and without oneDNN the last bits of a product are a matter of threads
    Outcome last;
    try (Child child = shell.start("embed %s --out %s" + MANY, toy, out("killed.npy"))) {
      last = child.await();
    }
    assertThat(last.err()).contains("going on after row " + before + " of 5000");
    assertSame("one", "killed");
    assertThat(out("killed.npy.draft")).doesNotExist();
    for (int shard = 0; shard < 4; shard++) {
      try (Child child =
          shell.start("embed %s --out %s --shard %d/4" + MANY, toy, out("parts.npy"), shard)) {
        child.done();
      }
    }
    try (Child child = shell.launch("-Xmx64m", "embed --merge %s", out("parts.npy"))) {
      child.done();
    }
    assertSame("one", "parts");
  }

  private static long rows(Path state) throws IOException {
    return Files.exists(state)
        ? new ObjectMapper().readTree(state.toFile()).get("rows").asLong()
        : 0;
  }

  @Test
  void weightsOfAFileMakeTheRowsOfTheRunThatTheyAreOf() throws IOException {
    Outcome outcome = done("embed %s --out %s --json", simclr.path(), out("run.npy"));
    JsonNode json = new ObjectMapper().readTree(outcome.out());
    assertThat(json.get("rows").asInt()).isEqualTo(96 + 48);
    assertThat(json.get("function").asText()).isEqualTo("embed");
    assertThat(json.get("output").asText()).isEqualTo("embedding");
    assertThat(json.get("files").get(0).asText()).isEqualTo(out("run.npy").toString());
    assertThat(json.get("seconds").asDouble()).isNotNegative();
    StoredTensor rows = Npy.read(out("run.npy"));
    assertThat(rows.shape()).containsExactly(144L, json.get("columns").asLong());
    assertThat(Files.readAllLines(out("run.csv")))
        .hasSize(145)
        .startsWith("row,split,id,label")
        .anyMatch(line -> line.matches("96,test,test:0,[a-z]+"));
    String encoder =
        "embed --encoder resnet-small --set encoder.width=4 --preset small --data shapes"
            + " --set data.train-size=96 --set data.test-size=48 --out %s";
    Outcome file =
        done(
            encoder + " --init-from %s",
            out("file.npy"),
            simclr.newest().resolve("weights.safetensors"));
    assertThat(file.err()).contains("embedding with the ", "encoder 'resnet-small'");
    assertSame("run", "file");
    Outcome random = done(encoder, out("random.safetensors"));
    assertThat(random.err())
        .contains("warning: the weights of encoder 'resnet-small' are random; pass --init-from");
    assertThat(Safetensors.read(out("random.safetensors")).get("embedding").shape())
        .isEqualTo(rows.shape());
    assertThat(out("random.csv")).hasSameTextualContentAs(out("run.csv"));
  }

  @Test
  void mapsAreFlattenedAndTheirShapeIsTold() {
    Outcome outcome =
        done("embed %s --function featureMap --out %s", simclr.path(), out("map.npy"));
    assertThat(outcome.out()).containsPattern("rows of \\d+ numbers \\(each of shape \\[\\d+, \\d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          embed TOY                                      | --out is missing, for example
          embed --out x.npy                              | expected one run folder, got none
          embed nowhere --out x.npy                      | nowhere holds no run
          embed TOY --out x.txt                          | the ending says the form; name a file
          embed TOY --out x.npy --function segment       | the model has no function 'segment'; it has [
          embed TOY --out x.npy --output y               | function 'embed' has no output 'y'; it has [
          embed TOY --out x.npy --split val              | has no split 'val'; it has train, test
          embed TOY --out x.npy --shard 4/4              | --shard takes i/n with i from 0 to n - 1
          embed TOY --out x.npy --shard 1/9              | the data have 2 batches of 250 rows
          embed TOY --out x.npy --data shapes3d          | shapes3d
          embed TOY --out x.npy --preset small           | --preset goes with --encoder
          embed TOY --out x.npy --encoder resnet18       | or --encoder without one; not both
          embed --encoder resnet18 --out x.npy           | --data is missing
          embed --encoder resnett --data shapes --out x.npy | resnet
          embed --merge x.npy                            | no parts of it are there
          embed --merge x.npy --shard 0/2                | takes no run, --out or --shard
          embed TOY --out /proc/x.npy                    | cannot write /proc/x.npy
          """)
  void mistakesGetOneLine(String line, String words) throws IOException {
    Path folder = Files.createTempDirectory(root, "mistake");
    Outcome outcome =
        shell.run(line.replace("TOY", toy.toString()).replace(" x.", " " + folder + "/x."));
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.errLines().stream().filter(one -> one.startsWith("juxta")))
        .singleElement()
        .asString()
        .contains(words);
    assertThat(folder).isEmptyDirectory();
  }
}
