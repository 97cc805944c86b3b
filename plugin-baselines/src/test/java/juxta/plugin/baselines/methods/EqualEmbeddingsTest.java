package juxta.plugin.baselines.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import juxta.api.Method;
import juxta.api.Step;
import juxta.api.Value;
import juxta.testkit.StepRig;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;

/** The values that losses have once all embeddings are the same. */
class EqualEmbeddingsTest {
  /** An encoder that sees nothing, and heads whose outputs all point the same way. */
  private static void collapse(StepRig rig) {
    for (String parameter : rig.state().keySet()) {
      if (!parameter.contains("running") && !parameter.equals("queue.rows")) {
        boolean sees = parameter.endsWith("encoder.fc.weight");
        rig.write(parameter, old -> filled(old.length, sees ? 0 : 0.1f));
      }
    }
  }

  private static float[] filled(int length, float value) {
    float[] filled = new float[length];
    Arrays.fill(filled, value);
    return filled;
  }

  @Test
  void simclr() {
    Method method = new Simclr();
    try (StepRig rig = Trials.rig(method, Trials.setup(method))) {
      collapse(rig);
      assertThat(rig.output(Step.LOSS)).isCloseTo(Math.log(2 * Trials.B - 1), within(1e-5));
    }
  }

  @Test
  void mocov2() {
    Method method = new Mocov2();
    for (String symmetric : List.of("false", "true")) {
      try (StepRig rig = Trials.rig(method, Trials.setup(method, "symmetric=" + symmetric))) {
        collapse(rig);
        rig.write("queue.rows", old -> filled(old.length, 0.3f));
        assertThat(rig.output(Step.LOSS))
            .isCloseTo(
                (symmetric.equals("true") ? 2 : 1) * Math.log(1 + Trials.QUEUE), within(1e-5));
      }
    }
  }

  /** 4 tau log B, where the factor is 2 tau. */
  @Test
  void mocov3() {
    Method method = new Mocov3();
    try (StepRig rig = Trials.rig(method, Trials.setup(method, "loss-scale=1.0"))) {
      collapse(rig);
      assertThat(rig.output(Step.LOSS)).isCloseTo(4 * 0.5 * Math.log(Trials.B), within(1e-5));
    }
  }

  @Test
  void byol() {
    Method method = new Byol();
    try (StepRig rig = Trials.rig(method, Trials.setup(method))) {
      assertThat(rig.output(Step.LOSS)).isGreaterThan(0.5);
      collapse(rig);
      assertThat(rig.output(Step.LOSS)).isCloseTo(0, within(1e-5));
    }
  }

  /**
   * The last BN takes away what all rows share: nothing is left to point anywhere. Before it stand
   * powers of two, whose mean is exact in whichever order it is taken: a row that differs from it
   * in the last bit would point somewhere, and the cosine be 1.
   */
  @Test
  void simsiam() {
    Method method = new Simsiam();
    try (StepRig rig = Trials.rig(method, Trials.setup(8, method, "projection-hidden=8"))) {
      assertThat(rig.output(Step.LOSS)).isBetween(-1.0, 1.0);
      collapse(rig);
      rig.write("projection.4.weight", old -> new float[old.length]);
      rig.write("projection.4.bias", old -> filled(old.length, 0.5f));
      rig.write("projection.6.weight", old -> filled(old.length, 0.5f));
      assertThat(rig.output(Step.LOSS)).isZero();
    }
  }

  /** Embeddings may be of any length. */
  @Test
  void lengthsDoNotMatter() {
    for (Method method : List.of(new Mocov2(), new Byol())) {
      String layer = method instanceof Byol ? "prediction.3.weight" : "projection.2.weight";
      try (StepRig rig = Trials.rig(method, Trials.setup(method))) {
        if (method instanceof Mocov2) {
          rig.write("projection.2.bias", old -> new float[old.length]);
        }
        double before = rig.output(Step.LOSS);
        rig.scalar("momentum", 1);
        double frozen = rig.output(Step.LOSS);
        rig.write(layer, old -> times(old, 3));
        assertThat(rig.output(Step.LOSS)).isCloseTo(frozen, within(1e-5));
        assertThat(before).isFinite();
      }
    }
  }

  private static float[] times(float[] values, float factor) {
    float[] scaled = values.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return scaled;
  }

  /** Keys are the same in whichever groups they are computed, as long as there is no BN. */
  @Test
  void groupsOfKeysComeBackInOrder() {
    Method method = new Mocov2();
    double[] losses = new double[2];
    for (int i = 0; i < 2; i++) {
      try (StepRig rig =
          Trials.rig(method, Trials.setup(method, "key-groups=" + (i == 0 ? 1 : 3)))) {
        losses[i] = rig.output(Step.LOSS);
        rig.train(0);
        Map<String, Value> after = rig.snapshot();
        assertThat(Tensors.floats(after.get("queue.rows"))).hasSize(5 * Trials.QUEUE);
      }
    }
    assertThat(losses[1]).isCloseTo(losses[0], within(1e-6));
  }
}
