package juxta.plugin.baselines.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Dataset;
import juxta.api.Evaluator;
import juxta.api.ModelFunction;
import juxta.api.Score;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorsTest {
  private static final Dataset EASY = Clusters.of(6, 12, .5, 420, 120);

  @Test
  void knnTellsClustersApart() {
    FakeEvaluation evaluation = new FakeEvaluation(EASY, Map.of(), ModelFunction.EMBED);
    List<Score> scores = new Knn().evaluate(evaluation);
    assertThat(scores).hasSize(1);
    assertThat(scores.get(0).metric()).isEqualTo("accuracy");
    assertThat(scores.get(0).value()).isGreaterThan(.95);
    assertThat(scores.get(0).protocol())
        .containsEntry("k", "200")
        .containsEntry("temperature", "0.1")
        .containsEntry("bank", "360 training records");
  }

  @ParameterizedTest
  @CsvSource({"moco,200,0.1", "instdisc,200,0.07", "dino,20,0.07", "patchmix,20,0.07"})
  void knnHasTheNumbersOfThePapersByName(String protocol, String k, String temperature) {
    Map<String, String> named = Map.of("protocol", protocol);
    FakeEvaluation evaluation = new FakeEvaluation(EASY, named, ModelFunction.EMBED);
    assertThat(new Knn().evaluate(evaluation).get(0).protocol())
        .containsEntry("protocol", protocol)
        .containsEntry("k", k)
        .containsEntry("temperature", temperature);
  }

  /** What each says by itself is what the specifications of the methods say. */
  @Test
  void recipesOfPatchmixAndOfMultiNetworkContrast() {
    assertThat(ProbeRecipe.named("patchmix"))
        .isEqualTo(new ProbeRecipe(ProbeRecipe.Kind.NESTEROV, 0.02, true, 0, 256, 100, true, 0));
    assertThat(ProbeRecipe.named("mnc"))
        .isEqualTo(new ProbeRecipe(ProbeRecipe.Kind.LARS, 0.8, false, 0, 256, 90, true, 0));
  }

  /** A look is a single fit: nothing is chosen on held-out records. */
  @Test
  void looksAreQuick() {
    FakeEvaluation evaluation =
        new FakeEvaluation(EASY, new LinearProbe().probing().orElseThrow(), ModelFunction.EMBED);
    assertThat(new LinearProbe().evaluate(evaluation).get(0).value()).isGreaterThan(.95);
    assertThat(evaluation.trainings).isEqualTo(1);
    assertThat(new Clustering().probing()).isEmpty();
    assertThat(new FineTuning().probing()).isEmpty();
  }

  @Test
  void knnOnNoiseIsAtChance() {
    FakeEvaluation evaluation =
        new FakeEvaluation(
            Clusters.of(4, 8, 1e4, 800, 400), Map.of("k", "20"), ModelFunction.EMBED);
    assertThat(new Knn().evaluate(evaluation).get(0).value()).isBetween(.15, .35);
  }

  @Test
  void linearChoosesOnHeldOutTrainingRecords() {
    FakeEvaluation evaluation =
        new FakeEvaluation(EASY, Map.of("epochs", "60"), ModelFunction.EMBED);
    List<Score> scores = new LinearProbe().evaluate(evaluation);
    assertThat(scores.stream().map(Score::metric)).containsExactly("accuracy", "top5");
    assertThat(scores.get(0).value()).isGreaterThan(.95);
    assertThat(scores.get(1).value()).isGreaterThanOrEqualTo(scores.get(0).value());
    assertThat(evaluation.trainings).isEqualTo(7);
    assertThat(scores.get(0).protocol())
        .containsEntry("protocol", "logistic")
        .containsEntry("batch", "256")
        .containsKeys("chosen", "learning-rate", "weight-decay", "steps");
    assertThat(scores.get(0).protocol().get("chosen")).contains("36 held-out training records");
    assertThat(scores.get(0).protocol().get("features")).contains("standardised");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "simclr",
        "simclr-cifar",
        "mocov2",
        "mocov3",
        "mocov3-vit",
        "simsiam-lars",
        "byol",
        "dino",
        "patchmix",
        "mnc"
      })
  void publishedProtocolsTrainOnceAsTheyAre(String protocol) {
    Map<String, String> settings = new HashMap<>(Map.of("protocol", protocol, "batch", "60"));
    if (protocol.equals("simsiam-lars") || protocol.equals("mnc")) {
      settings.put("learning-rate", "20"); // the published rate is for batches of 4096
    }
    FakeEvaluation evaluation = new FakeEvaluation(EASY, settings, ModelFunction.EMBED);
    List<Score> scores = new LinearProbe().evaluate(evaluation);
    assertThat(scores.get(0).value()).isGreaterThan(.6);
    assertThat(evaluation.trainings).isEqualTo(1);
    assertThat(scores.get(0).protocol())
        .containsEntry("protocol", protocol)
        .containsEntry("features", "embed, cached, not augmented");
  }

  @Test
  void augmentedTrainsOnTheProbeView() {
    FakeEvaluation evaluation =
        new FakeEvaluation(
            EASY,
            Map.of("protocol", "simclr-cifar", "features", "augmented", "batch", "60"),
            ModelFunction.EMBED,
            ModelFunction.ENCODE);
    assertThat(new LinearProbe().evaluate(evaluation).get(0).value()).isGreaterThan(.95);
    assertThat(evaluation.views).containsExactly("PROBE");
  }

  @Test
  void mistakesAreReportedTogether() {
    FakeEvaluation evaluation =
        new FakeEvaluation(EASY, Map.of("features", "augmented"), ModelFunction.EMBED);
    assertThatThrownBy(() -> new LinearProbe().evaluate(evaluation))
        .isInstanceOf(UserException.class)
        .satisfies(e -> assertThat(((UserException) e).problems()).hasSize(2));
  }

  @Test
  void oneClassIsRefused() {
    FakeEvaluation evaluation =
        new FakeEvaluation(Clusters.of(1, 4, 1, 50, 10), Map.of(), ModelFunction.EMBED);
    assertThatThrownBy(() -> new Knn().evaluate(evaluation))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("one class");
  }

  @Test
  void areProvided() {
    assertThat(Knn.class.getModule().getDescriptor().provides())
        .filteredOn(p -> p.service().equals(Evaluator.class.getName()))
        .flatMap(p -> p.providers())
        .contains(Knn.class.getName(), LinearProbe.class.getName(), FineTuning.class.getName());
  }
}
