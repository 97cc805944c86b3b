package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Setting;
import juxta.api.UserException;
import juxta.engine.catalogue.Catalogue;
import juxta.engine.catalogue.Fakes.FakeData;
import juxta.engine.catalogue.Fakes.FakeEvaluator;
import juxta.engine.catalogue.Fakes.FakeLoss;
import juxta.engine.catalogue.Fakes.FakeMethod;
import org.junit.jupiter.api.Test;

class ResolverTest {
  private static final Setting<Double> RATE = Setting.real("rate", 0.1).atLeast(0);
  private static final Setting<Double> TEMPERATURE = Setting.real("temperature", 0.5).atLeast(0);
  private static final Setting<Integer> K = Setting.integer("k", 20).atLeast(1);
  private static final Setting<Integer> SIZE = Setting.integer("size", 32).atLeast(1);
  private static final DataSummary DATA =
      new DataSummary("toys", DataKind.IMAGES, List.of(), Map.of(Dataset.TRAIN, 100), 2);

  private final FakeMethod epochs =
      new FakeMethod(
          "by-epochs",
          Map.of("epochs", "9", "batch", "8", "loss", "nce", "loss.temperature", "0.2"),
          false,
          List.of(RATE));
  private final FakeMethod steps =
      new FakeMethod(
          "by-steps",
          Map.of("batch", "8", "iterations", "50"),
          true,
          List.of(Setting.integer("iterations", 5)));
  private final FakeMethod none =
      new FakeMethod("no-epochs", Map.of("batch", "8", "epochs", "0"), true, List.of());
  private final FakeMethod part =
      new FakeMethod(
          "by-a-part",
          Map.of("batch", "8", "epochs", "0", "contrast-iterations", "80"),
          true,
          List.of(Setting.integer("contrast-iterations", 5)));
  private final FakeMethod odd =
      new FakeMethod("odd", Map.of("batch", "8", "wdith", "3"), true, List.of());
  private final Resolver resolver =
      new Resolver(
          Catalogue.of(
              List.of(
                  epochs,
                  steps,
                  none,
                  part,
                  odd,
                  new FakeLoss("nce", List.of(TEMPERATURE)),
                  new FakeLoss("other", List.of()),
                  new FakeEvaluator("knn", List.of(K)),
                  new FakeEvaluator("linear", List.of(RATE)),
                  new FakeData("toys", List.of(SIZE)))));

  private static Request request(String method, List<String> evaluators, Overrides given) {
    return new Request(method, "toys:/somewhere", Optional.empty(), evaluators, given);
  }

  private Choices resolve(String method, Overrides given) {
    return resolver.resolve(request(method, List.of("knn"), given), DATA);
  }

  private static Overrides typed(String... pairs) {
    Map<String, String> values = new java.util.TreeMap<>();
    for (String pair : pairs) {
      values.put(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", ""));
    }
    return Overrides.typed(values);
  }

  @Test
  void budgetsSayWhatIsTrained() {
    assertThat(resolve("by-epochs", typed()).budget()).isEqualTo("9 epochs");
    assertThat(resolve("by-epochs", typed("epochs=1")).budget()).isEqualTo("1 epoch");
    assertThat(resolve("by-steps", typed()).budget()).isEqualTo("50 iterations");
    assertThat(resolve("no-epochs", typed()).trains()).isFalse();
    assertThat(resolve("no-epochs", typed()).budget()).isEqualTo("0 epochs");
    assertThat(resolve("by-a-part", typed()).trains()).isTrue();
    assertThat(resolve("by-a-part", typed()).budget()).isEqualTo("80 contrast-iterations");
    assertThat(resolve("by-a-part", typed("contrast-iterations=0")).trains()).isFalse();
  }

  @Test
  void eachValueIsHeldOnceTypedAndWithItsOrigin() {
    Overrides given =
        Overrides.of(Origin.FILE, Map.of("rate", "0.3", "data.size", "16", "seed", "4"))
            .under(typed("rate=0.4", "knn.k=5"));
    Choices choices = resolve("by-epochs", given);
    assertThat(choices.of("method").get(RATE)).isEqualTo(0.4);
    assertThat(choices.of("loss").get(TEMPERATURE)).isEqualTo(0.2);
    assertThat(choices.of("data").get(SIZE)).isEqualTo(16);
    assertThat(choices.evaluators().get(0).settings().get(K)).isEqualTo(5);
    assertThat(choices.epochs()).isEqualTo(9);
    assertThat(choices.seed()).isEqualTo(4);
    Resolution resolution = choices.resolution();
    assertThat(resolution.origin("rate")).isEqualTo(Origin.COMMAND_LINE);
    assertThat(resolution.origin("seed")).isEqualTo(Origin.FILE);
    assertThat(resolution.origin("batch")).isEqualTo(Origin.preset("paper"));
    assertThat(resolution.origin("precision")).isEqualTo(Origin.DEFAULT);
    assertThat(resolution.entries().get("rate").value()).isEqualTo(0.4);
  }

  @Test
  void settingsOfEvaluatorsAreNoPartOfATraining() {
    Choices choices = resolve("by-epochs", typed("knn.k=5", "rate=1"));
    assertThat(choices.resolution().training().texts())
        .containsOnlyKeys("batch", "epochs", "loss", "loss.temperature", "rate");
  }

  @Test
  void aPresetSaysNothingOfAPartThatIsNotItsOwn() {
    Choices choices = resolve("by-epochs", typed("loss=other"));
    assertThat(choices.resolution().entries()).doesNotContainKey("loss.temperature");
  }

  @Test
  void theNearestKeyOfAnyPartIsNamed() {
    assertThatThrownBy(() -> resolve("by-epochs", typed("temprature=1", "kn.k=1", "data.sise=2")))
        .isInstanceOfSatisfying(
            UserException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(3)
                    .anyMatch(l -> l.contains("'temprature'; did you mean 'loss.temperature'?"))
                    .anyMatch(l -> l.contains("'kn.k'; did you mean 'knn.k'?"))
                    .anyMatch(l -> l.contains("'data.sise'; did you mean 'data.size'?")));
  }

  @Test
  void whatNothingReadsIsRefused() {
    assertThat(resolver.mistakes(request("by-epochs", List.of(), typed("knn.k=3"))))
        .singleElement()
        .asString()
        .startsWith("knn.k: nothing reads it here");
    assertThat(resolver.mistakes(request("by-epochs", List.of("linear"), typed("knn.k=3"))))
        .singleElement()
        .asString()
        .contains("linear do");
    assertThat(resolver.mistakes(request("by-epochs", List.of(), typed("knn.kk=3"))))
        .singleElement()
        .asString()
        .contains("did you mean 'knn.k'?");
    assertThatThrownBy(() -> resolve("no-epochs", typed("epochs=1")))
        .hasMessageContaining("epochs: method 'no-epochs' trains nothing by epochs");
    assertThatThrownBy(() -> resolve("by-steps", typed("epochs=1")))
        .hasMessageContaining("set iterations instead");
    assertThatThrownBy(() -> resolve("by-steps", typed("encoder.width=3")))
        .hasMessageContaining("encoder.width: method 'by-steps' uses no encoder");
    assertThatThrownBy(() -> resolve("by-steps", typed("loss.temperature=3")))
        .hasMessageContaining("'by-steps' has no loss to set");
  }

  @Test
  void aFileMayHoldWhatOthersRead() {
    Request request =
        request("by-epochs", List.of(), Overrides.of(Origin.FILE, Map.of("knn.k", "3")));
    assertThat(resolver.mistakes(request)).isEmpty();
    assertThat(resolver.idle(request)).containsExactly("knn.k");
    assertThat(resolver.resolve(request, DATA).resolution().training().texts())
        .doesNotContainKey("knn.k");
  }

  @Test
  void aLossOfThePresetIsNoMistakeWhenARunIsOpenedAgain() {
    FakeMethod own = new FakeMethod("own", Map.of("batch", "8", "loss", "nce"), true, List.of());
    Resolver judge =
        new Resolver(
            Catalogue.of(
                List.of(own, new FakeLoss("nce", List.of()), new FakeData("toys", List.of()))));
    Choices first = judge.resolve(request("own", List.of(), Overrides.NONE), DATA);
    Overrides recorded = first.resolution().training();
    assertThat(judge.resolve(request("own", List.of(), recorded), DATA).loss()).isPresent();
    assertThatThrownBy(() -> judge.resolve(request("own", List.of(), typed("loss=nce")), DATA))
        .hasMessageContaining("leave --loss out");
  }

  @Test
  void aPresetWithAnUnknownKeyIsItsAuthorsMistake() {
    assertThatThrownBy(() -> resolve("odd", Overrides.NONE))
        .hasMessage(
            "preset paper sets 'wdith', which nothing in this run has; report it to the author of"
                + " the method");
  }

  @Test
  void allMistakesComeTogether() {
    assertThatThrownBy(() -> resolve("by-epochs", typed("batch=101", "rate=-1", "data.size=0")))
        .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.problems()).hasSize(3));
  }

  @Test
  void originsAreReadAsTheyWereWritten() {
    List<Origin> all =
        List.of(
            Origin.DEFAULT,
            Origin.preset("small"),
            Origin.TOUR,
            Origin.COMPARISON,
            Origin.FILE,
            Origin.COMMAND_LINE);
    assertThat(all.stream().map(Origin::toString).map(Origin::parse)).isEqualTo(all);
    assertThat(all.stream().filter(Origin::users)).hasSize(2);
  }
}
