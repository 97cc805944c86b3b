package juxta.plugin.patchmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import juxta.api.Pass;
import juxta.api.Step;
import juxta.api.TrainingPhase;
import juxta.testkit.StepRig;
import juxta.testkit.TrialImages;
import juxta.toolkit.graph.Gradients;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What a step sees, what it changes and what it leaves alone. */
class StepTest {
  private static final int B = 6;
  private static final int SIDE = 8;

  private static FakeSetup setup(String... settings) {
    return new FakeSetup(new TrialImages(20, SIDE), B, 2, Trials.settings(settings));
  }

  private static Set<String> below(StepRig rig, String prefix) {
    return rig.names().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void namesAreThoseOfTheEncoderAndTheReferencesHeads() {
    List<String> projector =
        List.of(
            "0.weight",
            "1.bias",
            "1.running_mean",
            "1.running_var",
            "1.weight",
            "3.weight",
            "4.bias",
            "4.running_mean",
            "4.running_var",
            "4.weight",
            "6.weight",
            "7.running_mean",
            "7.running_var");
    List<String> predictor =
        List.of(
            "0.weight",
            "1.bias",
            "1.running_mean",
            "1.running_var",
            "1.weight",
            "3.weight",
            "4.running_mean",
            "4.running_var");
    try (StepRig rig = Trials.rig(setup())) {
      for (String copy : List.of("", "momentum.")) {
        assertThat(below(rig, copy + "encoder.")).containsExactly("head.proj.weight", "shift");
        assertThat(below(rig, copy + "projector.")).containsExactlyElementsOf(projector);
      }
      assertThat(below(rig, "predictor.")).containsExactlyElementsOf(predictor);
      assertThat(below(rig, "momentum.predictor.")).isEmpty();
    }
  }

  @Test
  void onlyTheOnlineNetworkIsTrainedAndAllOfItIs() {
    for (String momentum : List.of("true", "false")) {
      FakeSetup run = setup("momentum-encoder=" + momentum, "local-crops=1");
      try (StepRig rig = Trials.rig(run)) {
        Set<String> optimised = below(rig, "optimizer.first-moment.");
        List<float[]> before = optimised.stream().map(rig::stored).toList();

        rig.train(0);

        assertThat(optimised)
            .containsExactlyInAnyOrderElementsOf(rig.trained())
            .allMatch(name -> name.matches("(encoder|projector|predictor)\\..*"));
        int i = 0;
        for (String name : optimised) {
          float[] old = before.get(i++);
          if (!name.equals("encoder.shift")) { // the same for all images: BN takes it away
            assertThat(rig.stored(name)).as(name).isNotEqualTo(old);
          }
        }
      }
    }
  }

  private static Operand<TFloat32> gradient(StepRig rig, String output, Operand<TFloat32> with) {
    return Gradients.of(rig.scope(), rig.made(output), List.of(with)).get(0);
  }

  @Test
  void keysGetNoGradient() {
    for (String momentum : List.of("true", "false")) {
      FakeSetup run = setup("momentum-encoder=" + momentum);
      try (StepRig rig = Trials.rig(run)) {
        Map<String, Operand<TFloat32>> gradients = new LinkedHashMap<>();
        Operand<TFloat32> first = run.uses.get(0).embedding(); // makes q1, and k1 without m
        gradients.put("first", gradient(rig, "loss-mix-to-mix", first));
        gradients.put("one", gradient(rig, "loss-mix-to-one", first));
        gradients.put("query", gradient(rig, Step.LOSS, first));
        for (int i = 2; i < run.uses.size(); i++) {
          gradients.put("key " + i, gradient(rig, Step.LOSS, run.uses.get(i).embedding()));
        }
        gradients.forEach(
            (what, gradient) -> {
              if (what.equals("query")) {
                assertThat(rig.look(gradient)).isNotEqualTo(new float[B * TinyEncoder.WIDTH]);
              } else {
                assertThat(rig.look(gradient)).as(what).containsOnly(0);
              }
            });
        assertThat(gradients).hasSize(momentum.equals("true") ? 6 : 5);
      }
    }
  }

  @Test
  void averagedWeightsFollowTheRuleAndNothingElse() {
    try (StepRig rig = Trials.rig(setup())) {
      Set<String> weights = new TreeSet<>(rig.trained());
      weights.removeIf(name -> name.startsWith("predictor"));
      for (String name : weights) {
        assertThat(rig.stored("momentum." + name)).as(name).isEqualTo(rig.stored(name));
      }
      rig.scalar(TrainingPhase.WEIGHT_DECAY, 0.3);
      for (int step = 0; step < 4; step++) {
        float m = new float[] {0.5f, 0.9f, 0, 0.7f}[step];
        Map<String, float[]> before = rig.state();
        rig.scalar(TrainingPhase.MOMENTUM, m).train(step);
        for (String name : weights) {
          float[] online = before.get(name);
          float[] expected = before.get("momentum." + name).clone();
          for (int e = 0; e < expected.length; e++) {
            expected[e] = m * expected[e] + (1 - m) * online[e];
          }
          assertThat(rig.stored("momentum." + name))
              .as(name + " in step " + step)
              .containsExactly(expected, within(1e-6f));
        }
      }
    }
  }

  @Test
  void withMomentumOneTheAverageNeverChanges() {
    try (StepRig rig = Trials.rig(setup())) {
      List<String> weights =
          rig.trained().stream().filter(name -> !name.startsWith("predictor")).toList();
      List<float[]> before = weights.stream().map(n -> rig.stored("momentum." + n)).toList();
      rig.scalar(TrainingPhase.MOMENTUM, 1).scalar(TrainingPhase.WEIGHT_DECAY, 0.4);
      for (int step = 0; step < 5; step++) {
        rig.train(step);
      }
      for (int i = 0; i < weights.size(); i++) {
        assertThat(rig.stored("momentum." + weights.get(i))).containsExactly(before.get(i));
      }
    }
  }

  /** Keys are made in training mode, and the copy's statistics are of the keys alone. */
  @Test
  void averagedHeadsKeepTheirOwnStatistics() {
    FakeSetup run = setup();
    try (StepRig rig = Trials.rig(run)) {
      double[] expected = new double[8];
      for (float[] images : rig.look(Trials.inputs(run, "momentum.encoder"))) { // x1, x2, x1m
        double[][] h =
            Plain.product(
                Plain.encode(
                    Plain.rows(images, SIDE * SIDE * 3),
                    SIDE,
                    name -> rig.stored("momentum.encoder." + name)),
                Plain.rows(rig.stored("momentum.projector.0.weight"), 8));
        for (int c = 0; c < 8; c++) {
          int column = c;
          double mean = Arrays.stream(h).mapToDouble(row -> row[column]).average().orElseThrow();
          expected[c] = 0.9 * expected[c] + 0.1 * mean;
        }
      }
      rig.train(0);

      float[] own = rig.stored("momentum.projector.1.running_mean");
      for (int c = 0; c < 8; c++) {
        assertThat((double) own[c]).isCloseTo(expected[c], within(1e-5));
      }
      assertThat(own).isNotEqualTo(rig.stored("projector.1.running_mean"));
    }
  }

  @Test
  void keysAreMadeInTrainingModeWithoutDropout() {
    FakeSetup run = setup();
    Trials.rig(run).close();
    assertThat(run.uses).isNotEmpty();
    run.uses.forEach(
        use ->
            assertThat(use.pass())
                .isEqualTo(
                    use.scope().name().startsWith("momentum") ? Pass.TARGET : Pass.TRAINING));
    FakeSetup own = setup("momentum-encoder=false");
    Trials.rig(own).close();
    assertThat(own.uses).isNotEmpty().allMatch(use -> use.pass() == Pass.TRAINING);
  }

  @Test
  void mixingIsDecidedOnceAStep() {
    FakeSetup run = setup("mix-probability=0.5", "local-crops=1");
    try (StepRig rig = Trials.rig(run)) {
      List<Operand<TFloat32>> online = Trials.inputs(run, "encoder"); // x1, x2m, local, mixed local
      List<Operand<TFloat32>> keys = Trials.inputs(run, "momentum.encoder"); // x1, x2, x1m
      Operand<TFloat32> toOne = run.comparisons.get(1).targets();
      Operand<TFloat32> toMixed = run.comparisons.get(2).targets();
      int mixed = 0;
      for (int step = 0; step < 40; step++) {
        List<float[]> seen =
            rig.at(step)
                .look(
                    List.of(
                        keys.get(0),
                        keys.get(2),
                        keys.get(1),
                        online.get(1),
                        online.get(2),
                        online.get(3),
                        toOne,
                        toMixed));
        boolean first = !Arrays.equals(seen.get(0), seen.get(1));
        assertThat(!Arrays.equals(seen.get(2), seen.get(3))).isEqualTo(first);
        assertThat(!Arrays.equals(seen.get(4), seen.get(5))).isEqualTo(first);
        assertThat(seen.get(6)[0]).isEqualTo(first ? 0.5f : 1f);
        assertThat(seen.get(6)[1]).isEqualTo(first ? 0.5f : 0f);
        assertThat(seen.get(7)[1]).isEqualTo(first ? 0.25f : 0f);
        mixed += first ? 1 : 0;
      }
      assertThat(mixed).isBetween(10, 30);
    }
    FakeSetup never = setup("mix-probability=0");
    try (StepRig rig = Trials.rig(never)) {
      List<float[]> keys = rig.look(Trials.inputs(never, "momentum.encoder"));
      assertThat(keys.get(2)).containsExactly(keys.get(0));
    }
  }

  @Test
  void viewsAreMixedByDifferentPermutationsAndEachStepByNewOnes() {
    FakeSetup run = setup();
    try (StepRig rig = Trials.rig(run)) {
      Set<String> drawn = new TreeSet<>();
      for (int step = 0; step < 6; step++) {
        List<float[]> keys = rig.at(step).look(Trials.inputs(run, "momentum.encoder"));
        List<float[]> online = rig.look(Trials.inputs(run, "encoder"));
        drawn.add(unchanged(keys.get(0), keys.get(2)));
        drawn.add(unchanged(keys.get(1), online.get(1)));
      }
      assertThat(drawn).hasSize(12);
    }
  }

  @Test
  void theSameSeedMakesTheSameSteps() {
    List<Map<String, float[]>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (StepRig rig = Trials.rig(setup("local-crops=1"))) {
        for (int step = 0; step < 3; step++) {
          rig.train(step);
        }
        runs.add(rig.state());
      }
    }
    runs.get(0).forEach((name, value) -> assertThat(runs.get(1).get(name)).containsExactly(value));
  }

  /** Which pixels of the first image stayed as they were. */
  private static String unchanged(float[] before, float[] after) {
    StringBuilder mask = new StringBuilder();
    for (int i = 0; i < SIDE * SIDE * 3; i++) {
      mask.append(before[i] == after[i] ? '1' : '0');
    }
    return mask.toString();
  }
}
