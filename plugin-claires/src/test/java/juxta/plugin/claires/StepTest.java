package juxta.plugin.claires;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import juxta.api.Dataset;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.testkit.StepRig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole steps of the method. */
class StepTest {
  private static final Dataset FILMS = TinyFilms.of(32, 8, 8);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"soft, 0.6", "hard, 0.6", "chosen, 0.7"})
  void everyObjectiveLearns(String objective, float share) {
    try (StepRig rig =
        Trials.rig(
            FILMS,
            folder,
            "objective=" + objective,
            "head-rate=0.003",
            "image-rate=0.003",
            "text-rate=0.003")) {
      double first = rig.loss(0);
      for (int step = 1; step < 49; step++) {
        rig.train(step);
      }
      assertThat(rig.loss(49)).isLessThan(share * first);
      assertThat(rig.trained().contains("logit_scale")).isEqualTo(objective.equals("hard"));
    }
  }

  /** Adam's first step is the rate for every element that has a gradient, whatever its size. */
  @Test
  void eachGroupHasItsOwnRate() {
    String[] rates = {
      "head-rate=0.003", "image-rate=0.0002", "text-rate=0.00001", "weight-decay=0"
    };
    try (StepRig rig = Trials.rig(FILMS, folder, rates)) {
      Map<String, float[]> before = weights(rig);
      rig.train(0);
      Map<String, float[]> after = weights(rig);
      assertThat(moved(before, after, "image_projection.projection.weight"))
          .isCloseTo(0.003, within(1e-4));
      assertThat(moved(before, after, "text_projection.fc.weight")).isCloseTo(0.003, within(1e-4));
      assertThat(moved(before, after, "encoder.conv2.weight")).isCloseTo(0.0002, within(1e-5));
      assertThat(moved(before, after, "text.transformer.layer.0.ffn.lin1.weight"))
          .isCloseTo(0.00001, within(1e-6));
    }
  }

  /** On a plateau the rates of all groups fall alike. */
  @Test
  void aPlateauLowersAllRates() {
    try (StepRig rig = Trials.rig(FILMS, folder, "weight-decay=0")) {
      Map<String, float[]> before = weights(rig);
      rig.train(0, 1.0, 1.0, 1.0); // two values without improvement, one of them borne
      Map<String, float[]> after = weights(rig);
      assertThat(moved(before, after, "text_projection.fc.weight")).isCloseTo(0.0008, within(2e-5));
      assertThat(moved(before, after, "encoder.conv2.weight")).isCloseTo(0.0008, within(2e-5));
    }
  }

  private static Map<String, float[]> weights(StepRig rig) {
    Map<String, float[]> weights = rig.state();
    weights.keySet().retainAll(rig.trained());
    return weights;
  }

  private static double moved(
      Map<String, float[]> before, Map<String, float[]> after, String name) {
    double most = 0;
    for (int i = 0; i < before.get(name).length; i++) {
      most = Math.max(most, Math.abs(after.get(name)[i] - before.get(name)[i]));
    }
    return most;
  }

  /** Decay is apart from the gradient, so it is the whole difference after one step. */
  @Test
  void onlyMatricesOfTheHeadsDecay() {
    Map<String, float[]> first;
    Map<String, float[]> with;
    Map<String, float[]> without;
    try (StepRig rig = Trials.rig(FILMS, folder, "weight-decay=10")) {
      first = weights(rig);
      rig.train(0);
      with = weights(rig);
    }
    try (StepRig rig = Trials.rig(FILMS, folder, "weight-decay=0")) {
      rig.train(0);
      without = weights(rig);
    }
    for (String name : first.keySet()) {
      boolean decays = name.matches("(image|text)_projection\\.(projection|fc)\\.weight");
      for (int i = 0; i < first.get(name).length; i++) {
        float gone = decays ? 1e-3f * 10 * first.get(name)[i] : 0;
        assertThat(without.get(name)[i] - with.get(name)[i])
            .as(name)
            .isCloseTo(gone, within(1e-6f));
      }
    }
  }

  @Test
  void anEpochIsFollowedByAValidationThatKeepsTheBestWeights() {
    Lexicon.of(FILMS.train(), Trials.setup(FILMS, folder).settings()).write(folder);
    TrainingPhase phase = Trials.training(Trials.setup(FILMS, folder, "early-stop=3"));
    assertThat(phase.steps()).isEqualTo(8);
    assertThat(phase.validation())
        .hasValueSatisfying(
            watch -> {
              assertThat(watch.every()).isEqualTo(4);
              assertThat(watch.lowerIsBetter()).isTrue();
              assertThat(watch.keepBest()).isTrue();
              assertThat(watch.patience()).isEqualTo(3);
            });
  }

  @Test
  void weightsNeedTheirVocabulary() {
    assertThatThrownBy(
            () -> new Claires().plan(Trials.setup(FILMS, folder, "text-weights=x.safetensors")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("set vocabulary");
  }
}
