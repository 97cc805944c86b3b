package juxta.plugin.multinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import juxta.api.Step;
import juxta.testkit.StepRig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step against the same sums in plain Java. */
class ObjectiveTest {
  private static final int PIXELS = Trials.SIDE * Trials.SIDE * 3;

  /** The networks of this moment. */
  private record Networks(Map<String, float[]> state) {
    Function<String, float[]> trained(String place) {
      return name -> state.get(place + "." + name);
    }

    /** The average follows before it is used. */
    Function<String, float[]> averaged(String place) {
      return name -> {
        float[] now = state.get("momentum." + place + "." + name).clone();
        float[] followed = state.get(place + "." + name);
        for (int i = 0; i < now.length; i++) {
          now[i] = Trials.M * now[i] + (1 - Trials.M) * followed[i];
        }
        return now;
      };
    }

    double[][] p(double[][] x) {
      double[][] z =
          Plain.project(Plain.encode(x, Trials.SIDE, trained("encoder")), trained("projection"));
      return Plain.predict(z, trained("prediction"));
    }

    double[][] u(double[][] x) {
      return Plain.project(
          Plain.encode(x, Trials.SIDE, averaged("encoder")), averaged("projection"));
    }

    /** c of the six pairs of quarters: one batch of the encoder, one of the projector. */
    List<double[][]> c(double[][] x) {
      List<double[][]> v = new ArrayList<>();
      for (int column = 0; column < 2; column++) {
        for (int row = 0; row < 2; row++) {
          v.add(
              Plain.encode(
                  Plain.quarter(x, Trials.SIDE, column, row), Trials.SIDE / 2, trained("encoder")));
        }
      }
      List<double[]> combined = new ArrayList<>();
      for (int n = 0; n < 4; n++) {
        for (int m = n + 1; m < 4; m++) {
          combined.addAll(Arrays.asList(Plain.mean(v.get(n), v.get(m))));
        }
      }
      double[][] all = Plain.project(combined.toArray(double[][]::new), trained("projection"));
      List<double[][]> each = new ArrayList<>();
      for (int j = 0; j < 6; j++) {
        each.add(Arrays.copyOfRange(all, j * Trials.B, (j + 1) * Trials.B));
      }
      return each;
    }
  }

  private static double[][] input(FakeSetup run, StepRig rig, String place, int use) {
    return Plain.rows(rig.look(Trials.uses(run, place).get(use).input()), PIXELS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"as-designed", "as-released"})
  void aStepIsThatOfThePaper(String gradient) {
    FakeSetup run = Trials.setup("local-gradient=" + gradient, "base-rate=20");
    try (StepRig rig = Trials.rig(run)) {
      for (int step = 0; step < 3; step++) {
        rig.train(step); // now the average lags behind, and the queue has gone round
      }
      Networks net = new Networks(rig.state());
      double[][] queue = Plain.rows(net.state().get("queue.rows"), Trials.OUT);
      double[][] x1 = input(run, rig, "encoder", 0);
      double[][] x2 = input(run, rig, "encoder", 1);
      double[][] x3 = input(run, rig, "encoder", 2);
      assertThat(x1).isDeepEqualTo(input(run, rig, "momentum.encoder", 0));
      assertThat(x3).isDeepEqualTo(input(run, rig, "momentum.encoder", 1));
      assertThat(x2).isNotEqualTo(x1);

      double local = 0;
      for (int j = 0; j < 6; j++) {
        local += Plain.infoNce(net.p(x2), net.c(x1).get(j)) / 12;
        local += Plain.infoNce(net.p(x1), net.c(x2).get(j)) / 12;
      }
      double[][] n1 = Plain.nearest(net.u(x1), queue);
      double[][] n3 = Plain.nearest(net.u(x3), queue);
      double global = (Plain.ntx(n3, net.p(x1)) + Plain.ntx(n1, net.p(x3))) / 2;

      assertThat(rig.output("loss-local")).isCloseTo(local, within(3e-4));
      assertThat(rig.output("loss-global")).isCloseTo(global, within(3e-4));
      assertThat(rig.output(Step.LOSS)).isCloseTo(local + 6 * global, within(2e-3));
    }
  }

  /** Rows of view 3 enter as they are, at the pointer, and nothing else changes. */
  @Test
  void theThirdViewEntersTheQueue() {
    FakeSetup run = Trials.setup();
    try (StepRig rig = Trials.rig(run)) {
      rig.train(0);
      float[] before = rig.state().get("queue.rows");
      assertThat(rig.snapshot().get("queue.pointer").number()).isEqualTo(Trials.B);
      double[][] u3 = new Networks(rig.state()).u(input(run, rig, "encoder", 2));

      rig.train(1);

      float[] after = rig.state().get("queue.rows");
      int half = Trials.B * Trials.OUT;
      assertThat(Arrays.copyOf(after, half)).containsExactly(Arrays.copyOf(before, half));
      assertThat(Arrays.copyOfRange(after, half, 2 * half))
          .containsExactly(Trials.flat(u3), within(2e-3f));
      assertThat(rig.snapshot().get("queue.pointer").number()).isZero();
    }
  }

  @Test
  void weightsAndPartsMayBeChanged() {
    try (StepRig rig = Trials.rig("local-weight=0.5", "global-weight=3", "parts-combined=3")) {
      assertThat(rig.output(Step.LOSS))
          .isCloseTo(0.5 * rig.output("loss-local") + 3 * rig.output("loss-global"), within(1e-4));
      assertThat(rig.output("loss-local")).isFinite();
    }
  }

  @Test
  void outputsAreTheTermsAndTheFeatures() {
    FakeSetup run = Trials.setup();
    try (StepRig rig = Trials.rig(run)) {
      assertThat(rig.step().outputs())
          .containsOnlyKeys("loss", "loss-local", "loss-global", "embedding");
      assertThat(rig.look(rig.made(Step.EMBEDDING)))
          .containsExactly(rig.look(Trials.uses(run, "encoder").get(0).embedding()));
    }
  }
}
