package juxta.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import juxta.api.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever was not the same for all runs is named, with who had what. */
class BudgetsTest {
  @Test
  void equalBudgetsNeedNoWords() {
    assertThat(
            Budgets.differences(
                List.of(
                    Runs.run("a", 0, .5),
                    Runs.run("a", 1, .5),
                    Runs.run("b", 0, .6),
                    Runs.run("b", 1, .6))))
        .isEmpty();
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("data: shapes (a", "other (b", r -> r.data("other", r.fingerprint())),
        change("content of the data: abababababab…", "ff00", r -> r.data("shapes", "ff00")),
        change("images seen: 800 (a", "1,600 (b", r -> r.imagesSeen(1600)),
        change("batch: 16 (a", "32 (b", r -> r.setting("batch", "32")),
        change("encoder: resnet-small (a", "vit (b", r -> r.encoder("vit")),
        change("encoder: ", "(width 8) (b", r -> r.setting("encoder.width", "8")),
        change("precision: float32 (a", "bf16 (b", r -> r.precision("bf16")),
        change("plug-in plug: 1 cdcdcdcdcdcd…", "1 00", r -> r.hash("00")),
        change("evaluators: knn (a", " (b", r -> r.scores(List.of())),
        change("settings of knn: k 5", "k 20 (b", r -> r.scores(List.of(k("20")))));
  }

  private static Arguments change(String one, String other, UnaryOperator<Runs.Changed> change) {
    return Arguments.of(one, other, change);
  }

  private static ReportedRun.Scored k(String k) {
    Score score = new Score("accuracy", .5, Score.Unit.RATE, Map.of("k", k));
    return new ReportedRun.Scored("knn", score, Map.of("k", k), 1);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void differencesAreNamed(String one, String other, UnaryOperator<Runs.Changed> change) {
    assertThat(
            Budgets.differences(
                List.of(Runs.run("a", 0, .5), Runs.with(Runs.run("b", 0, .5), change))))
        .singleElement()
        .asString()
        .startsWith(one)
        .contains(other);
  }

  @Test
  void seedsMustBeTheSame() {
    assertThat(
            Budgets.differences(
                List.of(Runs.run("a", 0, .5), Runs.run("a", 1, .5), Runs.run("b", 0, .6))))
        .containsExactly("seeds: 0, 1 (a resnet-small); 0 (b resnet-small)");
  }

  /** Reference rows see no images; that is what they are for. */
  @Test
  void rowsWithoutTrainingHaveNoBudget() {
    ReportedRun untrained = Runs.run("untrained", 0, .4);
    ReportedRun.Cost nothing =
        new ReportedRun.Cost(
            OptionalDouble.of(0),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.of(0),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Map.of());
    ReportedRun still =
        new ReportedRun(
            untrained.folder(),
            untrained.method(),
            untrained.label(),
            untrained.encoder(),
            untrained.data(),
            untrained.fingerprint(),
            untrained.fold(),
            untrained.records(),
            untrained.preset(),
            0,
            true,
            "float32",
            Map.of("batch", "1", "epochs", "0"),
            Map.of(),
            nothing,
            untrained.provenance(),
            untrained.scores(),
            List.of());
    assertThat(Budgets.differences(List.of(still, Runs.run("a", 0, .5)))).isEmpty();
  }
}
