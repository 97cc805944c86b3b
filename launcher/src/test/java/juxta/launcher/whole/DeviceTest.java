package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs say what they run on, first of all and in their record. */
class DeviceTest {
  private static final String PROCESSOR = "[0-9]+ cores?, .*, float32";

  @TempDir Path root;

  private Shell shell;

  @BeforeEach
  void install() {
    shell = Shell.in(root);
  }

  @Test
  void theFirstLineSaysWhatItRunsOn() {
    Path out = root.resolve("run");
    Outcome outcome =
        shell.run("train simclr " + Shell.TINY + " --epochs 1 --device cpu --out %s", out);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.errLines().get(0)).matches(PROCESSOR);
    RunFolder run = new RunFolder(out);
    assertThat(run.record().at("/environment/device").asText() + ", float32").matches(PROCESSOR);
    assertThat(run.record().at("/settings/device").asText()).isEqualTo("cpu");
    assertThat(shell.run("evaluate %s --evaluators knn --device cpu", out).status()).isZero();
    Outcome card = shell.run("evaluate %s --evaluators knn --device gpu:99", out);
    assertThat(card.status()).isEqualTo(2);
    assertThat(card.errLines()).singleElement().asString().contains("gpu:99", "--device cpu");
  }

  /** What was begun on another machine may go on here; that it is not exact any more is said. */
  @Test
  void aRunGoesOnElsewhereAndSaysSo() throws IOException {
    Toy.addTo(shell);
    Path out = root.resolve("run");
    String line = Toy.TRAIN + " --checkpoint-every 5 --out " + out;
    try (Child child = shell.start(line)) {
      child.awaitFile(out.resolve("metrics.jsonl"));
      child.killAfter(0);
    }
    RunFolder run = new RunFolder(out);
    ObjectNode record = (ObjectNode) run.record();
    record.set("ranOn", record.arrayNode().add("NVIDIA H100, bf16"));
    ((ObjectNode) record.get("settings")).put("device", "gpu:0");
    Files.writeString(out.resolve("run.json"), record.toPrettyString());
    Outcome outcome = shell.run(line + " --device cpu --resume");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.errLines().get(0)).matches(PROCESSOR);
    assertThat(outcome.errLines())
        .anyMatch(l -> l.startsWith("warning: ") && l.contains("ran on NVIDIA H100, bf16 before"));
    ArrayNode places = (ArrayNode) run.record().get("ranOn");
    assertThat(places).hasSize(2);
    assertThat(places.get(1).asText()).endsWith(", float32");
  }
}
