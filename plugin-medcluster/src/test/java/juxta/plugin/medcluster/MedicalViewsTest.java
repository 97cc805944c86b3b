package juxta.plugin.medcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import juxta.api.Batch;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.Settings;
import juxta.api.Value;
import juxta.api.View;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;

class MedicalViewsTest {
  private static Value view(Blobs data, View view, Map<String, String> settings) {
    return Graphs.value(
        Map.of(),
        scope ->
            new MedicalViews()
                .apply(
                    scope,
                    Batch.of(Field.IMAGE, Trials.images(scope, data.train(), data.size())),
                    view,
                    DataSummary.of(data),
                    Settings.of(settings))
                .image());
  }

  @Test
  void viewsHaveValuesFromZeroToOneInGreyAndColour() {
    for (int channels : new int[] {1, 3}) {
      Value made = view(new Blobs(6, 28, channels, 0), View.global(0), Map.of("noise", "0.5"));
      assertThat(made.shape()).containsExactly(6L, 32L, 32L, (long) channels);
      float[] values = Tensors.floats(made);
      assertThat(values).contains(0, 1); // so much noise that both limits are met
      for (float value : values) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void imagesAreShownWholeForEvaluation() {
    Blobs data = new Blobs(3, 32, 1, 0);
    float[] values = Tensors.floats(view(data, View.EVALUATION, Map.of()));
    int i = 0;
    for (int image = 0; image < 3; image++) {
      var pixels = data.train().value(Field.IMAGE, image).data();
      while (pixels.hasRemaining()) {
        assertThat(values[i++]).isCloseTo((pixels.get() & 0xff) / 255f, within(1e-6f));
      }
    }
  }

  @Test
  void nothingIsMirroredUnlessAskedFor() {
    Map<String, String> still =
        Map.of("crop-min", "1", "turn", "0", "light", "0", "noise", "0", "flip", "0");
    Blobs data = new Blobs(3, 32, 1, 0); // the first is bright on the left
    assertThat(leftIsBrighter(view(data, View.global(0), still))).isTrue();
    Map<String, String> mirrored = new java.util.HashMap<>(still);
    mirrored.put("flip", "1");
    assertThat(leftIsBrighter(view(data, View.global(0), mirrored))).isFalse();
    assertThat(leftIsBrighter(view(data, View.global(0), Map.of("crop-min", "1", "turn", "0"))))
        .isTrue();
  }

  private static boolean leftIsBrighter(Value views) {
    float[] values = Tensors.floats(views);
    double left = 0;
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 16; x++) {
        left += values[y * 32 + x] - values[y * 32 + 31 - x];
      }
    }
    return left > 0;
  }
}
