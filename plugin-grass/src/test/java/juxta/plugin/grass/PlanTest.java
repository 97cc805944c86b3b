package juxta.plugin.grass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Layout;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Parameter;
import juxta.api.Phase;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.toolkit.graph.GraphBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.types.TFloat32;

class PlanTest {
  private static final int PER_EPOCH = 4;

  private static List<String> names(FakeSetup setup) {
    return new Grass().plan(setup).phases().stream().map(Phase::name).toList();
  }

  @Test
  void warmUpThenGuidance() {
    assertThat(names(FakeSetup.of())).containsExactly("discrimination", "guided");
    List<TrainingPhase> phases = Trials.phases(FakeSetup.of());
    assertThat(phases.get(0).steps()).isEqualTo(4 * PER_EPOCH); // 140 of 350 are 4 of 10
    assertThat(phases.get(1).steps()).isEqualTo(6 * PER_EPOCH);
    assertThat(phases.get(1).keepsOptimizer()).isTrue();
    assertThat(names(FakeSetup.of("discrimination-share=0"))).containsExactly("guided");
    assertThat(names(FakeSetup.of("discrimination-share=1"))).containsExactly("discrimination");
    assertThat(Trials.phases(FakeSetup.of(0)).stream().mapToLong(TrainingPhase::steps).sum())
        .isZero();
  }

  /** The second phase goes on with the records and the rate where the first one ended. */
  @ParameterizedTest
  @ValueSource(strings = {"released", "cosine"})
  void bothPhasesAreOneTraining(String schedule) {
    List<TrainingPhase> two = Trials.phases(FakeSetup.of("schedule=" + schedule));
    TrainingPhase one =
        Trials.phases(FakeSetup.of("schedule=" + schedule, "discrimination-share=1")).get(0);
    for (int step = 0; step < one.steps(); step++) {
      TrainingPhase phase = two.get(step < 4 * PER_EPOCH ? 0 : 1);
      long own = step < 4 * PER_EPOCH ? step : step - 4 * PER_EPOCH;
      assertThat(rate(phase, own)).isEqualTo(rate(one, step));
      assertThat(phase.sampler().indices(7, own).get("main"))
          .containsExactly(one.sampler().indices(7, step).get("main"));
    }
    assertThat(two.get(1).sampler().stepsPerEpoch()).isEqualTo(PER_EPOCH);
    assertThat(two.get(1).sampler().streams()).isEqualTo(one.sampler().streams());
  }

  private static double rate(TrainingPhase phase, long step) {
    return phase.schedules().get(TrainingPhase.LEARNING_RATE).at(step, List.of());
  }

  /** Evaluated from the released scheduler. */
  @ParameterizedTest
  @CsvSource({"0,0.6", "17.5,2.7", "60,3.119", "100,1.151", "200,0.7265", "300,0.5648"})
  void releasedRateHasItsCheckValues(double epoch, double rate) {
    assertThat(Rates.at(epoch / 350)).isCloseTo(rate, within(rate * 2e-4));
  }

  @Test
  void releasedRateJumpsFallsRisesAndFalls() {
    assertThat(Rates.at(0.1 - 1e-9)).isCloseTo(4.8, within(1e-4));
    assertThat(Rates.at(0.1 + 1e-9)).isCloseTo(3.5968, within(1e-4));
    assertThat(Rates.at(0.1 + 0.9 * 0.334)).isCloseTo(0.0048, within(1e-4));
    assertThat(Rates.at(0.1 + 0.9 * 0.668)).isCloseTo(1.1949, within(1e-4));
    assertThat(Rates.at(1)).isCloseTo(0.0048, within(1e-3));
    assertThat(rate(Trials.phases(FakeSetup.of()).get(0), 2)).isCloseTo(2.7, within(1e-9));
  }

  /** base-rate times batch / 256, after warmup-epochs of a line from 0, down to 0. */
  @Test
  void cosineIsTheUsualOne() {
    TrainingPhase phase =
        Trials.phases(
                FakeSetup.of(
                    "schedule=cosine",
                    "base-rate=2.56",
                    "warmup-epochs=2",
                    "discrimination-share=1"))
            .get(0);
    assertThat(rate(phase, 0)).isZero();
    assertThat(rate(phase, PER_EPOCH)).isCloseTo(0.025, within(1e-9));
    assertThat(rate(phase, 2 * PER_EPOCH)).isCloseTo(0.05, within(1e-9));
    assertThat(rate(phase, 6 * PER_EPOCH)).isCloseTo(0.025, within(1e-9));
    assertThat(rate(phase, 10 * PER_EPOCH)).isCloseTo(0, within(1e-9));
  }

  @Test
  void theModelHasTheFunctionsOfAnImageEncoder() {
    assertThat(new Grass().plan(FakeSetup.of()).functions())
        .extracting(ModelFunction::name)
        .containsExactly(
            ModelFunction.EMBED,
            ModelFunction.ENCODE,
            ModelFunction.FEATURE_MAP,
            ModelFunction.DENSE_MAPS);
  }

  /** Weight decay: all weights and the projector's biases, not batch normalisation. */
  @Test
  void biasesDecayAndNormalisationDoesNot() {
    try (Graph graph = new Graph()) {
      var scope = new GraphBuilder(graph, 1, "train").root();
      assertThat(GrassSettings.decays(parameter(scope, "encoder.conv1.weight", 3, 3, 3, 8)))
          .isTrue();
      assertThat(GrassSettings.decays(parameter(scope, "projection.0.bias", 8))).isTrue();
      assertThat(GrassSettings.decays(parameter(scope, "encoder.bn1.weight", 8))).isFalse();
      assertThat(GrassSettings.decays(parameter(scope, "encoder.bn1.bias", 8))).isFalse();
    }
  }

  private static Parameter<TFloat32> parameter(
      juxta.api.GraphScope scope, String name, long... shape) {
    return scope.weight(name, Layout.PLAIN, juxta.toolkit.nn.Initializers.zeros(), shape);
  }

  private static DataSummary data(int side) {
    return new DataSummary(
        "test",
        DataKind.IMAGES,
        List.of(Field.of(Field.IMAGE, FieldType.UINT8, side, side, 3)),
        Map.of("train", 50_000),
        10);
  }

  @Test
  void presetsAndDefaultsAreTheReleasedOnes() {
    assertThat(new Grass().preset(Method.PAPER, data(256)))
        .containsEntry("encoder", "resnet50")
        .containsEntry("augmentation", "simclr")
        .containsEntry("augmentation.normalisation", "imagenet")
        .containsEntry("loss", "ntxent")
        .containsEntry("loss.temperature", "0.5")
        .containsEntry("epochs", "350")
        .containsEntry("batch", "256")
        .doesNotContainKeys("threshold", "schedule", "optimizer", "weight-decay");
    Settings defaults = Settings.DEFAULTS;
    assertThat(defaults.get(GrassSettings.THRESHOLD)).isEqualTo(0.5);
    assertThat(defaults.get(GrassSettings.DISCRIMINATION) * 350).isCloseTo(140, within(1e-9));
    assertThat(defaults.get(GrassSettings.OUT)).isEqualTo(128);
    assertThat(defaults.get(GrassSettings.SCHEDULE)).isEqualTo("released");
    assertThat(defaults.get(GrassSettings.OPTIMIZER)).isEqualTo("larc");
    assertThat(defaults.get(GrassSettings.RECIPE.decay())).isEqualTo(1e-6);
    assertThat(defaults.get(GrassSettings.RECIPE.rate())).isEqualTo(0.3);
    assertThat(defaults.get(GrassSettings.RECIPE.warmup())).isEqualTo(10);
    assertThat(new Grass().preset(Method.SMALL, data(32)))
        .containsEntry("encoder", "resnet-small")
        .containsEntry("schedule", "cosine");
    Map<String, String> pointing = new HashMap<>(new Grass().preset(Method.SMALL, data(32)));
    pointing.put("augmentation.size", "56"); // 7 x 7 behind an encoder that shrinks by 8
    assertThat(new Grass().preset("pointing", data(32))).isEqualTo(pointing);
    assertThat(new Grass().presets()).containsExactlyInAnyOrder("paper", "small", "pointing");
    assertThat(new Grass().settings()).extracting(Setting::key).doesNotHaveDuplicates();
  }

  @Test
  void encodersThatCannotBeGuidedAreRefusedBeforeTheWarmUp() {
    refused(TinyEncoder.Kind.WITHOUT, 4, "featureMap");
    refused(TinyEncoder.Kind.APART, 4, "embedding from its feature map");
    refused(TinyEncoder.Kind.POOLED, 2 * FakeSetup.SIDE, "one place");
    Trials.rig(FakeSetup.of(TinyEncoder.Kind.WITHOUT, 4, "discrimination-share=1")).close();
  }

  private static void refused(TinyEncoder.Kind kind, int patch, String words) {
    for (String share : List.of("0.4", "0")) {
      FakeSetup setup = FakeSetup.of(kind, patch, "discrimination-share=" + share);
      assertThatThrownBy(() -> Trials.rig(setup).close())
          .isInstanceOf(UserException.class)
          .hasMessageContaining(words)
          .hasMessageMatching("[^\\n]*choose[^\\n]*|[^\\n]*take[^\\n]*");
    }
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    for (String bad : List.of("threshold=1.2", "discrimination-share=-0.1", "schedule=line")) {
      assertThatThrownBy(() -> Trials.rig(FakeSetup.of("discrimination-share=0", bad)).close())
          .as(bad)
          .isInstanceOf(UserException.class)
          .hasMessageContaining(bad.split("=")[0]);
    }
  }
}
