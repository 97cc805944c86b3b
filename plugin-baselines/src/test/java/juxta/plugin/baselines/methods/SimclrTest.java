package juxta.plugin.baselines.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Setting;
import juxta.api.Step;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.testkit.Conformance;
import juxta.testkit.StepRig;
import juxta.testkit.TrialImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimclrTest {
  private static final int B = 6;

  private static FakeSetup setup(int size, int batch, int epochs, String... pairs) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("projection-hidden", "7");
    settings.put("projection-out", "5");
    for (String pair : pairs) {
      settings.put(pair.split("=")[0], pair.split("=")[1]);
    }
    return new FakeSetup(new TrialImages(size, 4), new TinyEncoder(), batch, epochs, settings);
  }

  @Test
  void lossIsNtXentOverTheProjectionsOfTwoViews() {
    try (StepRig rig = Trials.rig(new Simclr(), setup(20, B, 1))) {
      rig.train(0);
      rig.train(1);

      Map<String, float[]> w = rig.state();
      float[] h = rig.look(rig.made(Step.EMBEDDING)); // [2B, D], view-major
      assertThat(h).hasSize(2 * B * TinyEncoder.WIDTH);
      double[][] z =
          PlainNtXent.head(PlainNtXent.rows(h, TinyEncoder.WIDTH), w, "projection", 7, 5);

      assertThat((double) rig.look(rig.made(Step.LOSS))[0])
          .isCloseTo(PlainNtXent.loss(z, 0.5), within(1e-3));
    }
  }

  @Test
  void rowsMeetAllOthersButThemselves() {
    FakeSetup run = setup(20, B, 1);
    try (StepRig rig = Trials.rig(new Simclr(), run)) {
      assertThat(run.comparisons).hasSize(1);
      float[] targets = rig.look(run.comparisons.get(0).targets());
      float[] excluded = rig.look(run.comparisons.get(0).excluded().orElseThrow());
      for (int i = 0; i < 2 * B; i++) {
        for (int j = 0; j < 2 * B; j++) {
          assertThat(targets[2 * B * i + j]).isEqualTo(j == (i + B) % (2 * B) ? 1 : 0);
          assertThat(excluded[2 * B * i + j]).isEqualTo(i == j ? 1 : 0);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lars", "sgd", "adamw"})
  void everyOptimiserTrainsAllWeights(String optimizer) {
    try (StepRig rig = Trials.rig(new Simclr(), setup(20, B, 1, "optimizer=" + optimizer))) {
      Map<String, float[]> before = rig.state();
      double first = rig.loss(0);
      Map<String, float[]> after = rig.state();
      assertThat(rig.trained())
          .containsExactlyInAnyOrder(
              "encoder.fc.weight",
              "encoder.fc.bias",
              "projection.0.weight",
              "projection.1.weight",
              "projection.1.bias",
              "projection.3.weight",
              "projection.4.weight")
          // what is the same in all rows has no gradient: BN takes it away
          .filteredOn(name -> !name.equals("encoder.fc.bias"))
          .allSatisfy(name -> assertThat(after.get(name)).isNotEqualTo(before.get(name)));
      for (int step = 1; step < 200; step++) {
        rig.train(step);
      }
      assertThat(rig.loss(200)).isFinite().isLessThan(first);
    }
  }

  /** Linear layers start from N(0, 0.01), as google-research/simclr has it. */
  @Test
  void headStartsSmall() {
    FakeSetup setup = setup(20, B, 1, "projection-hidden=400", "projection-out=100");
    try (StepRig rig = Trials.rig(new Simclr(), setup)) {
      for (String layer : List.of("0", "3")) {
        double square = 0;
        float[] weight = rig.state().get("projection." + layer + ".weight");
        for (float w : weight) {
          square += w * w / weight.length;
        }
        assertThat(Math.sqrt(square)).isCloseTo(0.01, within(0.001));
      }
    }
  }

  @Test
  void headIsAsWideAsTheEncoderUnlessToldOtherwise() {
    try (StepRig rig = Trials.rig(new Simclr(), setup(20, B, 1, "projection-hidden=0"))) {
      assertThat(rig.state().get("projection.1.weight")).hasSize(TinyEncoder.WIDTH);
      assertThat(rig.state().get("projection.4.weight")).hasSize(5);
    }
  }

  /** 20 steps, 5 of them warm-up, as 4 epochs of 5 steps; the minimum is 0 here. */
  @Test
  void rateWarmsUpAndFallsToZero() {
    TrainingPhase phase =
        Trials.phase(new Simclr(), setup(5 * 128 + 7, 128, 4, "warmup-epochs=1", "base-rate=0.8"));
    JsonNode file = Conformance.read("schedules");
    float[] rates = Conformance.floats(file.at("/expected/learning_rate"));

    assertThat(phase.steps()).isEqualTo(20);
    assertThat(phase.schedules()).containsOnlyKeys(TrainingPhase.LEARNING_RATE);
    for (int step = 0; step < 20; step++) {
      assertThat(phase.schedules().get(TrainingPhase.LEARNING_RATE).at(step, List.of()))
          .isCloseTo(rates[step], within(2e-6));
    }
  }

  @Test
  void aBatchLargerThanTheDataIsRefused() {
    assertThatThrownBy(() -> new Simclr().plan(setup(5, 6, 1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("batch");
  }

  @Test
  void theModelIsTheEncoderWithoutItsHead() {
    assertThat(new Simclr().plan(setup(20, B, 0)).functions())
        .extracting(ModelFunction::name)
        .contains(ModelFunction.EMBED, ModelFunction.ENCODE);
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
  void presetsAreThePapers() {
    Simclr simclr = new Simclr();
    assertThat(simclr.preset(Method.PAPER, data(32)))
        .containsEntry("encoder", "resnet18")
        .containsEntry("encoder.stem", "cifar")
        .containsEntry("augmentation", "simclr-cifar")
        .containsEntry("loss", "ntxent")
        .containsEntry("loss.temperature", "0.5")
        .containsEntry("base-rate", "1.0")
        .containsEntry("weight-decay", "1e-4")
        .containsEntry("batch", "512")
        .containsEntry("epochs", "1000")
        .doesNotContainKey("optimizer");
    assertThat(simclr.preset(Method.PAPER, data(256)))
        .containsEntry("encoder", "resnet50")
        .containsEntry("augmentation", "simclr")
        .containsEntry("batch", "4096")
        .doesNotContainKeys("loss.temperature", "base-rate", "weight-decay", "encoder.stem");
    assertThat(Simclr.RECIPE.optimizer().defaultValue()).isEqualTo("lars");
    assertThat(Simclr.RECIPE.rate().defaultValue()).isEqualTo(0.3);
    assertThat(Simclr.RECIPE.decay().defaultValue()).isEqualTo(1e-6);
    assertThat(Simclr.RECIPE.warmup().defaultValue()).isEqualTo(10.0);
    assertThat(Simclr.OUT.defaultValue()).isEqualTo(128);
  }

  @Test
  void presetsHoldAllowedValues() {
    for (Method method :
        List.of(
            new Simclr(),
            new Mocov2(),
            new Mocov3(),
            new Byol(),
            new Simsiam(),
            new Supervised(),
            new Untrained(),
            new Pixels())) {
      Map<String, Setting<?>> own = new TreeMap<>();
      method.settings().forEach(s -> own.put(s.key(), s));
      for (String preset : method.presets()) {
        for (int side : List.of(32, 256, -1)) {
          method
              .preset(preset, data(side))
              .forEach(
                  (key, value) -> {
                    if (own.containsKey(key)) {
                      assertThat(own.get(key).parse(value)).isNotNull();
                    } else {
                      assertThat(key)
                          .matches("(encoder|augmentation|loss|epochs|batch|precision)(\\..*)?");
                    }
                  });
        }
      }
    }
  }
}
