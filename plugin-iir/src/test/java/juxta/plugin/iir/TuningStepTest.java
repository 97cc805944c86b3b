package juxta.plugin.iir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import juxta.plugin.iir.TuningStep.Composition;
import juxta.testkit.StepRig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TuningStepTest {
  /** The first moments after one step of Adam are a tenth of the gradients. */
  private static Map<String, float[]> gradients(String... settings) {
    try (StepRig rig = Trials.rig(settings)) {
      rig.train(0);
      Map<String, float[]> gradients = new TreeMap<>();
      Trials.weights(rig, "optimizer.first-moment.").forEach(gradients::put);
      return gradients;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void threeStagesGiveTheGradientOfOne(int chunk) {
    Map<String, float[]> whole = gradients("chunk=8");
    Map<String, float[]> staged = gradients("chunk=" + chunk);
    assertThat(staged.keySet()).isEqualTo(whole.keySet());
    assertThat(whole).containsKeys(Trials.moment("pooling.p"), Trials.moment("descriptor.weight"));
    double steepest = 0;
    for (String name : whole.keySet()) {
      for (int i = 0; i < whole.get(name).length; i++) {
        assertThat(10 * staged.get(name)[i])
            .as(name)
            .isCloseTo(10 * whole.get(name)[i], within(1e-5f));
        steepest = Math.max(steepest, Math.abs(10 * whole.get(name)[i]));
      }
    }
    assertThat(steepest).isGreaterThan(1e-3); // else nothing was compared
  }

  @Test
  void lossesOfBothAgree() {
    try (StepRig whole = Trials.rig("chunk=8");
        StepRig staged = Trials.rig("chunk=3")) {
      for (int step = 0; step < 2; step++) {
        assertThat(staged.loss(step)).isCloseTo(whole.loss(step), within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunk=8", "chunk=3"})
  void contrastMayGoOn(String chunk) {
    float[][] d = Trials.embedded();
    double expected = 0; // -log of the share that the one other image of the instance has
    for (int i = 0; i < d.length; i++) {
      double all = 0;
      double own = 0;
      for (int j = 0; j < d.length; j++) {
        double cosine = 0;
        for (int k = 0; k < d[i].length; k++) {
          cosine += d[i][k] * d[j][k];
        }
        all += j == i ? 0 : Math.exp(cosine / 0.5);
        own += j != i && Trials.instance(j) == Trials.instance(i) ? Math.exp(cosine / 0.5) : 0;
      }
      expected += Math.log(all / own) / d.length;
    }
    try (StepRig without = Trials.rig(chunk);
        StepRig with = Trials.rig(chunk, "contrast-weight=2", "temperature=0.5")) {
      assertThat(with.loss(0)).isCloseTo(without.loss(0) + 2 * expected, within(1e-4));
    }
  }

  /** Running statistics are as before, weights of the encoder and behind it are not. */
  @ParameterizedTest
  @ValueSource(strings = {"chunk=3", "chunk=8"})
  void batchNormalisationIsFrozen(String chunk) {
    try (StepRig rig = Trials.rig(chunk)) {
      Map<String, float[]> before = Trials.weights(rig, "encoder", "descriptor", "pooling");
      rig.train(0);
      Map<String, float[]> after = Trials.weights(rig, "encoder", "descriptor", "pooling");
      before.forEach(
          (name, values) -> {
            if (name.contains("running")) {
              assertThat(after.get(name)).as(name).isEqualTo(values);
            } else {
              assertThat(after.get(name)).as(name).isNotEqualTo(values);
            }
          });
    }
  }

  @Test
  void theStemCanBeFrozen() {
    try (StepRig rig = Trials.rig("chunk=3", "freeze-stem=true")) {
      Map<String, float[]> before = Trials.weights(rig, "encoder");
      rig.train(0);
      Map<String, float[]> after = Trials.weights(rig, "encoder");
      before.forEach(
          (name, values) -> {
            if (name.startsWith("encoder.conv1.") || name.startsWith("encoder.bn1.")) {
              assertThat(after.get(name)).as(name).isEqualTo(values);
            }
          });
      assertThat(after.get("encoder.conv2.weight"))
          .isNotEqualTo(before.get("encoder.conv2.weight"));
    }
  }

  @Test
  void stepsLowerTheLoss() {
    try (StepRig rig = Trials.rig("chunk=4", "rate=0.01", "encoder-rate=0.01")) {
      double first = rig.loss(0);
      double last = first;
      for (int i = 1; i <= 15; i++) {
        last = rig.loss(i);
      }
      assertThat(last).isLessThan(first - 0.01);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "256, 8, 586, 32, 8", // the default
    "64, 8, 11, 8, 8",
    "64, 8, 5, 5, 12", // fewer instances: more images each
    "8, 8, 4, 2, 4", // at least two instances
    "4, 8, 1, 1, 4",
    "2, 8, 9, 1, 2"
  })
  void batchesAreMadeOfInstances(int batch, int per, int available, int instances, int each) {
    assertThat(Composition.of(batch, per, available)).isEqualTo(new Composition(instances, each));
  }

  @Test
  void descriptorsHaveLengthOne() {
    for (List<String> settings :
        List.of(
            List.of("pooling=gem"),
            List.of("pooling=rmac", "descriptor-size=3"),
            List.of("scales=1,0.7071,0.5"))) {
      float[][] d = Trials.embedded(settings.toArray(String[]::new));
      for (float[] row : d) {
        double square = 0;
        for (float x : row) {
          square += x * x;
        }
        assertThat(square).isCloseTo(1, within(1e-4));
      }
      assertThat(d[0]).hasSize(settings.contains("descriptor-size=3") ? 3 : Trials.WIDTH);
    }
  }
}
