package juxta.plugin.medcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.View;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;

class ReconstructionTest {
  /** What the evaluator averages: computed again here, from the image and the view. */
  @Test
  void theErrorOfAnImageIsTheMeanSquareOfItsDifference() {
    Design design =
        Design.of(FakeSetup.of(Blobs.of(4), 4, "latent=5", "decoder-width=4", "clusters=2"), true);
    float[] image = output(design, Field.IMAGE);
    float[] view = output(design, Functions.VIEW);
    float[] error = output(design, Functions.ERROR);
    int length = view.length / 4;
    assertThat(error).hasSize(4);
    for (int i = 0; i < 4; i++) {
      double sum = 0;
      for (int j = i * length; j < (i + 1) * length; j++) {
        sum += (image[j] - view[j]) * (image[j] - view[j]);
      }
      assertThat(error[i]).isCloseTo((float) (sum / length), within(1e-6f));
    }
    float[] seen =
        Graphs.floats(
            scope ->
                design
                    .setup()
                    .view(
                        scope,
                        Batch.of(
                            Field.IMAGE, Trials.images(scope, design.setup().data().train(), 4)),
                        View.EVALUATION)
                    .image());
    assertThat(view).containsExactly(seen);
  }

  private static float[] output(Design design, String output) {
    ModelFunction reconstruct =
        Functions.of(design).stream()
            .filter(function -> function.name().equals(ModelFunction.RECONSTRUCT))
            .findFirst()
            .orElseThrow();
    return Tensors.floats(
        Graphs.value(
            Map.of(),
            scope ->
                reconstruct
                    .body()
                    .apply(
                        scope,
                        Batch.of(
                            Field.IMAGE, Trials.images(scope, design.setup().data().train(), 4)))
                    .get(output)));
  }
}
