package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/**
 * What a run leaves for people and programs, what is said of it when it is damaged, and what the
 * program says about itself.
 */
class RecordsTest {
  @TempDir static Path root;

  private static final String TRAIN = Toy.TRAIN + " --seed 5";

  private static Shell shell;
  private static RunFolder run;

  @BeforeAll
  static void train() {
    shell = Shell.in(root);
    Toy.addTo(shell);
    run = new RunFolder(root.resolve("run"));
    Outcome outcome = shell.run(TRAIN + " --out %s", run.path());
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.outLines().get(0)).contains("trained toy", run.path().toString());
  }

  @Test
  void runRecordSaysWhatDeterminesTheRun() throws Exception {
    JsonNode record = run.record();
    assertThat(record.get("status").asText()).isEqualTo("done");
    assertThat(record.get("method").asText()).isEqualTo("toy");
    assertThat(record.get("seed").asInt()).isEqualTo(5);
    assertThat(record.get("steps").asInt()).isEqualTo(180);
    assertThat(record.at("/settings/batch").asText()).isEqualTo("8");
    assertThat(record.at("/settings/data.side").asText()).isEqualTo("16");
    assertThat(record.at("/origins/batch").asText()).isEqualTo("preset paper");
    assertThat(record.at("/origins/seed").asText()).isEqualTo("command line");
    assertThat(record.at("/records/train").asInt()).isEqualTo(80);
    assertThat(record.get("dataFingerprint").asText()).matches("[0-9a-f]{64}");
    assertThat(record.get("dataFingerprintFrom").asText()).isEqualTo("content");
    for (String part : List.of("juxta", "tensorflow", "java", "system", "processor", "cores")) {
      assertThat(record.get("environment").path(part).asText()).as(part).isNotEmpty();
    }
    JsonNode toy = record.at("/plugins/toy");
    assertThat(toy.get("version").asText()).isEqualTo("1.0");
    byte[] jar = Files.readAllBytes(shell.plugins().resolve("toy.jar"));
    assertThat(toy.at("/sha256/toy.jar").asText())
        .isEqualTo(
            HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(jar)));
  }

  @Test
  void tensorBoardFindsTheScalars() throws IOException {
    Map<String, List<Long>> steps = new TreeMap<>();
    List<Event> events = events();
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    for (Event event : events) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        assertThat(value.getSimpleValue()).isFinite();
        steps.computeIfAbsent(value.getTag(), tag -> new ArrayList<>()).add(event.getStep());
      }
    }
    assertThat(steps)
        .containsKeys(
            "first/loss", "first/learning-rate", "first/embedding-spread", "halve/halved");
    assertThat(steps.get("first/loss")).hasSize(90).first().isEqualTo(1L);
    assertThat(steps.get("second/loss")).hasSize(90).last().isEqualTo(180L);
  }

  /** Frames as TensorBoard reads them: both checksums of each must fit. */
  private static List<Event> events() throws IOException {
    ByteBuffer bytes;
    try (Stream<Path> files = Files.list(run.path().resolve("events"))) {
      bytes = ByteBuffer.wrap(Files.readAllBytes(files.findFirst().orElseThrow()));
    }
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.get(length);
      assertThat(bytes.getInt()).isEqualTo(checksum(length));
      long size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
      byte[] data = new byte[Math.toIntExact(size)];
      bytes.get(data);
      assertThat(bytes.getInt()).isEqualTo(checksum(data));
      events.add(Event.parseFrom(data));
    }
    return events;
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  @Test
  void listIsJsonForPrograms() {
    String text = shell.run("list --json").out();
    assertThat(text)
        .startsWith("{\n  \"methods\" : [ {\n    \"id\" : \"")
        .containsPattern(
            "    \"id\" : \"byol\",\n    \"summary\" : \"[^\"]+\",\n    \"kinds\" : \\[ \"images\" ],\n"
                + "    \"plugin\" : \"[^\"]+\",\n    \"version\" : \"[^\"]+\",\n"
                + "    \"location\" : \"[^\"]+\"\n  }, \\{\n");
    JsonNode list = RunFolder.parse(text);
    for (String kind :
        List.of("methods", "encoders", "augmentations", "losses", "evaluators", "datasets")) {
      assertThat(list.get(kind)).as(kind).isNotEmpty();
    }
    assertThat(list.get("methods"))
        .anySatisfy(
            method -> {
              assertThat(method.get("id").asText()).isEqualTo("patchmix");
              assertThat(method.get("plugin").asText()).isEqualTo("juxta.plugin.patchmix");
              assertThat(method.get("version").asText()).isNotEmpty();
              assertThat(method.get("location").asText()).endsWith("plugin-patchmix.jar");
            });
    assertThat(shell.run("list evaluators").out()).contains("knn", "linear");
  }

  @Test
  void describeShowsSettingsWithDefaultsAndSources() {
    assertThat(shell.run("describe simclr").out())
        .contains("https://arxiv.org/abs/2002.05709")
        .contains("presets for shapes:")
        .containsPattern(" +paper +small\n")
        .containsPattern("epochs +1000 +16\n")
        .contains("takes: images\n", "its models have: embed, encode, ")
        .contains("for example: juxta train simclr --data shapes --preset small\n")
        .contains("--set projection-out=", "integer, 1 to 65536, default 128")
        .contains("[section 4.2; google-research/simclr]");
  }

  @Test
  void describeTellsProgramsAllThatThereIs() {
    JsonNode all = RunFolder.parse(shell.run("describe --json --data shapes").out());
    assertThat(all.findValuesAsText("id"))
        .contains("simclr", "resnet18", "cifar10", "ntxent", "segmentation", "patchmix");
    JsonNode simclr = RunFolder.parse(shell.run("describe simclr --json").out());
    assertThat(simclr).as("a method and an augmentation").hasSize(2);
    assertThat(simclr.get(0).at("/paper/url").asText()).contains("arxiv.org/abs/2002.05709");
    assertThat(simclr.get(0).at("/presets/values/small/epochs").asText()).isEqualTo("16");
    assertThat(simclr.get(0).get("settings"))
        .anySatisfy(
            setting -> {
              assertThat(setting.get("key").asText()).isEqualTo("projection-out");
              assertThat(setting.get("range").asText()).isEqualTo("1 to 65536");
              assertThat(setting.get("default").asText()).isEqualTo("128");
            });
    for (JsonNode one : all) {
      if (one.get("service").asText().equals("evaluators")) {
        assertThat(one.get("functions")).as(one.toString()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"list", "describe", "train", "evaluate", "compare", "report", "tour", "plugins"})
  void everyCommandExplainsItself(String command) {
    Outcome outcome = shell.run(command + " --help");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.errLines()).isEmpty();
    assertThat(outcome.outLines()).first().asString().startsWith("juxta " + command);
    assertThat(shell.run("--help").out()).contains("  " + command + " ");
  }

  private static String mistake(Outcome outcome) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    String last = outcome.errLines().get(outcome.errLines().size() - 1);
    assertThat(outcome.errLines().stream().filter(line -> line.startsWith("juxta: ")))
        .containsExactly(last); // behind those that say what begins
    return last;
  }

  private static String resume() {
    return mistake(shell.run(TRAIN + " --resume --out %s", run.path()));
  }

  @Test
  void damagedStatesAreNamed() throws IOException {
    Path file = run.newest().resolve("state.json");
    String good = Files.readString(file);
    Files.writeString(file, good.replaceFirst("\"LINEAR\"", "\"LINNEAR\""));
    assertThat(resume()).contains(file.toString(), "the layout 'LINNEAR' for 'layer.weight'");
    Files.writeString(file, good.replace("\"format\" : 1", "\"format\" : 7"));
    assertThat(resume()).contains("its format is 7, and this version of Juxta reads format 1");
    Files.writeString(file, good);
  }

  /** What else can be wrong the engine's tests try. */
  @Test
  void damagedRecordsOfRunsAreNamedByEveryCommand() throws IOException {
    Path file = run.path().resolve("run.json");
    String good = Files.readString(file);
    for (String bad :
        new String[] {
          "", good.replaceFirst("\"ranOn\" : [^\\]]*]", "\"ranOn\" : 1"),
        }) {
      Files.writeString(file, bad);
      assertThat(resume()).startsWith("juxta: " + file + ": cannot be read (");
      assertThat(mistake(shell.run("report %s", run.path()))).contains(file + ": cannot be read (");
      assertThat(mistake(shell.run("evaluate %s --evaluators knn", run.path())))
          .contains(file + ": cannot be read (");
    }
    Files.writeString(file, good);
  }

  @Test
  void damagedRecordsOfComparisonsAndToursAreNamed() throws IOException {
    Path folder = Files.createDirectories(root.resolve("made"));
    for (String name : new String[] {"comparison.json", "tour.json"}) {
      Path file = folder.resolve(name);
      for (String bad : new String[] {"", "{", "[]", "{\"format\": 2}", "{\"runs\": []}"}) {
        Files.writeString(file, bad);
        assertThat(mistake(shell.run("report %s", folder)))
            .as(name + " " + bad)
            .startsWith("juxta: " + file + ": cannot be read (");
      }
      Files.delete(file);
    }
    Files.writeString(
        folder.resolve("tour.json"),
        "{\"format\": 1, \"title\": 5, \"lead\": \"\", \"stops\": [], \"problems\": []}");
    assertThat(mistake(shell.run("report %s", folder))).contains("'title' is not a text");
  }

  /** A character that no name can have, written where a path stands. */
  @Test
  void namesThatNoFileCanHaveAreMistakes() throws IOException {
    Path config = Files.writeString(root.resolve("nul.yaml"), "data.cache: \"a\\0b\"\n");
    assertThat(mistake(shell.run("train simclr --data image-folder:a\u0000b")))
        .isEqualTo(
            "juxta: 'a\\u0000b' can be no name of a file (Nul character not allowed); correct it"
                + " where it is written");
    assertThat(mistake(shell.run("report a\u0000b"))).contains("can be no name of a file");
    assertThat(mistake(shell.run("train simclr --config a\u0000b"))).contains("can be no name");
    assertThat(shell.run("train simclr --config %s", config).status()).isEqualTo(2);
  }
}
