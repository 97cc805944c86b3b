package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Layout;
import juxta.api.Score;
import juxta.engine.train.ParameterStore;
import juxta.engine.train.PhaseState;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written of a run, to the letter: older versions read it, and so do scripts. */
class RecordTextsTest {
  @TempDir private Path folder;

  @Test
  void stateOfACheckpoint() throws IOException {
    ParameterStore store = new ParameterStore();
    store.put(
        "fc.weight", new ParameterStore.Entry(Tensors.floats(new long[] {1, 1}, 1), Layout.LINEAR));
    store.put("fc.bias", new ParameterStore.Entry(Tensors.floats(new long[] {1}, 1), Layout.PLAIN));
    Path saved =
        new Checkpoints(folder)
            .save(store, new PhaseState(1, 23, List.of(0.5, Double.NaN, 1e-300), 11));
    assertThat(saved.resolve("state.json"))
        .hasContent(
            """
            {
              "format" : 1,
              "phase" : 1,
              "step" : 23,
              "earlier" : 11,
              "history" : [ 0.5, "NaN", 1.0E-300 ],
              "layouts" : {
                "fc.weight" : "LINEAR"
              }
            }
            """);
  }

  @Test
  void lineOfALog() {
    Map<String, Object> scalars = new LinkedHashMap<>();
    scalars.put("loss", 2.0);
    scalars.put("learning-rate", 1e-3);
    scalars.put("spread", Double.NaN);
    assertThat(new MetricsLine("warm-up", 7, 0.5, scalars).text())
        .isEqualTo(
            "{\"phase\":\"warm-up\",\"step\":7,\"epoch\":0.5,\"loss\":2.0,\"learning-rate\":0.001,"
                + "\"spread\":\"NaN\"}\n");
  }

  /** A line of another version, and one that is half there. */
  @Test
  void linesOfALogAreReadAsFarAsTheyGo() {
    assertThat(MetricsLine.parse("{\"phase\":\"a\",\"step\":3,\"loss\":2,\"note\":{\"b\":1}}"))
        .contains(new MetricsLine("a", 3, 0, Map.of("loss", 2, "note", Map.of("b", 1))));
    assertThat(MetricsLine.parse("{\"phase\":\"a\",\"st")).isEmpty();
  }

  @Test
  void holderOfALock() {
    LockHolder holder = new LockHolder(7, "anna", "pid:[1]", 5, 6);
    String text = "{\"pid\":7,\"host\":\"anna\",\"space\":\"pid:[1]\",\"started\":5,\"since\":6}\n";
    assertThat(holder.text()).isEqualTo(text);
    assertThat(LockHolder.parse(text)).contains(holder);
    assertThat(LockHolder.parse("{\"pid\":7,\"host\":\"anna\",\"more\":[1]}\n"))
        .contains(new LockHolder(7, "anna", "", 0, 0));
    for (String other : List.of("", "7", "{\"pid\":7}", "{\"pid\":\"x\",\"host\":\"anna\"}")) {
      assertThat(LockHolder.parse(other)).as(other).isEmpty();
    }
  }

  @Test
  void score() throws IOException {
    Score score =
        new Score(
            "loss", Double.NaN, Score.Unit.NUMBER, Score.Better.LOWER, Map.of("bank", "64 images"));
    Scoring.Found found = new Scoring.Found("knn", score, Map.of("k", "5"), 1.25);
    RecordedScore recorded = RecordedScore.of("shapes", "4f", found);
    assertThat(Json.pretty(List.of(recorded)))
        .isEqualTo(
            """
            [ {
              "data" : "shapes",
              "dataFingerprint" : "4f",
              "evaluator" : "knn",
              "metric" : "loss",
              "value" : "NaN",
              "unit" : "NUMBER",
              "better" : "LOWER",
              "protocol" : {
                "bank" : "64 images"
              },
              "settings" : {
                "k" : "5"
              },
              "seconds" : 1.3
            } ]""");
    Files.writeString(folder.resolve("scores.json"), Json.pretty(List.of(recorded)));
    assertThat(Scoring.read(folder, "4f"))
        .containsExactly(new Scoring.Found("knn", score, Map.of("k", "5"), 1.3));
    assertThat(Scoring.read(folder, "5f")).isEmpty();
  }

  /** Before there were settings, and a way that is better. */
  @Test
  void scoreOfAnOlderVersion() throws IOException {
    Files.writeString(
        folder.resolve("scores.json"),
        "[{\"dataFingerprint\": \"4f\", \"evaluator\": \"knn\", \"metric\": \"accuracy\","
            + " \"value\": 1, \"unit\": \"RATE\", \"more\": null}]");
    Score score = new Score("accuracy", 1, Score.Unit.RATE, Map.of());
    assertThat(Scoring.read(folder, "4f"))
        .containsExactly(new Scoring.Found("knn", score, Map.of(), 0));
  }

  @Test
  void runThatBeginsAndWhatItKeepsOfAnotherVersion() throws Exception {
    TrainingRun.Job job = Lines.job(Path.of("none"), false, Map.of("seed", "5"));
    RunRecord.begin(job.choices(), "four", job.data(), Optional.empty(), Lines.CATALOGUE)
        .write(folder);
    Path file = folder.resolve("run.json");
    String text = Files.readString(file);
    assertThat(shortened(text))
        .isEqualTo(
            """
            {
              "format" : 1,
              "status" : "running",
              "method" : "line",
              "encoder" : "layer",
              "data" : "four",
              "preset" : "paper",
              "settings" : {…},
              "origins" : {…},
              "seed" : 5,
              "precision" : "float32",
              "records" : {
                "train" : 4
              },
              "dataFingerprint" : "4f",
              "dataFingerprintFrom" : "content",
              "plugins" : {…},
              "environment" : {
                "juxta" : …,
                "tensorflow" : …,
                "java" : …,
                "system" : …,
                "processor" : …,
                "cores" : …,
                "device" : …
              },
              "ranOn" : …,
              "started" : …
            }
            """);
    Files.writeString(file, text.replace("\"seed\" : 5,", "\"new\" : [ null ],\n  \"seed\" : 5,"));
    RunRecord record = RunRecord.read(folder).orElseThrow();
    record.spent(new Stopwatch(), List.of(new PhaseCost("a/b", 3, 2, 2, 1.5)));
    record.done(3, 1, Map.of("all", 8L));
    record.write(folder);
    assertThat(Files.readString(file))
        .contains("  \"new\" : [ null ],\n  \"seed\" : 5,\n")
        .contains(
            """
              "phases" : {
                "a/b" : {
                  "steps" : 3,
                  "recordsPerStep" : 2,
                  "timedSteps" : 2,
                  "seconds" : 1.5
                }
              },
              "trainingPhases" : 1,
            """);
  }

  /** Without what differs from machine to machine. */
  private static String shortened(String run) {
    return run.replaceAll("(?s)(\"(settings|origins)\" : )\\{.*?\\n  }", "$1{…}")
        .replaceAll("(?s)(\"plugins\" : )\\{.*?\\n  }", "$1{…}")
        .replaceAll(
            "(\"(juxta|tensorflow|java|system|processor|cores|device|ranOn|started)\" : )"
                + "(\"[^\"]*\"|\\d+|\\[[^]]*])",
            "$1…");
  }

  private record Part(@Required String name, int count) {}

  private record Whole(
      int format,
      @Required String title,
      Optional<Double> rate,
      List<String> words,
      Map<String, Long> counts,
      Map<String, Map<String, String>> texts,
      List<Part> parts) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                            | 'title' is missing",
        "{'title': null}                               | 'title' is not a text",
        "{'title': 5}                                  | 'title' is not a text",
        "{'title': ['a']}                              | 'title' is not a text",
        "{'title': 'a', 'rate': 'much'}                | 'rate' is not a number",
        "{'title': 'a', 'rate': true}                  | 'rate' is not a number",
        "{'title': 'a', 'words': {}}                   | 'words' is not a list of texts",
        "{'title': 'a', 'words': 'b'}                  | 'words' is not a list of texts",
        "{'title': 'a', 'words': ['b', 5]}             | 'words[1]' is not a text",
        "{'title': 'a', 'words': [null]}               | 'words[0]' is not a text",
        "{'title': 'a', 'counts': [1]}                 | 'counts' is not an object of whole numbers",
        "{'title': 'a', 'counts': {'b': 1.5}}          | 'counts.b' is not a whole number",
        "{'title': 'a', 'counts': {'b': '1'}}          | 'counts.b' is not a whole number",
        "{'title': 'a', 'counts': {'b': 9223372036854775808}} | 'counts' is not an object of whole numbers",
        "{'title': 'a', 'texts': {'b': 'c'}}           | 'texts.b' is not an object of texts",
        "{'title': 'a', 'texts': 1}                    | 'texts' is not an object of objects of texts",
        "{'title': 'a', 'parts': {}}                   | 'parts' is not a list of objects",
        "{'title': 'a', 'parts': [[]]}                 | 'parts[0]' is not an object",
        "{'title': 'a', 'parts': [{'count': 1}]}       | 'parts[0].name' is missing",
        "{'title': 'a', 'parts': [{'name': 'b', 'count': true}]} | 'parts[0].count' is not a whole number",
      })
  void whatDoesNotFitIsNamed(String text, String problem) throws IOException {
    Path file = folder.resolve("whole.json");
    String json = text.replace('\'', '"');
    Files.writeString(
        file, json.replace("{\"title", "{\"format\": 1, \"title").replace("{}", "{\"format\": 1}"));
    assertThatThrownBy(() -> JsonRecord.read(file, 1, Whole.class))
        .isInstanceOf(IOException.class)
        .hasMessage(problem);
  }

  @Test
  void whatIsNotThereIsEmptyAndWhatIsUnknownIsPassedOver() throws IOException {
    Path file = folder.resolve("whole.json");
    Files.writeString(file, "{\"format\": 1, \"title\": \"a\", \"more\": null}");
    assertThat(JsonRecord.read(file, 1, Whole.class))
        .isEqualTo(new Whole(1, "a", Optional.empty(), null, null, null, null));
    Files.writeString(file, "{\"format\": 1, \"title\": \"a\", \"rate\": \"-Infinity\"}");
    assertThat(JsonRecord.read(file, 1, Whole.class).rate()).contains(Double.NEGATIVE_INFINITY);
  }
}
