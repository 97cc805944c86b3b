package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import juxta.engine.run.FolderLock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A folder is one process's: others are told which, and nothing of its run is lost. */
@SuppressWarnings("try") // locks are held, not used
class FolderInUseTest {
  @TempDir static Path root;

  private static Shell shell;

  @BeforeAll
  static void install() {
    shell = Shell.in(root);
    Toy.addTo(shell);
    Frail.addTo(shell);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill -INT")
  void aSecondTrainingIsRefused() {
    RunFolder run = new RunFolder(root.resolve("two"));
    String line = Toy.TRAIN + " --epochs 3000 --out %s";
    try (Child child = shell.start(line, run.path())) {
      child.awaitFile(run.path().resolve("metrics.jsonl"));
      for (String more : new String[] {"", " --resume"}) {
        Outcome second = shell.run(line + more, run.path());
        assertThat(second.status()).isEqualTo(2);
        assertThat(second.errLines())
            .singleElement()
            .asString()
            .startsWith("juxta: " + run.path() + " is in use by process " + child.pid() + " on ")
            .endsWith("; wait until it ends, or choose another folder");
      }
      Outcome scored = shell.run("evaluate %s --evaluators knn", run.path());
      assertThat(scored.errLines().toString()).as("may be read").doesNotContain("in use");
      child.interrupt();
      child.await();
    }
    assertThat(new HashSet<>(run.steps())).hasSameSizeAs(run.steps());
    assertThat(run.path().resolve(FolderLock.NAME)).doesNotExist();
  }

  @Test
  void comparisonsAndScoresAndToursToo() {
    Path run = root.resolve("scored");
    assertThat(shell.run(Toy.TRAIN + " --epochs 1 --out %s", run).status()).isZero();
    try (FolderLock held = FolderLock.take(run.resolve("evaluation"))) {
      refused("evaluate " + run + " --evaluators knn", run.resolve("evaluation"));
    }
    Path out = root.resolve("many");
    try (FolderLock held = FolderLock.take(out)) {
      refused("compare --methods toy " + Frail.small() + " --out " + out, out);
      refused("tour --out " + out, out);
    }
  }

  private static void refused(String line, Path folder) {
    Outcome outcome = shell.run(line);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.errLines().stream().filter(l -> l.startsWith("juxta")))
        .singleElement()
        .asString()
        .startsWith("juxta: " + folder + " is in use by process ");
  }

  @Test
  void aLockOfAnotherMachineSaysHowToGoOn() throws Exception {
    Path run = Files.createDirectories(root.resolve("remote"));
    Path lock = run.resolve(FolderLock.NAME);
    Files.writeString(lock, "{\"pid\":7,\"host\":\"elsewhere\",\"since\":1767225600000}");
    Outcome refused = shell.run(Toy.TRAIN + " --epochs 1 --out %s", run);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.errLines())
        .singleElement()
        .asString()
        .contains("in use by process 7 on elsewhere since 20", "delete " + lock);
    Files.delete(lock);
    Files.createDirectory(lock);
    assertThat(shell.run(Toy.TRAIN + " --epochs 1 --out %s", run).err())
        .contains(lock + " is a folder", "remove it");
    Files.delete(lock);
    assertThat(shell.run(Toy.TRAIN + " --epochs 1 --out %s", run).status()).isZero();
  }

  /** Other settings are no obstacle: nothing had been trained with those before. */
  @Test
  void aRunThatFailedBeforeItsFirstStepIsStartedAgain() {
    RunFolder run = new RunFolder(root.resolve("again"));
    Outcome failed = shell.run(Frail.TRAIN + " --set where=step --out %s", run.path());
    assertThat(failed.status()).isEqualTo(1);
    assertThat(run.begun()).isTrue();
    Outcome again = shell.run(Frail.TRAIN + " --seed 5 --out %s", run.path());
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(run.record().get("seed").asInt()).isEqualTo(5);
    assertThat(shell.run(Frail.TRAIN + " --seed 5 --out %s", run.path()).err())
        .contains("already holds a run");
  }
}
