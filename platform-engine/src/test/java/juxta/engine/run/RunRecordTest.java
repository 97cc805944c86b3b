package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
  @TempDir private Path folder;

  private static RunRecord begin(Map<String, String> given) {
    TrainingRun.Job job = Lines.job(Path.of("none"), false, given);
    return RunRecord.begin(job.choices(), "four", job.data(), Optional.empty(), Lines.CATALOGUE);
  }

  @Test
  void whatWasChosenComesBackWithItsOrigin() {
    begin(Map.of("seed", "5")).write(folder);
    RunRecord read = RunRecord.read(folder).orElseThrow();
    assertThat(read.method()).isEqualTo("line");
    assertThat(read.data()).isEqualTo("four");
    assertThat(read.preset()).isEqualTo("paper");
    assertThat(read.dataFingerprint()).isEqualTo("4f");
    assertThat(read.settings())
        .containsEntry("seed", "5")
        .containsEntry("batch", "2")
        .containsEntry("encoder", "layer");
    Map<String, Overrides.Entry> values = read.overrides().entries();
    assertThat(values.get("seed").origin()).isEqualTo(Origin.COMMAND_LINE);
    assertThat(values.get("batch").origin()).isEqualTo(Origin.preset("paper"));
    assertThat(read.isDone()).isFalse();
    assertThat(read.file().plugins()).hasSize(1);
    assertThat(read.file().records()).containsEntry("train", 4L);
  }

  @Test
  void aFolderWithoutARecordHasNoneAndADamagedOneIsNamed() throws IOException {
    assertThat(RunRecord.read(folder)).isEmpty();
    for (String bad : List.of("{", "[]", "{\"format\": 99}")) {
      Files.writeString(folder.resolve("run.json"), bad);
      assertThatThrownBy(() -> RunRecord.read(folder))
          .as(bad)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(folder.resolve("run.json").toString());
    }
  }

  /** A file that was cut off, or that something else has written to. */
  @Test
  void aRecordThatIsNotAsItWasWrittenIsRefusedInOneLine() throws IOException {
    begin(Map.of("seed", "5")).write(folder);
    Path file = folder.resolve("run.json");
    String good = Files.readString(file);
    List<String> damaged =
        List.of(
            "",
            "\n",
            good.substring(0, good.length() / 2),
            good.substring(0, good.indexOf("\"preset\"")) + "\n\"x",
            good + good,
            good.replace("\"format\" : 1", "\"format\" : 99"),
            good.replace("\"format\" : 1", "\"format\" : \"1\""),
            good.replace("\"seed\" : 5", "\"seed\" : \"five\""),
            good.replace("\"method\" : \"line\"", "\"method\" : [ ]"),
            good.replaceFirst("\"ranOn\" : [^\\]]*]", "\"ranOn\" : \"cpu\""),
            good.replaceFirst("\"settings\" : \\{[^}]*}", "\"settings\" : 3"),
            good.replaceFirst("\"settings\" : \\{", "\"settings\" : {\"a\" : {},"),
            good.replaceFirst("\"seed\"", "\"phases\" : [ ], \"seed\""),
            good.replaceFirst("\"dataFingerprint\" : [^,]*,", ""));
    for (String bad : damaged) {
      Files.writeString(file, bad);
      assertThatThrownBy(() -> RunRecord.read(folder))
          .as(bad)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(file + ": cannot be read (")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
    assertThat(damaged).doesNotContain(good).doesNotHaveDuplicates();
    Files.writeString(file, good);
    assertThat(RunRecord.read(folder)).isPresent();
  }

  @Test
  void whatDiffersIsToldAndWhatChangesNothingIsNot() {
    RunRecord record = begin(Map.of("epochs", "4"));
    assertThat(record.differences(Lines.choices("line", Map.of("epochs", "4")), "4f")).isEmpty();
    assertThat(
            record.differences(
                Lines.choices("line", Map.of("epochs", "4", "threads", "1", "seed", "0")), "4f"))
        .isEmpty();
    assertThat(
            record.differences(
                Lines.choices("line", Map.of("encoder.width", "3", "seed", "1")), "other"))
        .containsEntry("epochs", "4 -> 3")
        .containsEntry("encoder.width", "(default) -> 3")
        .containsEntry("seed", "0 -> 1")
        .containsEntry("data", "other content than before")
        .hasSize(4);
    assertThat(record.differences(Lines.choices("other", Map.of()), "4f"))
        .containsOnlyKeys("method");
  }

  @Test
  void whatProcessesSpentIsAddedUp() throws Exception {
    RunRecord record = begin(Map.of());
    assertThat(record.seconds()).isZero();
    record.spent(new Stopwatch(), List.of(new PhaseCost("first", 3, 2, 2, 1.5)));
    record.spent(new Stopwatch(), List.of(new PhaseCost("first", 6, 2, 3, 0.5)));
    record.done(12, 2, Map.of("all", 8L));
    record.write(folder);
    RunFile file = RunRecord.read(folder).orElseThrow().file();
    assertThat(file.phases()).containsEntry("first", new RunFile.PhaseTimes(6, 2, 5, 2));
    assertThat(file.steps()).contains(12L);
    assertThat(file.parameters()).containsEntry("all", 8L);
    assertThat(RunRecord.read(folder).orElseThrow().isDone()).isTrue();
  }

  @Test
  void aRunThatGoesOnElsewhereIsToldOnce() {
    RunRecord record = begin(Map.of());
    assertThat(record.goesOnAt(Lines.choices("line", Map.of()))).isEmpty();
    Choices compiled = Lines.choices("line", Map.of("xla", "true"));
    assertThat(record.goesOnAt(compiled).orElseThrow()).contains("XLA").startsWith("ran on ");
    assertThat(record.goesOnAt(compiled)).isEmpty();
  }
}
