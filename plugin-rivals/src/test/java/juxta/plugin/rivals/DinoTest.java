package juxta.plugin.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import juxta.api.GraphScope;
import juxta.api.Schedule;
import juxta.api.Settings;
import juxta.api.TrainingPhase;
import juxta.testkit.Conformance;
import juxta.testkit.Graphs;
import juxta.testkit.StepRig;
import juxta.toolkit.discrimination.MultiCrop;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class DinoTest {
  private static final Dino METHOD = new Dino();

  @Test
  void conformsToTheReference() {
    JsonNode file = Conformance.read("dino");
    List<float[]> found =
        Graphs.all(
            scope -> {
              Operand<TFloat32> s = Trials.input(scope, file, "student"); // [5, 8, 16]
              Operand<TFloat32> t = Trials.input(scope, file, "teacher"); // [2, 8, 16]
              Operand<TFloat32> c = Trials.input(scope, file, "centre");
              Operand<TFloat32> p = Dino.sharpened(scope, t, c, scope.constant(0.06f)); // epoch 2
              Operand<TFloat32> loss =
                  Trials.crossEntropy(scope, MultiCrop.across(scope, 5, s, p), 0.1);
              return List.of(
                  p,
                  loss,
                  Trials.gradient(scope, loss, s),
                  Trials.gradient(scope, loss, t),
                  Dino.followed(scope, c, scope.tf().reshape(t, scope.ints(16, 16)), 0.9));
            });
    Trials.close(found.get(0), file, "teacher_probabilities");
    Trials.close(found.get(1), file, "loss");
    Trials.close(found.get(2), file, "grad_student");
    assertThat(found.get(3)).containsOnly(0);
    Trials.close(found.get(4), file, "centre_after");
    Schedule temperature =
        Dino.temperature(
            Settings.of(Map.of("teacher-temperature", "0.07", "teacher-temperature-epochs", "4")),
            3);
    double[] expected = Conformance.numbers(file.at("/expected/teacher_temperatures"));
    for (int epoch = 0; epoch < expected.length; epoch++) {
      assertThat(temperature.at(3L * epoch, List.of())).isCloseTo(expected[epoch], within(1e-9));
      assertThat(temperature.at(3L * epoch + 2, List.of()))
          .isCloseTo(expected[epoch], within(1e-9));
    }
  }

  private static double loss(float[] student, float[] teacher, float[] centre) {
    return Graphs.scalar(
        scope -> {
          Operand<TFloat32> s = Graphs.tensor(scope, student, 3, 2, 4);
          Operand<TFloat32> t = Graphs.tensor(scope, teacher, 2, 2, 4);
          Operand<TFloat32> c = Graphs.tensor(scope, centre, 4);
          Operand<TFloat32> p = Dino.sharpened(scope, t, c, scope.constant(0.5f));
          return Trials.crossEntropy(scope, MultiCrop.across(scope, 3, s, p), 0.1);
        });
  }

  /** A constant added to a row changes nothing, nor does a vector added to teacher and centre. */
  @Test
  void whatChangesNothing() {
    float[] s = Trials.random(1, 24);
    float[] t = Trials.random(2, 16);
    float[] c = Trials.random(3, 4);
    double expected = loss(s, t, c);
    float[] s2 = s.clone();
    float[] t2 = t.clone();
    float[] c2 = c.clone();
    for (int i = 0; i < 24; i++) {
      s2[i] += i / 4;
    }
    for (int i = 0; i < 16; i++) {
      t2[i] += i % 4;
    }
    for (int i = 0; i < 4; i++) {
      c2[i] += i;
    }
    assertThat(loss(s2, t, c)).isCloseTo(expected, within(1e-3));
    assertThat(loss(s, t2, c2)).isCloseTo(expected, within(1e-3));
    assertThat(loss(new float[24], t, c)).isCloseTo(Math.log(4), within(1e-5)); // log K
  }

  /** Where all rows are t, the centre is (1 - 0.9^n) t after n steps. */
  @Test
  void theCentreFollows() {
    float[] found =
        Graphs.floats(
            scope -> {
              Operand<TFloat32> t = Graphs.tensor(scope, new float[] {1, 2, 1, 2}, 2, 2);
              Operand<TFloat32> c = Graphs.tensor(scope, new float[2], 2);
              for (int n = 0; n < 5; n++) {
                c = Dino.followed(scope, c, t, 0.9);
              }
              return c;
            });
    float left = (float) (1 - Math.pow(0.9, 5));
    assertThat(found).containsExactly(new float[] {left, 2 * left}, within(1e-5f));
  }

  /** Without centring one output wins everywhere; without sharpening none does. */
  @Test
  void centringAndSharpeningKeepTheBalance() {
    float[] t = Trials.random(4, 32 * 4);
    for (int row = 0; row < 32; row++) {
      t[4 * row] += 6; // the favourite of all
    }
    assertThat(favourites(t, false, 0.04f)).isEqualTo(1);
    assertThat(favourites(t, true, 0.04f)).isGreaterThan(2.5);
    assertThat(entropy(t, 1)).isGreaterThan(0.8);
    assertThat(entropy(t, 0.04f)).isLessThan(0.2);
  }

  private static Operand<TFloat32> teacher(
      GraphScope scope, float[] t, boolean centring, float temperature) {
    Operand<TFloat32> rows = Graphs.tensor(scope, t, 32, 4);
    Operand<TFloat32> none = Graphs.tensor(scope, new float[4], 4);
    Operand<TFloat32> c = centring ? Dino.followed(scope, none, rows, 0) : none;
    return Dino.sharpened(scope, rows, c, scope.constant(temperature));
  }

  /** How many outputs are used over the rows, by the entropy of the mean. */
  private static double favourites(float[] t, boolean centring, float temperature) {
    float[] p = Graphs.floats(scope -> teacher(scope, t, centring, temperature));
    double entropy = 0;
    for (int k = 0; k < 4; k++) {
      double mean = 0;
      for (int row = 0; row < 32; row++) {
        mean += p[4 * row + k] / 32;
      }
      entropy -= mean > 0 ? mean * Math.log(mean) : 0;
    }
    return Math.round(1000 * Math.exp(entropy)) / 1000.0;
  }

  /** Mean entropy of a row as a share of log K. */
  private static double entropy(float[] t, float temperature) {
    float[] p =
        Graphs.floats(
            scope ->
                Dino.sharpened(
                    scope,
                    scope.tf().math.mul(Graphs.tensor(scope, t, 32, 4), scope.constant(0.3f)),
                    Graphs.tensor(scope, new float[] {1.8f, 0, 0, 0}, 4),
                    scope.constant(temperature)));
    double sum = 0;
    for (float share : p) {
      sum -= share > 0 ? share * Math.log(share) : 0;
    }
    return sum / 32 / Math.log(4);
  }

  /** The last layer is bit-identical in epoch 1; the teacher is not trained. */
  @Test
  void theLastLayerIsFrozenAtFirst() {
    try (StepRig rig = Trials.rig(METHOD)) { // 3 steps an epoch
      rig.scalar(TrainingPhase.WEIGHT_DECAY, 0.1);
      String last = "projection.last_layer.weight_v";
      float[] first = rig.stored(last);
      float[] before = rig.stored("projection.mlp.0.weight");
      assertThat(rig.stored("centre")).containsOnly(0);
      rig.train(0);
      rig.train(2);
      assertThat(rig.stored(last)).containsExactly(first);
      assertThat(rig.stored("projection.mlp.0.weight")).isNotEqualTo(before);
      assertThat(rig.stored("centre")).isNotEqualTo(new float[5]);
      rig.train(3);
      assertThat(rig.stored(last)).isNotEqualTo(first);
      assertThat(rig.trained()).noneMatch(name -> name.startsWith("momentum"));
    }
  }

  /** 2 + 8 views make 18 pairs, two views alone 2. */
  @Test
  void pairsOfViews() {
    for (int locals : List.of(0, 8)) {
      FakeSetup setup = Trials.setup(METHOD, "local-crops=" + locals);
      try (StepRig rig = Trials.rig(METHOD, setup)) {
        assertThat(setup.comparisons.get(0).targets().shape().get(0))
            .isEqualTo((locals == 0 ? 2L : 18L) * Trials.B);
        assertThat(rig.output("teacher-entropy")).isBetween(0.0, Math.log(5) + 1e-5);
      }
    }
  }
}
