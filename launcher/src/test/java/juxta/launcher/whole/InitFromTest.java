package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Safetensors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new run starts from the weights of another, or of a file with the ecosystem's names. */
class InitFromTest {
  /** No step is taken, so that the weights are those that the run started from. */
  private static final String START = Shell.TINY.replace("--epochs 2", "--epochs 0");

  @TempDir static Path root;

  private static Shell shell;
  private static RunFolder source;

  @BeforeAll
  static void trainSimclr() {
    shell = Shell.in(root);
    source = new RunFolder(root.resolve("simclr"));
    Outcome outcome =
        shell.run(
            "train simclr " + Shell.TINY.replace("--epochs 2", "--epochs 1") + " --out %s",
            source.path());
    assertThat(outcome.status()).as(outcome.err()).isZero();
  }

  @Test
  void namesAreTorchvisions() {
    assertThat(weights(source))
        .containsKeys(
            "encoder.conv1.weight",
            "encoder.bn1.running_mean",
            "encoder.layer1.0.conv1.weight",
            "encoder.layer2.0.downsample.0.weight");
  }

  @Test
  void theSameMethodTakesAllWeightsOfARun() {
    RunFolder run = start("simclr", source.path(), "starting from all");
    assertThat(weights(run)).isEqualTo(weights(source));
    assertThat(run.record().at("/initFrom/path").asText()).isEqualTo(source.path().toString());
  }

  @Test
  void anotherMethodTakesTheEncoder() {
    RunFolder run = start("patchmix", source.path(), "parameters of encoder 'resnet-small'");
    assertEncoderOfSource(run);
    assertThat(weights(run).keySet()).noneMatch(name -> name.startsWith("projection."));
  }

  @Test
  void aFileGivesTheEncoder() {
    Path file = source.newest().resolve("weights.safetensors");
    assertEncoderOfSource(start("simclr", file, "parameters of encoder 'resnet-small' from"));
  }

  /** Other programs put words before the names. */
  @Test
  void oneBeginningBeforeAllNamesIsUnderstood() {
    Map<String, Value> wrapped = new LinkedHashMap<>();
    weights(source)
        .forEach(
            (name, value) -> {
              if (name.startsWith("encoder.")) {
                wrapped.put("module.backbone." + name.substring("encoder.".length()), value);
              }
            });
    Path file = root.resolve("wrapped.safetensors");
    Safetensors.writeValues(file, wrapped, Map.of());
    assertEncoderOfSource(start("simclr", file, "parameters of encoder 'resnet-small' from"));
    wrapped.keySet().stream()
        .toList()
        .forEach(name -> wrapped.put("teacher." + name, wrapped.get(name)));
    Path two = root.resolve("two.safetensors");
    Safetensors.writeValues(two, wrapped, Map.of());
    Outcome outcome =
        shell.run("train simclr %s --out %s --init-from %s", START, root.resolve("no"), two);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.errLines())
        .last()
        .asString()
        .contains("under 'module.backbone.', 'teacher.module.backbone.'; keep one of these");
  }

  @Test
  void anEncoderOfAnotherWidthIsRefusedBeforeTheRunBegins() {
    Path out = root.resolve("wider");
    Outcome outcome =
        shell.run(
            "train simclr %s --set encoder.width=8 --out %s --init-from %s",
            START, out, source.newest().resolve("weights.safetensors"));
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.errLines())
        .singleElement()
        .asString()
        .contains("encoder.", "has shape", "use the encoder and settings");
    assertThat(out).doesNotExist();
  }

  @Test
  void weightsThatAreNoNumbersAreNamed() {
    Map<String, Value> damaged = new LinkedHashMap<>(weights(source));
    damaged.computeIfPresent(
        "encoder.conv1.weight",
        (name, value) -> {
          float[] numbers = Tensors.floats(value);
          numbers[3] = Float.NaN;
          return Tensors.floats(
              value.shape().stream().mapToLong(Long::longValue).toArray(), numbers);
        });
    Path file = root.resolve("damaged.safetensors");
    Safetensors.writeValues(file, damaged, Map.of());
    Path out = root.resolve("from-damaged");
    Outcome outcome = shell.run("train simclr %s --out %s --init-from %s", START, out, file);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.errLines())
        .last()
        .asString()
        .startsWith("juxta: --init-from " + file + ": 'encoder.conv1.weight' holds NaN");
    assertThat(out).doesNotExist();
  }

  /** What it starts from is saved at once, so a run that was killed early is resumed exactly. */
  @Test
  void aRunIsResumedWithoutItsSource() throws IOException {
    Toy.addTo(shell);
    RunFolder first = new RunFolder(root.resolve("toy"));
    run(Toy.TRAIN + " --epochs 1 --out %s", first.path());
    String line = Toy.TRAIN + " --seed 3 --epochs 20 --out %s --init-from " + first.path();
    RunFolder alone = new RunFolder(root.resolve("toy-alone"));
    run(line, alone.path());
    RunFolder killed = new RunFolder(root.resolve("toy-killed"));
    try (Child child = shell.start(line, killed.path())) {
      child.awaitFile(killed.path().resolve("checkpoints/phase-00-step-000000000/state.json"));
      child.killAfter(0);
    }
    Files.move(first.path(), root.resolve("toy-elsewhere"));
    run("train toy --resume --out %s", killed.path());
    assertThat(weights(killed)).isEqualTo(weights(alone));
  }

  private static RunFolder start(String method, Path from, String said) {
    RunFolder run = new RunFolder(root.resolve(method + Math.abs(from.hashCode())));
    Outcome outcome =
        shell.run("train %s %s --out %s --init-from %s", method, START, run.path(), from);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains(said);
    return run;
  }

  private static void run(String line, Object... arguments) {
    Outcome outcome = shell.run(line, arguments);
    assertThat(outcome.status()).as(outcome.err()).isZero();
  }

  private static void assertEncoderOfSource(RunFolder run) {
    Map<String, Value> all = weights(run);
    weights(source)
        .forEach(
            (name, value) -> {
              if (name.startsWith("encoder.")) {
                assertThat(all).as(name).containsEntry(name, value);
              }
            });
  }

  private static Map<String, Value> weights(RunFolder run) {
    return Safetensors.read(run.newest().resolve("weights.safetensors"));
  }
}
