package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that shares its batches with a process that was started for that: its weights, and
 * what becomes of it when that process is killed.
 */
class WorkersTest {
  /** In bf16 where the processor has it; the trained network is used in float32 all the same. */
  private static final String TRAIN =
      "train simclr "
          + Shell.TINY
          + " --epochs 20 --precision auto --checkpoint-every 4 --worker-timeout 60";

  @TempDir Path root;

  private Shell shell;

  @BeforeEach
  void install() {
    shell = Shell.in(root);
  }

  @Test
  void aKilledWorkerIsNamedAndAnotherOneTakesItsPlace() throws IOException {
    int port = free();
    RunFolder alone = new RunFolder(root.resolve("alone"));
    RunFolder run = new RunFolder(root.resolve("run"));
    String shared = TRAIN + " --workers 127.0.0.1:" + port + " --out %s";
    try (Child worker = lending(port)) {
      try (Child leader = start(shared, alone.path())) {
        leader.done();
      }
      embedsTheSame(alone.path(), port);
      try (Child leader = start(shared, run.path())) {
        leader.awaitLines(run.path().resolve("metrics.jsonl"), 8);
        assertThat(worker.killAfter(0)).isTrue();
        Outcome outcome = leader.await();
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
            .contains("worker 127.0.0.1:" + port + " does not answer")
            .contains("go on with --resume")
            .doesNotContain("\tat ");
      }
    }
    try (Child worker = lending(port)) {
      try (Child leader = start(shared + " --resume", run.path())) {
        leader.done();
      }
      assertThat(worker.killAfter(0)).as("it lends on").isTrue();
    }
    assertThat(run.weights()).isEqualTo(alone.weights());
    assertThat(run.optimizer()).isEqualTo(alone.optimizer());
  }

  private void embedsTheSame(Path run, int port) throws IOException {
    Path here = root.resolve("here.npy");
    Path shared = root.resolve("shared.npy");
    // so many that there is a batch for each
    String embed = "embed %s --data shapes --set data.train-size=700 --split train --out %s";
    try (Child alone = start(embed, run, here)) {
      alone.done();
    }
    try (Child leader = start(embed + " --workers 127.0.0.1:%d", run, shared, port)) {
      leader.done();
    }
    assertThat(Files.readAllBytes(shared)).isEqualTo(Files.readAllBytes(here));
  }

  private Child lending(int port) {
    Child worker = start("worker --port %d", port);
    worker.awaitOut("lending");
    return worker;
  }

  /** As the start script has it. */
  private Child start(String line, Object... arguments) {
    return shell.startWith(Map.of("TF_GRPC_REUSE_PORT", "true"), line, arguments);
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
