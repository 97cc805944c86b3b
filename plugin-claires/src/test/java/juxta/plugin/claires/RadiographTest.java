package juxta.plugin.claires;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import juxta.api.Batch;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Settings;
import juxta.api.View;
import juxta.testkit.Graphs;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TUint8;

class RadiographTest {
  private static final DataSummary SUMMARY = DataSummary.of(TinyFilms.of(4, 0, 4));
  private static final float[] MEAN = {.485f, .456f, .406f};
  private static final float[] DEVIATION = {.229f, .224f, .225f};

  /** One grey film of side 16, 200 in its left half and 40 in its right one, three channels. */
  private static float[] show(View view, String... settings) {
    Map<String, String> all = new java.util.TreeMap<>();
    for (String pair : settings) {
      all.put(pair.split("=")[0], pair.split("=")[1]);
    }
    return Graphs.floats(
        scope ->
            new Radiograph().apply(scope, film(scope), view, SUMMARY, Settings.of(all)).image());
  }

  private static Batch film(GraphScope scope) {
    int[] pixels = new int[16 * 16 * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i / 3 % 16 < 8 ? 200 : 40;
    }
    return Batch.of(
        Field.IMAGE,
        scope
            .tf()
            .dtypes
            .cast(
                scope.tf().reshape(scope.tf().constant(pixels), scope.ints(1, 16, 16, 3)),
                TUint8.class));
  }

  private static float normal(float grey, int channel) {
    return (grey / 255 - MEAN[channel]) / DEVIATION[channel];
  }

  @Test
  void whatIsUsedIsTheWholeFilmNormalised() {
    for (int side : new int[] {16, 8, 32}) {
      float[] shown = show(View.EVALUATION, "size=" + side);
      assertThat(shown).hasSize(side * side * 3);
      for (int c = 0; c < 3; c++) {
        assertThat(shown[3 * side * (side / 2) + c]).isCloseTo(normal(200, c), within(1e-4f));
        assertThat(shown[3 * side * (side / 2) + 3 * (side - 1) + c])
            .isCloseTo(normal(40, c), within(1e-4f));
      }
    }
  }

  @Test
  void nothingIsDrawnWhereEverythingIsOff() {
    assertThat(show(View.global(0), "size=16", "turn=0", "brightness=0", "contrast=0"))
        .containsExactly(show(View.EVALUATION, "size=16"), within(1e-5f));
  }

  /** In any of many views the bright half stays on the left, and greys stay near their own. */
  @Test
  void viewsAreNeverMirrored() {
    for (int i = 0; i < 12; i++) {
      float[] shown = show(View.global(i), "size=16");
      int row = 3 * 16 * 8;
      float left = shown[row + 3 * 3] * DEVIATION[0] + MEAN[0];
      float right = shown[row + 3 * 12] * DEVIATION[0] + MEAN[0];
      assertThat(left).isBetween(200 / 255f - 0.2f, 1f);
      assertThat(right).isBetween(0.05f, 0.3f);
    }
  }
}
