package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training with a worker, of which the leader, the worker or both are killed at random moments,
 * ends as one that was left alone, to the bit. {@code -Djuxta.worker-kills=20} kills so often, both
 * at once among them, and says what came of each.
 */
class WorkerKillsTest {
  private static final int KILLS = Integer.getInteger("juxta.worker-kills", 2);

  /** In bf16 where the processor has it. */
  private static final String TRAIN =
      "train simclr "
          + Shell.TINY
          + " --epochs 10 --precision auto --checkpoint-every 4 --worker-timeout 60"
          + " --workers %s --out %s";

  private static final int STEPS = 60;

  private enum Victim {
    LEADER,
    WORKER,
    BOTH
  }

  @TempDir Path root;

  private final Random random = new Random(KILLS);
  private Shell shell;
  private Lent worker;

  @BeforeEach
  void install() {
    shell = Shell.in(root);
  }

  @Test
  void nothingIsLostWhoeverIsKilled() {
    RunFolder expected = new RunFolder(root.resolve("alone"));
    worker = Lent.start(shell).lending();
    try {
      int kills = 0;
      for (int run = 0; kills < KILLS; run++) {
        RunFolder folder = new RunFolder(root.resolve("run" + run));
        if (run == 0) {
          // the worker works for both, and goes on for the other one
          try (Child leader = leading(expected)) {
            kills += killed(Victim.LEADER, folder) ? 1 : 0;
            leader.done();
          }
        }
        while (kills < KILLS && killed(Victim.values()[kills % 3], folder)) {
          kills++;
        }
        try (Child leader = leading(folder)) {
          leader.done();
        }
        assertThat(folder.weights()).isEqualTo(expected.weights());
        assertThat(folder.optimizer()).isEqualTo(expected.optimizer());
        assertThat(folder.metrics()).isEqualTo(expected.metrics());
        assertThat(new HashSet<>(folder.steps())).hasSize(STEPS);
      }
      assertThat(worker.process().killAfter(0)).as("it lends on").isTrue();
    } finally {
      worker.close();
    }
  }

  private Child leading(RunFolder folder) {
    return Lent.leader(
        shell, TRAIN + (folder.begun() ? " --resume" : ""), worker.address(), folder.path());
  }

  /** False if the run ended before. */
  private boolean killed(Victim victim, RunFolder folder) {
    int before = folder.begun() ? folder.metrics().size() : 0;
    try (Child leader = leading(folder)) {
      boolean starting = random.nextInt(5) == 0;
      int milliseconds = random.nextInt(starting ? 3_000 : 100);
      if (!starting) {
        leader.awaitLines(
            folder.path().resolve("metrics.jsonl"),
            Math.min(before + 1 + random.nextInt(12), STEPS));
      }
      boolean killed =
          switch (victim) {
            case LEADER -> leader.killAfter(milliseconds);
            case BOTH -> {
              boolean first = leader.killAfter(milliseconds);
              worker.close();
              yield first;
            }
            case WORKER -> {
              boolean runs = leader.runsAfter(milliseconds);
              worker.close();
              yield runs && named(leader);
            }
          };
      if (victim != Victim.LEADER) {
        worker = worker.anew();
      }
      say(
          "%s%s after line %d: %s",
          victim, starting ? " at the start" : "", before, killed ? "killed" : "was done before");
      return killed;
    }
  }

  /** Whether the leader ends with one line that names the worker; it may have been done by then. */
  private boolean named(Child leader) {
    long before = System.nanoTime();
    Outcome outcome = leader.await();
    if (outcome.status() == 0) {
      return false;
    }
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    List<String> mistakes =
        outcome.errLines().stream().filter(line -> line.contains("worker ")).toList();
    assertThat(mistakes).as(outcome.err()).hasSize(1);
    assertThat(mistakes.get(0)).contains("worker " + worker.address() + " does not answer");
    // a run that was nearly done may not have begun again when it is killed
    assertThat(mistakes.get(0)).containsAnyOf("go on with --resume", "start it there with");
    assertThat(outcome.err()).doesNotContain("\tat ");
    say("%.1f s: %s", (System.nanoTime() - before) / 1e9, mistakes.get(0));
    return true;
  }

  private static void say(String line, Object... values) {
    if (KILLS > 2) {
      System.out.println(String.format(Locale.ROOT, line, values));
    }
  }
}
