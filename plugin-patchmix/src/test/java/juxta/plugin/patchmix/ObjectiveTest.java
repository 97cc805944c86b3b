package juxta.plugin.patchmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import juxta.api.Comparison;
import juxta.api.Step;
import juxta.testkit.StepRig;
import juxta.testkit.TrialImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loss of a step against the same sums in plain Java. */
class ObjectiveTest {
  private static final int B = 8;
  private static final int SIDE = 8;

  private static FakeSetup setup(String... settings) {
    return new FakeSetup(new TrialImages(20, SIDE), B, 2, Trials.settings(settings));
  }

  /** Weights of this step below a place; averages with m = 0.9. */
  private static Function<String, float[]> weights(StepRig rig, String place) {
    return name -> rig.stored(place + "." + name);
  }

  private static Function<String, float[]> averaged(StepRig rig, String place) {
    return name -> {
      float[] old = rig.stored("momentum." + place + "." + name);
      float[] online = rig.stored(place + "." + name);
      float[] now = new float[old.length];
      for (int i = 0; i < now.length; i++) {
        now[i] = 0.9f * old[i] + 0.1f * online[i];
      }
      return now;
    };
  }

  private static double[][] query(StepRig rig, double[][] x, int side) {
    double[][] feature = Plain.encode(x, side, weights(rig, "encoder"));
    return Plain.head(
        Plain.head(feature, 3, 8, 5, weights(rig, "projector")),
        2,
        8,
        5,
        weights(rig, "predictor"));
  }

  private static double[][] averagedKey(StepRig rig, double[][] x) {
    return Plain.head(
        Plain.encode(x, SIDE, averaged(rig, "encoder")), 3, 8, 5, averaged(rig, "projector"));
  }

  private static double[][] ownKey(StepRig rig, double[][] x) {
    return Plain.head(
        Plain.encode(x, SIDE, weights(rig, "encoder")), 3, 8, 5, weights(rig, "projector"));
  }

  /** What the encoder at a place was given, [B][H * H * 3] each. */
  private static List<double[][]> inputs(FakeSetup run, StepRig rig, String place, int... sides) {
    List<float[]> flat = rig.look(Trials.inputs(run, place));
    List<double[][]> inputs = new ArrayList<>();
    for (int i = 0; i < flat.size(); i++) {
      inputs.add(Plain.rows(flat.get(i), sides[i] * sides[i] * 3));
    }
    return inputs;
  }

  @ParameterizedTest
  @CsvSource({"2", "3", "4"})
  void lossIsTheSumOfThreeTerms(int images) {
    FakeSetup run = setup("images-mixed=" + images);
    try (StepRig rig = Trials.rig(run)) {
      rig.train(0);
      rig.train(1); // now the average lags behind

      List<double[][]> online = inputs(run, rig, "encoder", SIDE, SIDE); // x1, x2m
      List<double[][]> target =
          inputs(run, rig, "momentum.encoder", SIDE, SIDE, SIDE); // x1, x2, x1m
      assertThat(online.get(0)).isDeepEqualTo(target.get(0));
      double[][] q1 = query(rig, online.get(0), SIDE);
      double[][] q2m = query(rig, online.get(1), SIDE);
      double[][] k1 = averagedKey(rig, target.get(0));
      double[][] k2 = averagedKey(rig, target.get(1));
      double[][] k1m = averagedKey(rig, target.get(2));
      double oneToOne = Plain.crossEntropy(q1, k2, Plain.mixToOne(B, 1));
      double mixToOne = Plain.crossEntropy(q2m, k1, Plain.mixToOne(B, images));
      double mixToMix = Plain.crossEntropy(q2m, k1m, Plain.mixToMix(B, images));

      assertThat(rig.output("loss-one-to-one")).isCloseTo(oneToOne, within(2e-4));
      assertThat(rig.output("loss-mix-to-one")).isCloseTo(mixToOne, within(2e-4));
      assertThat(rig.output("loss-mix-to-mix")).isCloseTo(mixToMix, within(2e-4));
      assertThat(rig.output(Step.LOSS))
          .isCloseTo(oneToOne + mixToOne / 2 + mixToMix / 2, within(3e-4));
    }
  }

  @Test
  void withoutAverageKeysComeFromTheSameNetwork() {
    FakeSetup run = setup("momentum-encoder=false");
    try (StepRig rig = Trials.rig(run)) {
      rig.train(0);

      List<double[][]> x = inputs(run, rig, "encoder", SIDE, SIDE, SIDE, SIDE); // x1, x2m, x2, x1m
      double[][] q1 = query(rig, x.get(0), SIDE);
      double[][] q2m = query(rig, x.get(1), SIDE);
      double expected =
          Plain.crossEntropy(q1, ownKey(rig, x.get(2)), Plain.mixToOne(B, 1))
              + Plain.crossEntropy(q2m, ownKey(rig, x.get(0)), Plain.mixToOne(B, 2)) / 2
              + Plain.crossEntropy(q2m, ownKey(rig, x.get(3)), Plain.mixToMix(B, 2)) / 2;

      assertThat(rig.output(Step.LOSS)).isCloseTo(expected, within(3e-4));
      assertThat(rig.names()).noneMatch(name -> name.startsWith("momentum"));
    }
  }

  @Test
  void localViewsAddTheMeanOfTheirFourTerms() {
    FakeSetup run = setup("local-crops=3");
    try (StepRig rig = Trials.rig(run)) {
      rig.train(0);
      int local = FakeSetup.LOCAL_SIDE;

      List<double[][]> online = inputs(run, rig, "encoder", SIDE, SIDE, local, local);
      List<double[][]> target = inputs(run, rig, "momentum.encoder", SIDE, SIDE, SIDE);
      double[][] k1 = averagedKey(rig, target.get(0));
      double[][] k2 = averagedKey(rig, target.get(1));
      double[][] u = query(rig, online.get(2), local); // the local views as one batch: [3B]
      double[][] um = query(rig, online.get(3), local);
      double expected =
          rig.output("loss-one-to-one")
              + rig.output("loss-mix-to-one") / 2
              + rig.output("loss-mix-to-mix") / 2;
      for (int c = 0; c < 3; c++) {
        double[][] plain = Arrays.copyOfRange(u, c * B, (c + 1) * B);
        double[][] mixed = Arrays.copyOfRange(um, c * B, (c + 1) * B);
        for (double[][] k : List.of(k1, k2)) {
          expected += Plain.crossEntropy(plain, k, Plain.mixToOne(B, 1)) / 3;
          expected += Plain.crossEntropy(mixed, k, Plain.mixToOne(B, 2)) / 3;
        }
      }

      assertThat(u).hasNumberOfRows(3 * B);
      assertThat(rig.output(Step.LOSS)).isCloseTo(expected, within(1e-3));
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "2"})
  void equalLogitsGiveTheLogarithmOfTheNumberOfKeys(int locals) {
    try (StepRig rig = Trials.rig(setup("local-crops=" + locals))) {
      for (String place : List.of("encoder", "momentum.encoder")) {
        rig.write(place + ".head.proj.weight", old -> new float[old.length]);
        rig.write(place + ".shift", old -> new float[old.length]);
      }
      double log = Math.log(B);

      for (String term : List.of("loss-one-to-one", "loss-mix-to-one", "loss-mix-to-mix")) {
        assertThat(rig.output(term)).isCloseTo(log, within(1e-5));
      }
      assertThat(rig.output(Step.LOSS)).isCloseTo((locals > 0 ? 6 : 2) * log, within(1e-4));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 1.0397", "3, 1.5230", "4, 1.8407"})
  void termsStayAboveTheEntropyOfTheirTargets(int images, double mixToMix) {
    assertThat(
            Arrays.stream(Plain.mixToMix(B, images)[0])
                .filter(w -> w > 0)
                .map(w -> -w * Math.log(w))
                .sum())
        .isCloseTo(mixToMix, within(1e-4));
    for (long seed = 0; seed < 3; seed++) {
      try (StepRig rig = Trials.rig(setup("images-mixed=" + images), seed)) {
        for (int step = 0; step < 30; step++) {
          rig.train(step);
        }
        assertThat(rig.output("loss-one-to-one")).isPositive();
        assertThat(rig.output("loss-mix-to-one")).isGreaterThan(Math.log(images));
        assertThat(rig.output("loss-mix-to-mix")).isGreaterThan(mixToMix);
      }
    }
  }

  @Test
  void smoothedTargetsKeepTheirMass() {
    FakeSetup run = setup("label-smoothing=0.2");
    try (StepRig rig = Trials.rig(run)) {
      double[][] mixed = Plain.mixToMix(B, 2);
      for (double[] row : mixed) {
        for (int c = 0; c < B; c++) {
          row[c] = 0.8 * row[c] + 0.2 / B;
        }
      }
      List<float[]> targets = rig.look(run.comparisons.stream().map(c -> c.targets()).toList());

      assertThat(targets).hasSize(3);
      assertThat(run.comparisons).allMatch(Comparison::smoothed);
      for (float[] w : targets) {
        for (double[] row : Plain.rows(w, B)) {
          assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-6));
        }
      }
      assertThat(targets.get(0)[0]).isCloseTo(0.8f + 0.2f / B, within(1e-6f));
      IntStream.range(0, B * B)
          .forEach(
              i ->
                  assertThat((double) targets.get(2)[i])
                      .isCloseTo(mixed[i / B][i % B], within(1e-6)));
    }
  }

  @Test
  void outputsAreTheTermsAndTheEmbedding() {
    try (StepRig rig = Trials.rig(setup())) {
      Map<String, ?> outputs = rig.step().outputs();
      assertThat(outputs)
          .containsOnlyKeys(
              "loss", "loss-one-to-one", "loss-mix-to-one", "loss-mix-to-mix", "embedding");
      assertThat(rig.look(rig.made(Step.EMBEDDING))).hasSize(B * TinyEncoder.WIDTH);
    }
  }
}
