package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A comparison that carries several runs out at once. */
class JobsTest {
  private static final String LONG =
      "compare --methods toy --evaluators knn --no-reference --seeds 3 --epochs 300 "
          + Frail.small()
          + " --jobs 2 --out ";

  @TempDir static Path root;

  private static Shell shell;

  @BeforeAll
  static void install() {
    shell = Shell.in(root);
    Toy.addTo(shell);
    Frail.addTo(shell);
  }

  @Test
  void givesWhatOneAfterTheOtherGives() throws IOException {
    String line =
        "compare --methods simclr --evaluators knn --seeds 2 --threads 1 "
            + Shell.TINY.replace("--epochs 2", "--epochs 1")
            + " --out ";
    Path serial = root.resolve("serial");
    Outcome expected = alone(line + serial);
    Path jobs = root.resolve("jobs");
    try (Child child = shell.start(line + jobs + " --jobs 2")) {
      Outcome outcome = child.done();
      assertThat(outcome.out().replace(jobs.toString(), serial.toString()))
          .isEqualTo(expected.out());
      assertThat(outcome.errLines())
          .filteredOn(said -> said.matches("\\[\\d/6\\] .* on shapes .*"))
          .hasSize(6);
    }
    assertThat(jobs.resolve("results.csv")).hasSameTextualContentAs(serial.resolve("results.csv"));
    for (String run : List.of("simclr-resnet-small-seed0", "simclr-resnet-small-seed1")) {
      RunFolder one = new RunFolder(serial.resolve(run));
      RunFolder other = new RunFolder(jobs.resolve(run));
      assertThat(other.weights()).isEqualTo(one.weights());
      assertThat(other.metrics()).isEqualTo(one.metrics());
    }
  }

  @Test
  void whatFailsIsARowAndIsTriedAgain() throws IOException {
    String line =
        "compare --methods toy,frail --evaluators brittle,knn --no-reference --epochs 1 --seeds 2 "
            + Frail.small()
            + " --jobs 2 --out ";
    Path out = root.resolve("failing");
    try (Child child = shell.start(line + out + " --set frail.where=step")) {
      Outcome outcome = child.await();
      assertThat(outcome.status()).as(outcome.err()).isEqualTo(1);
      assertThat(outcome.err())
          .contains("failed: frail, seed 0: frail.jar: method 'frail' threw")
          .contains("    at frail@1.0/frail.Helper.boom");
      assertThat(outcome.outLines()).filteredOn(l -> l.startsWith("failed: ")).hasSize(2);
    }
    assertThat(Files.readAllLines(out.resolve("results.csv")))
        .hasSize(1 + 2 * 2)
        .noneMatch(row -> row.startsWith("frail"));
    alone(line + out + " --resume");
    assertThat(Files.readAllLines(out.resolve("results.csv"))).hasSize(1 + 2 * 2 * 2);
  }

  /** Runs that nobody leads any more save and end, and the comparison goes on with them. */
  @Test
  void isGoneOnWithAfterTheLeaderWasKilled() throws IOException {
    String results = undisturbed();
    Path out = root.resolve("killed");
    try (Child child = shell.start(LONG + out)) {
      child.awaitFile(out.resolve("toy-seed0").resolve("metrics.jsonl"));
      child.awaitFile(out.resolve("toy-seed1").resolve("metrics.jsonl"));
      assertThat(child.killAfter(0)).isTrue();
    }
    alone(LONG + out + " --resume");
    assertThat(out.resolve("results.csv")).hasContent(results);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill -INT")
  void isGoneOnWithAfterAnInterruption() throws IOException {
    String results = undisturbed();
    Path out = root.resolve("interrupted");
    try (Child child = shell.start(LONG + out)) {
      child.awaitFile(out.resolve("toy-seed0").resolve("metrics.jsonl"));
      int status = child.interrupt();
      Outcome outcome = child.await();
      assertThat(outcome.status()).as(outcome.err()).isEqualTo(status);
      assertThat(outcome.errLines())
          .contains("stopping after this step, saving")
          .anyMatch(said -> said.matches("\\[1/3\\] stopped after .* saved to .*"))
          .last()
          .isEqualTo(
              "stopped with 0 of 3 runs done; the same command with --resume goes on from there");
    }
    assertThat(alone(LONG + out + " --resume").err()).contains("continuing after step");
    assertThat(out.resolve("results.csv")).hasContent(results);
  }

  /** In a process of its own: the threads of a process are those of its first session. */
  private static Outcome alone(String line) {
    try (Child child = shell.start(line)) {
      return child.done();
    }
  }

  private static String undisturbed() throws IOException {
    Path out = root.resolve("undisturbed");
    if (Files.notExists(out)) {
      alone(LONG.replace("--jobs 2", "--threads 1") + out);
    }
    return Files.readString(out.resolve("results.csv"));
  }

  @Test
  void mistakes() {
    String line = LONG.replace(" --jobs 2", "") + root.resolve("mistakes") + " --jobs ";
    assertThat(shell.run(line + "0").errLines())
        .containsExactly("juxta compare: --jobs takes 1 to 1024, not 0");
    for (String more : List.of(" --devices cpu:0,cpu:1", " --workers localhost:1")) {
      Outcome outcome = shell.run(line + "2" + more);
      assertThat(outcome.status()).isEqualTo(2);
      assertThat(outcome.errLines())
          .singleElement()
          .asString()
          .startsWith("juxta: jobs: runs share out the cores of this machine");
    }
  }
}
