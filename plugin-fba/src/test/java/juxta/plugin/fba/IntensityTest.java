package juxta.plugin.fba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;

class IntensityTest {
  private static final int VOXELS = 4 * 4 * 2;

  /** What becomes of patches whose voxels are 0, 1, 2, ... deviations in a random order. */
  private static float[] changed(float[] patches, double strength, long step) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      var x = Graphs.tensor(builder.root(), patches, patches.length / VOXELS, 4, 4, 2, 1);
      var y = Intensity.changed(builder.root(), x, strength);
      try (GraphSession session = new GraphSession(builder)) {
        session.step(step);
        return session.floats(y);
      }
    }
  }

  private static float[] random(int patches) {
    Random random = new Random(3);
    float[] values = new float[patches * VOXELS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void theOrderOfIntensitiesStays() {
    float[] before = random(8);
    float[] after = changed(before, 1, 0);
    for (int patch = 0; patch < 8; patch++) {
      for (int i = 1; i < VOXELS; i++) {
        int at = patch * VOXELS + i;
        assertThat(Math.signum(after[at] - after[at - 1]))
            .isEqualTo(Math.signum(before[at] - before[at - 1]));
      }
    }
  }

  @Test
  void eachPatchAndEachStepHasItsOwnChange() {
    float[] one = random(1);
    float[] both = new float[2 * VOXELS];
    System.arraycopy(one, 0, both, 0, VOXELS);
    System.arraycopy(one, 0, both, VOXELS, VOXELS);
    float[] first = changed(both, 0.7, 0);
    assertThat(first[0]).isNotCloseTo(first[VOXELS], within(1e-3f));
    assertThat(changed(both, 0.7, 1)[0]).isNotCloseTo(first[0], within(1e-3f));
    assertThat(changed(both, 0.7, 0)).isEqualTo(first);
  }

  @Test
  void theEndsMoveNoFurtherThanTheStrengthAllows() {
    float[] before = random(64);
    float[] after = changed(before, 0.7, 0);
    double most = 0;
    for (int patch = 0; patch < 64; patch++) {
      double[] was = ends(before, patch);
      double[] is = ends(after, patch);
      double contrast = (is[1] - is[0]) / (was[1] - was[0]); // gamma leaves the ends alone
      double shift = is[0] - contrast * was[0];
      assertThat(Math.abs(Math.log(contrast) / Math.log(2))).isLessThan(0.35 + 1e-4);
      assertThat(Math.abs(shift)).isLessThan(0.35 + 1e-4);
      most = Math.max(most, Math.abs(shift));
    }
    assertThat(most).isGreaterThan(0.25);
  }

  private static double[] ends(float[] values, int patch) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = patch * VOXELS; i < (patch + 1) * VOXELS; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    return new double[] {low, high};
  }

  @Test
  void aPatchOfOneIntensityStaysFinite() {
    assertThat(changed(new float[VOXELS], 1, 0)).doesNotContain(Float.NaN);
  }
}
