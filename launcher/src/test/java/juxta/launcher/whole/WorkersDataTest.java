package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that read their parts of each batch from data of their own. */
class WorkersDataTest {
  private static final String TRAIN =
      "train simclr " + Shell.TINY + " --worker-timeout 60 --workers 127.0.0.1:%d --out %s";

  private static final String OTHER =
      "train simclr --encoder resnet-small --set encoder.width=4 --batch 16 --epochs 1"
          + " --precision float32 --preset small --workers 127.0.0.1:%d --out %s --data %s";

  private static final String MANY =
      " --data shapes --set data.side=128 --set data.train-size=44000 --set data.test-size=4";

  @TempDir Path root;

  private Shell shell;

  @BeforeEach
  void install() {
    shell = Shell.in(root);
  }

  /** All records fit onto the worker's device. */
  @Test
  void whatAWorkerHoldsIsWhatItWouldBeFedAndOtherDataAreRefused() throws IOException {
    String data = " --data shapes --set data.train-size=96 --set data.test-size=48";
    RunFolder fed = run("fed", "");
    RunFolder own = run("own", data);
    assertThat(own.weights()).isEqualTo(fed.weights());
    assertThat(own.optimizer()).isEqualTo(fed.optimizer());
    int port = free();
    try (Child worker = lending(port, " --data shapes --set data.train-size=95")) {
      Outcome outcome = start(TRAIN, port, root.resolve("refused")).await();
      assertThat(outcome.status()).isEqualTo(2);
      assertThat(outcome.err())
          .containsPattern(
              "worker 127.0.0.1:"
                  + port
                  + " has other data: their fingerprint is [0-9a-f]{12}, that of this run's"
                  + " [0-9a-f]{12}; start it with")
          .doesNotContain("\tat ");
      assertThat(worker.killAfter(0)).as("it lends on").isTrue();
    }
  }

  private RunFolder run(String name, String data) throws IOException {
    RunFolder run = new RunFolder(root.resolve(name));
    int port = free();
    try (Child worker = lending(port, data);
        Child leader = start(TRAIN, port, run.path())) {
      leader.done();
      assertThat(worker.killAfter(0)).isTrue();
    }
    return run;
  }

  /** Too many to be held, so that those of each step are read. */
  @Test
  void whatAWorkerReadsStepByStepIsWhatItWouldBeFed() throws IOException {
    assertThat(begun("own", MANY)).isEqualTo(begun("fed", ""));
  }

  /** Weights after the first steps of a run that goes on for long. */
  private byte[] begun(String name, String data) throws IOException {
    RunFolder run = new RunFolder(root.resolve(name));
    int port = free();
    try (Child worker = lending(port, data);
        Child leader = start(TRAIN + MANY + " --epochs 1 --checkpoint-every 4", port, run.path())) {
      Path weights = run.path().resolve("checkpoints/phase-00-step-000000004/weights.safetensors");
      leader.awaitFile(weights.resolveSibling("state.json"));
      byte[] found = Files.readAllBytes(weights);
      assertThat(worker.killAfter(0)).isTrue();
      return found;
    }
  }

  @Test
  void aWorkerLendsTheDevicesThatItIsToldTo() throws IOException {
    int port = free();
    try (Child worker = start("worker --port %d --devices cpu:0,cpu:1 --threads 1", port)) {
      worker.awaitOut("lending 2 times ");
      start(TRAIN, port, root.resolve("run")).done();
      assertThat(worker.killAfter(0)).as("it lends on").isTrue();
    }
  }

  @Test
  void aFileThatAWorkerCannotReadIsNamedWithTheWorker() throws IOException {
    Path here = pictures("here");
    Path there = pictures("there");
    // so that the worker does not decode all of them when it opens them
    String seen = "preview --records 0 --set data.test-share=0 --data image-folder:%s";
    try (Child preview = start(seen, there)) {
      preview.done();
    }
    int port = free();
    try (Child worker = lending(port, " --set data.test-share=0 --data image-folder:" + there)) {
      Files.write(there.resolve("left").resolve("2.png"), new byte[] {1, 2, 3});
      Outcome outcome =
          start(
                  OTHER + " --set data.test-share=0",
                  port,
                  root.resolve("run"),
                  "image-folder:" + here)
              .await();
      assertThat(outcome.status()).isEqualTo(2);
      assertThat(outcome.err())
          .contains("worker 127.0.0.1:" + port + ": " + there.resolve("left").resolve("2.png"))
          .doesNotContain("\tat ");
      assertThat(worker.killAfter(0)).as("it lends on").isTrue();
    }
  }

  @Test
  void aReaderThatDoesNotComeBackEndsTheRunInTime() throws IOException {
    Sleepy.addTo(shell);
    Path here = Files.createDirectories(root.resolve("here"));
    Path there = Files.createDirectories(root.resolve("there"));
    Files.createFile(there.resolve("asleep"));
    int port = free();
    try (Child worker = lending(port, " --data sleepy:" + there)) {
      Outcome outcome =
          start(OTHER + " --worker-timeout 6", port, root.resolve("run"), "sleepy:" + here).await();
      assertThat(outcome.status()).isEqualTo(2);
      assertThat(outcome.err())
          .contains("worker 127.0.0.1:" + port + " did not read its records within 6 s")
          .doesNotContain("\tat ");
      // it works for the next one once the disk is back
      Files.delete(there.resolve("asleep"));
      start(OTHER + " --worker-timeout 60", port, root.resolve("next"), "sleepy:" + here).done();
      assertThat(worker.killAfter(0)).as("it lends on").isTrue();
    }
  }

  private Path pictures(String name) throws IOException {
    Path folder = root.resolve(name);
    for (String side : List.of("left", "right")) {
      Files.createDirectories(folder.resolve(side));
      for (int i = 0; i < 12; i++) {
        BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < 32 * 32; p++) {
          picture.setRGB(p % 32, p / 32, (p * 7919 + i * 104729) & 0xffffff);
        }
        Path file = folder.resolve(side).resolve(i + ".png");
        ImageIO.write(picture, "png", file.toFile());
        Files.setLastModifiedTime(file, FileTime.fromMillis(0)); // long before it is read
      }
    }
    return folder;
  }

  private Child lending(int port, String data) {
    Child worker = start("worker --port %d" + data, port);
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
