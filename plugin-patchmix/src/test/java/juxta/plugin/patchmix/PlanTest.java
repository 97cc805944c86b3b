package juxta.plugin.patchmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Parameter;
import juxta.api.Plan;
import juxta.api.Sampler;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.testkit.Conformance;
import juxta.testkit.StepRig;
import juxta.testkit.TrialImages;
import juxta.toolkit.graph.GraphBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TUint8;

/** Steps, schedules, presets, functions, and what is refused. */
class PlanTest {
  private static FakeSetup setup(int size, int batch, int epochs, String... settings) {
    return new FakeSetup(new TrialImages(size, 8), batch, epochs, Trials.settings(settings));
  }

  private static double at(TrainingPhase phase, String schedule, long step) {
    return phase.schedules().get(schedule).at(step, List.of());
  }

  /** The file's 20 steps, 5 of them warm-up, as 4 epochs of 5 steps. */
  @Test
  void schedulesAreThoseOfTheReference() {
    TrainingPhase phase =
        Trials.phase(setup(640, 128, 4, "warmup-epochs=1", "base-rate=0.8")); // 0.8 * 128 / 256
    double[] rates =
        Conformance.numbers(Conformance.read("schedules").at("/expected/learning_rate"));
    double[] momenta = Conformance.numbers(Conformance.read("schedules").at("/expected/momentum"));
    double[] decays =
        Conformance.numbers(Conformance.read("schedules").at("/expected/weight_decay"));

    assertThat(phase.steps()).isEqualTo(20);
    for (int step = 0; step < 20; step++) {
      assertThat(at(phase, "learning-rate", step)).isCloseTo(rates[step], within(1e-9));
      assertThat(at(phase, "momentum", step)).isCloseTo(momenta[step], within(1e-9));
      assertThat(at(phase, "weight-decay", step)).isCloseTo(decays[step], within(1e-9));
    }
  }

  @Test
  void recordsThatDoNotFillABatchAreLeftOut() {
    TrainingPhase phase = Trials.phase(setup(23, 5, 3));
    Sampler sampler = phase.sampler();

    assertThat(sampler.stepsPerEpoch()).isEqualTo(4);
    assertThat(phase.steps()).isEqualTo(12);
    for (long step = 0; step < phase.steps(); step++) {
      assertThat(sampler.indices(1, step).get(Sampler.MAIN)).hasSize(5).doesNotHaveDuplicates();
    }
  }

  @Test
  void noEpochsMakeNoSteps() {
    TrainingPhase phase = Trials.phase(setup(20, 5, 0));
    assertThat(phase.steps()).isZero();
    assertThat(at(phase, "momentum", 0)).isFinite();
    assertThat(at(phase, "learning-rate", 0)).isFinite();
  }

  @Test
  void warmUpLongerThanTheRunStillEnds() {
    TrainingPhase phase = Trials.phase(setup(512, 256, 2, "base-rate=1"));
    assertThat(at(phase, "learning-rate", 0)).isZero();
    assertThat(at(phase, "learning-rate", 3)).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void evaluationUsesTheAverageIfThereIsOne() {
    for (boolean momentum : List.of(true, false)) {
      FakeSetup setup = setup(20, 5, 1, "momentum-encoder=" + momentum);
      Plan plan = new PatchMix().plan(setup);
      String expected = momentum ? "momentum.encoder." : "encoder.";
      assertThat(plan.functions())
          .extracting(ModelFunction::name)
          .contains(ModelFunction.EMBED, ModelFunction.ENCODE);
      try (Graph graph = new Graph()) {
        GraphBuilder builder = new GraphBuilder(graph, 1, "inference");
        Batch batch =
            Batch.of(
                Field.IMAGE,
                builder
                    .root()
                    .tf()
                    .placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, 8, 8, 3))));
        plan.functions().get(0).body().apply(builder.root().frozen(), batch);
        assertThat(builder.parameters())
            .extracting(Parameter::name)
            .containsExactly(expected + "head.proj.weight", expected + "shift");
      }
    }
  }

  @Test
  void patchesThatDoNotFitAreRefusedWithARemedy() {
    assertThatThrownBy(() -> new PatchMix().plan(setup(20, 5, 1, "mix-patch=3")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("mix-patch: views of side 8")
        .hasMessageContaining("divisor of 8");
  }

  @Test
  void localViewsMustDivideToo() {
    String[] settings = {"mix-patch=8", "local-crops=2", "images-mixed=1"};
    assertThatThrownBy(() -> new PatchMix().plan(setup(20, 5, 1, settings)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("side 4")
        .hasMessageContaining("local");
    assertThat(new PatchMix().plan(setup(20, 5, 1, "mix-patch=8", "images-mixed=1")).phases())
        .hasSize(1);
  }

  @Test
  void moreImagesThanABatchHoldsAreRefused() {
    assertThatThrownBy(() -> new PatchMix().plan(setup(20, 5, 1, "images-mixed=6")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("images-mixed: 6")
        .hasMessageContaining("batch of 5");
    assertThatThrownBy(() -> new PatchMix().plan(setup(20, 5, 1, "images-mixed=5", "mix-patch=4")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("4 patches");
  }

  @Test
  void mistakesAreReportedTogether() {
    assertThatThrownBy(
            () ->
                new PatchMix()
                    .plan(setup(20, 5, 1, "mix-patch=3", "images-mixed=9", "local-crops=1")))
        .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.problems()).hasSize(3));
  }

  @Test
  void smallBatchesAreTrained() {
    FakeSetup setup = setup(20, 4, 1, "images-mixed=3"); // fewer than 2M - 1 images
    try (StepRig rig = Trials.rig(setup)) {
      assertThat(rig.output("loss")).isFinite();
    }
  }

  private static DataSummary data(int side) {
    return new DataSummary(
        "test",
        DataKind.IMAGES,
        List.of(Field.of(Field.IMAGE, FieldType.UINT8, side, side, 3)),
        Map.of("train", 50_000),
        10);
  }

  /** A preset's value, or the default that it leaves. */
  private static Object value(String preset, int side, Setting<?> setting) {
    Map<String, String> values = new PatchMix().preset(preset, data(side));
    return Settings.of(
            values.containsKey(setting.key())
                ? Map.of(setting.key(), values.get(setting.key()))
                : Map.of())
        .get(setting);
  }

  @Test
  void paperPresetsAreTheReleasedConfigurations() {
    for (int side : List.of(32, 256)) {
      assertThat(value(Method.PAPER, side, PatchMixSettings.IMAGES)).isEqualTo(2);
      assertThat(value(Method.PAPER, side, PatchMixSettings.PROBABILITY)).isEqualTo(1.0);
      assertThat(value(Method.PAPER, side, PatchMixSettings.SMOOTHING)).isEqualTo(0.0);
      assertThat(value(Method.PAPER, side, PatchMixSettings.MOMENTUM)).isEqualTo(true);
      assertThat(value(Method.PAPER, side, PatchMixSettings.MOMENTUM_BASE)).isEqualTo(0.996);
      assertThat(value(Method.PAPER, side, PatchMixSettings.HIDDEN)).isEqualTo(4096);
      assertThat(value(Method.PAPER, side, PatchMixSettings.OUT)).isEqualTo(256);
      assertThat(value(Method.PAPER, side, PatchMixSettings.RATE)).isEqualTo(5e-4);
      assertThat(value(Method.PAPER, side, PatchMixSettings.DECAY)).isEqualTo(0.04);
      assertThat(value(Method.PAPER, side, PatchMixSettings.DECAY_END)).isEqualTo(0.4);
    }
    assertThat(value(Method.PAPER, 32, PatchMixSettings.PATCH)).isEqualTo(2);
    assertThat(value(Method.PAPER, 32, PatchMixSettings.LOCAL)).isEqualTo(0);
    assertThat(value(Method.PAPER, 32, PatchMixSettings.WARMUP)).isEqualTo(100.0);
    assertThat(new PatchMix().preset(Method.PAPER, data(32)))
        .containsEntry("encoder", "vit-s")
        .containsEntry("encoder.patch", "2")
        .containsEntry("epochs", "800")
        .containsEntry("batch", "512")
        .containsEntry("augmentation", "patchmix")
        .containsEntry("loss", "soft-target");
    assertThat(value(Method.PAPER, 256, PatchMixSettings.PATCH)).isEqualTo(16);
    assertThat(value(Method.PAPER, 256, PatchMixSettings.LOCAL)).isEqualTo(8);
    assertThat(value(Method.PAPER, 256, PatchMixSettings.WARMUP)).isEqualTo(10.0);
    assertThat(new PatchMix().preset(Method.PAPER, data(256)))
        .containsEntry("encoder", "vit-s")
        .doesNotContainKey("encoder.patch") // 16 is the encoder's own
        .containsEntry("augmentation.crop-min", "0.35")
        .containsEntry("epochs", "300")
        .containsEntry("batch", "1024");
  }

  @ParameterizedTest
  @CsvSource({"28, 7", "32, 8", "64, 8", "96, 16", "256, 16", "-1, 16"}) // beyond 64: views of 224
  void smallPresetMixesThePatchesOfItsEncoder(int side, String patch) {
    assertThat(new PatchMix().preset(Method.SMALL, data(side)))
        .containsEntry("encoder", "vit-small")
        .containsEntry("encoder.patch", patch)
        .containsEntry("mix-patch", patch);
  }

  @Test
  void presetsHoldKnownKeysWithAllowedValues() {
    Map<String, Setting<?>> own =
        PatchMixSettings.ALL.stream().collect(Collectors.toMap(Setting::key, s -> s));
    Map<String, Setting<?>> views =
        new PatchMixAugmentation()
            .settings().stream().collect(Collectors.toMap(s -> "augmentation." + s.key(), s -> s));
    Set<String> others =
        Set.of("encoder", "encoder.patch", "augmentation", "loss", "epochs", "batch", "precision");
    for (String preset : new PatchMix().presets()) {
      for (int side : List.of(32, 96, 256, -1)) {
        new PatchMix()
            .preset(preset, data(side))
            .forEach(
                (key, value) -> {
                  if (own.containsKey(key)) {
                    assertThat(own.get(key).parse(value)).isNotNull();
                  } else if (views.containsKey(key)) {
                    assertThat(views.get(key).parse(value)).isNotNull();
                  } else {
                    assertThat(others).contains(key);
                  }
                });
      }
    }
  }
}
