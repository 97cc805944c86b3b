package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.UserException;
import juxta.engine.train.FrozenModel;
import juxta.engine.train.Monitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The setting {@code fold}, and a run that has it. */
class FoldTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "2-5, is no fold",
    "5, is no fold",
    "a/b, is no fold",
    "2/5/7, is no fold",
    "1/99999999999, is no fold",
    "-1/5, is no fold",
    "1/1, leaves nothing to train on",
    "1/0, leaves nothing to train on",
    "0/5, is none of the folds; they are 1/5 to 5/5",
    "6/5, is none of the folds",
  })
  void nonsenseIsNamedBeforeDataAreOpened(String text, String why) {
    Overrides given = Overrides.typed(Map.of("fold", text, "batch", "x"));
    Request request = new Request("line", "four", Optional.empty(), List.of(), given);
    assertThat(new Resolver(Lines.CATALOGUE).mistakes(request))
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("fold: '" + text + "'").contains(why));
  }

  @Test
  void aFoldIsWrittenAsItIsRead() {
    assertThat(Fold.parse("2/5")).isEqualTo(new Fold(2, 5)).hasToString("2/5");
    assertThat(Fold.of(Overrides.NONE)).isEmpty();
    assertThat(Fold.of(Overrides.typed(Map.of("fold", "")))).isEmpty();
  }

  private Dataset open(Overrides given) {
    return new DataOpener(Lines.CATALOGUE, folder).open("four", given, (what, share) -> {});
  }

  private TrainingRun.Job job(String fold, boolean resume) {
    Overrides given = Overrides.typed(Map.of("device", "cpu", "fold", fold));
    Dataset data = open(given);
    Choices choices =
        new Resolver(Lines.CATALOGUE)
            .resolve(
                new Request("line", "four", Optional.empty(), List.of(), given),
                DataSummary.of(data));
    return new TrainingRun.Job(
        choices, "four", data, folder.resolve("run"), resume, Optional.empty());
  }

  private ReopenedRun open(Optional<String> other) {
    return ReopenedRun.open(
        folder.resolve("run"),
        other,
        List.of("looking"),
        Overrides.NONE,
        Lines.CATALOGUE,
        folder,
        (what, share) -> {});
  }

  @Test
  void aRunStaysOnItsFold() {
    TrainingRun training = new TrainingRun(Lines.CATALOGUE, Monitor.SILENT, () -> false);
    TrainingRun.Job job = job("1/2", false);
    FrozenModel model = training.train(job);
    RunFile file = RunRecord.read(folder.resolve("run")).orElseThrow().file();
    assertThat(file.fold()).contains(new RunFile.Folding(1, 2, "record", "4f"));
    assertThat(file.records()).containsEntry("train", 2L).containsEntry("test", 2L);
    assertThat(file.dataFingerprint()).isEqualTo(job.data().fingerprint()).isNotEqualTo("4f");
    assertThat(file.settings()).containsEntry("fold", "1/2");

    try (ReopenedRun run = open(Optional.empty())) {
      assertThat(run.data().fingerprint()).isEqualTo(file.dataFingerprint());
      assertThat(run.choices().fold()).contains(new Fold(1, 2));
      List<Scoring.Found> found =
          new Scoring(Monitor.SILENT, () -> false)
              .score(
                  model,
                  run.setup(),
                  run.choices().placement(),
                  run.choices().evaluators(),
                  folder.resolve("run"),
                  (evaluator, e) -> {
                    throw new AssertionError(e);
                  });
      assertThat(found)
          .hasSize(2)
          .allSatisfy(
              one -> assertThat(one.score().protocol()).containsEntry("fold", "1 of 2 by record"))
          .allSatisfy(one -> assertThat(one.score().protocol()).containsEntry("steps", "3"));
    }
    try (ReopenedRun run = open(Optional.of("four:/elsewhere"))) {
      assertThat(run.data().fingerprint()).as("other data are used whole").isEqualTo("4f");
      assertThat(run.choices().fold()).isEmpty();
    }
    assertThatThrownBy(() -> training.train(job("2/2", true)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("fold: 1/2 -> 2/2");
  }

  @Test
  void aRecordWithAnImpossibleFoldIsRefused() {
    assertThatThrownBy(() -> new RunFile.Folding(6, 5, "record", "4f"))
        .hasMessage("there is no fold 6/5");
  }
}
