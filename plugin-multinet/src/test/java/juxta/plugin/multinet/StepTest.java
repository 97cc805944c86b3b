package juxta.plugin.multinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import juxta.api.Pass;
import juxta.api.Step;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.testkit.StepRig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What a step trains, what follows, and what no gradient reaches. */
class StepTest {
  private static Set<String> below(StepRig rig, String prefix) {
    return rig.names().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Weights of f and g, by the names that they share with f_m and g_m. */
  private static List<String> averaged(StepRig rig) {
    return rig.trained().stream().filter(name -> !name.startsWith("prediction.")).toList();
  }

  @Test
  void networksAreWhereTheyShouldBe() {
    try (StepRig rig = Trials.rig()) {
      Set<String> projection = below(rig, "projection.");
      assertThat(projection)
          .contains("0.weight", "0.bias", "1.weight", "3.bias", "4.running_var", "6.bias", "7.bias")
          .hasSize(3 * 2 + 3 * 4);
      assertThat(below(rig, "momentum.projection.")).isEqualTo(projection);
      assertThat(below(rig, "momentum.encoder.")).isEqualTo(below(rig, "encoder."));
      assertThat(below(rig, "prediction."))
          .containsExactly(
              "0.bias",
              "0.weight",
              "1.bias",
              "1.running_mean",
              "1.running_var",
              "1.weight",
              "3.bias",
              "3.weight");
      assertThat(below(rig, "momentum.prediction.")).isEmpty();
      assertThat(below(rig, "queue.")).containsExactly("pointer", "rows");
      assertThat(rig.trained())
          .containsExactlyInAnyOrderElementsOf(below(rig, "optimizer.momentum."))
          .allMatch(name -> name.matches("(encoder|projection|prediction)\\..*"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"as-designed", "as-released"})
  void gradientsReachPredictionsAlone(String mode) {
    FakeSetup run = Trials.setup("local-gradient=" + mode);
    try (StepRig rig = Trials.rig(run)) {
      Map<String, Operand<TFloat32>> gradients = new LinkedHashMap<>();
      Operand<TFloat32> loss = rig.made(Step.LOSS);
      Operand<TFloat32> local = rig.made("loss-local");
      Operand<TFloat32> global = rig.made("loss-global");
      BiConsumer<String, Operand<TFloat32>> none =
          (what, with) -> gradients.put("none of " + what, Trials.gradient(rig, loss, with));
      List<TinyEncoder.Use> f = Trials.uses(run, "encoder"); // x1, x2, x3, parts of x1, of x2
      for (int view = 0; view < 3; view++) {
        Operand<TFloat32> seen = f.get(view).embedding();
        gradients.put("local of view " + view, Trials.gradient(rig, local, seen));
        gradients.put("global of view " + view, Trials.gradient(rig, global, seen));
      }
      none.accept("parts 0", f.get(3).embedding());
      none.accept("parts 1", f.get(4).embedding());
      Trials.uses(run, "momentum.encoder")
          .forEach(use -> none.accept("u" + use.input(), use.embedding()));
      averaged(rig).forEach(w -> none.accept(w, rig.value("momentum." + w)));
      none.accept("the queue", rig.value("queue.rows"));
      Operand<TFloat32> weight = rig.value("encoder.head.proj.weight");
      gradients.put("weights by local", Trials.gradient(rig, local, weight));
      gradients.put("weights by global", Trials.gradient(rig, global, weight));
      boolean designed = mode.equals("as-designed");
      List<String> flowing =
          new ArrayList<>(List.of("global of view 0", "global of view 2", "weights by global"));
      if (designed) {
        flowing.addAll(List.of("local of view 0", "local of view 1", "weights by local"));
      }
      List<String> names = List.copyOf(gradients.keySet());
      List<float[]> values = rig.look(List.copyOf(gradients.values()));
      assertThat(names).containsAll(flowing).hasSize(13 + averaged(rig).size());
      for (int i = 0; i < names.size(); i++) {
        float[] zeros = new float[values.get(i).length];
        if (flowing.contains(names.get(i))) {
          assertThat(values.get(i)).as(names.get(i)).isNotEqualTo(zeros);
        } else {
          assertThat(values.get(i)).as(names.get(i)).containsExactly(zeros);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void averagedWeightsFollowTheRuleAndNothingElse(boolean copied) {
    try (StepRig rig = Trials.rig("copy-init=" + copied)) {
      List<String> weights = averaged(rig);
      Map<String, float[]> first = rig.state();
      for (String name : weights) {
        boolean drawn = !name.matches("projection\\.[147]\\..*"); // not BN's ones and zeros
        if (copied || !drawn) {
          assertThat(first.get("momentum." + name)).as(name).isEqualTo(first.get(name));
        } else {
          assertThat(first.get("momentum." + name)).as(name).isNotEqualTo(first.get(name));
        }
      }
      float[] momenta = {0.5f, 0.9f, 0, 0.7f, 1};
      for (int step = 0; step < momenta.length; step++) {
        float m = momenta[step];
        Map<String, float[]> before = rig.state();
        rig.scalar(TrainingPhase.MOMENTUM, m).train(step);
        Map<String, float[]> after = rig.state();
        for (String name : weights) {
          float[] online = before.get(name);
          float[] expected = before.get("momentum." + name).clone();
          for (int e = 0; e < expected.length; e++) {
            expected[e] = m * expected[e] + (1 - m) * online[e];
          }
          assertThat(after.get("momentum." + name))
              .as(name + " in step " + step)
              .containsExactly(expected, within(m == 0 || m == 1 ? 0 : 1e-6f));
        }
        assertThat(after.get("encoder.head.proj.weight"))
            .isNotEqualTo(before.get("encoder.head.proj.weight"));
      }
    }
  }

  /** Weights of the averaged network that are drawn anew are of the same distribution. */
  @Test
  void ownFirstValuesAreOfTheSameScale() {
    try (StepRig rig = Trials.rig("copy-init=false")) {
      float[] own = rig.state().get("momentum.projection.3.weight");
      double bound = 1 / Math.sqrt(Trials.HIDDEN);
      double square = 0;
      for (float w : own) {
        assertThat((double) w).isBetween(-bound, bound);
        square += w * w / (double) own.length;
      }
      assertThat(Math.sqrt(square)).isCloseTo(bound / Math.sqrt(3), within(bound / 6));
    }
  }

  @Test
  void networksRunOnTheStatisticsOfTheirBatch() {
    FakeSetup run = Trials.setup();
    try (StepRig rig = Trials.rig(run)) {
      assertThat(rig.step().runs()).isEmpty();
      assertThat(Trials.uses(run, "encoder"))
          .extracting(TinyEncoder.Use::pass)
          .containsExactly(Pass.TRAINING, Pass.TRAINING, Pass.TRAINING, Pass.TARGET, Pass.TARGET);
      assertThat(Trials.uses(run, "momentum.encoder"))
          .extracting(TinyEncoder.Use::pass)
          .containsExactly(Pass.TARGET, Pass.TARGET);
      assertThat(Trials.uses(run, "encoder"))
          .extracting(use -> use.input().shape().get(1))
          .containsExactly(8L, 8L, 8L, 4L, 4L);
    }
  }

  /** Views one by one, then the parts of view 1, then those of view 2: five tenths. */
  @Test
  void runningStatisticsSeeViewsAndParts() {
    FakeSetup run = Trials.setup();
    try (StepRig rig = Trials.rig(run)) {
      Map<String, float[]> state = rig.state();
      double[][] weight = Plain.rows(state.get("projection.0.weight"), Trials.HIDDEN);
      float[] bias = state.get("projection.0.bias");
      double[] expected = new double[Trials.HIDDEN];
      for (TinyEncoder.Use use : Trials.uses(run, "encoder")) {
        // means of pairs of parts have the mean of all parts
        double[][] h = Plain.rows(rig.look(use.embedding()), TinyEncoder.WIDTH);
        for (int c = 0; c < Trials.HIDDEN; c++) {
          double mean = bias[c];
          for (double[] row : h) {
            for (int d = 0; d < row.length; d++) {
              mean += row[d] * weight[d][c] / h.length;
            }
          }
          expected[c] = 0.9 * expected[c] + 0.1 * mean;
        }
      }
      rig.train(0);
      float[] found = rig.state().get("projection.1.running_mean");
      for (int c = 0; c < Trials.HIDDEN; c++) {
        assertThat((double) found[c]).isCloseTo(expected[c], within(1e-5));
      }
      assertThat(rig.state().get("momentum.projection.1.running_mean")).isNotEqualTo(found);
    }
  }

  /** What a checkpoint holds is all that the next steps depend on. */
  @Test
  void aRunThatWasTakenUpAgainEndsTheSame() {
    Map<String, Value> half;
    Map<String, Value> whole;
    String[] settings = {"copy-init=false", "base-rate=5"};
    try (StepRig rig = Trials.rig(settings)) {
      rig.train(0);
      rig.train(1);
      half = rig.snapshot();
      rig.train(2);
      rig.train(3);
      whole = rig.snapshot();
    }
    try (StepRig rig = Trials.rig(settings)) {
      rig.write(half);
      rig.train(2);
      rig.train(3);
      assertThat(rig.snapshot()).isEqualTo(whole).isNotEqualTo(half);
    }
  }

  @Test
  void withoutLocalLossViewTwoAndPartsAreLeftOut() {
    FakeSetup run = Trials.setup("local-weight=0");
    try (StepRig rig = Trials.rig(run)) {
      assertThat(Trials.uses(run, "encoder")).hasSize(2);
      assertThat(rig.step().outputs()).containsOnlyKeys("loss", "loss-global", "embedding");
      assertThat(rig.output(Step.LOSS)).isCloseTo(6 * rig.output("loss-global"), within(1e-4));
    }
  }

  /** The two modes have the same loss and different gradients. */
  @Test
  void modesDifferInTheirGradientsAlone() {
    List<Double> losses = new ArrayList<>();
    List<float[]> weights = new ArrayList<>();
    for (String mode : List.of("as-designed", "as-released")) {
      try (StepRig rig = Trials.rig("local-gradient=" + mode, "clip-norm=0")) {
        losses.add(rig.loss(0));
        weights.add(rig.state().get("prediction.3.weight"));
      }
    }
    assertThat(losses.get(1)).isEqualTo(losses.get(0));
    assertThat(Arrays.equals(weights.get(0), weights.get(1))).isFalse();
  }
}
