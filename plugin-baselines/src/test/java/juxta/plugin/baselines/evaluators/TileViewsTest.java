package juxta.plugin.baselines.evaluators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.Field;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

class TileViewsTest {
  private static final int L = 12;
  private static final int B = 16;

  /** Four quarters of classes 0, 1, 2 and none, as bright as 60 times the class. */
  private static int quarter(int pixel) {
    int y = pixel / L;
    int x = pixel % L;
    int quarter = (y < L / 2 ? 0 : 2) + (x < L / 2 ? 0 : 1);
    return quarter == 3 ? Field.IGNORED : quarter;
  }

  private record Views(float[] image, float[] mask) {}

  private static Views views(long step, int side) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      Ops tf = builder.root().tf();
      int[] images = new int[B * L * L * 3];
      int[] masks = new int[B * L * L];
      for (int i = 0; i < masks.length; i++) {
        masks[i] = quarter(i % (L * L));
        for (int c = 0; c < 3; c++) {
          images[3 * i + c] = masks[i] == Field.IGNORED ? 240 : 30 + 60 * masks[i];
        }
      }
      Operand<TUint8> image = bytes(tf, images, B, L, L, 3);
      TileViews views = TileViews.random(builder.root(), image, bytes(tf, masks, B, L, L), side);
      Operand<TFloat32> mask = tf.dtypes.cast(views.mask(), TFloat32.class);
      assertThat(views.image().shape().asArray()).endsWith(side, side, 3);
      assertThat(mask.shape().asArray()).endsWith(side, side);
      try (GraphSession session = new GraphSession(builder)) {
        session.step(step);
        var found = session.values(Map.of(), List.of(views.image(), mask), List.of());
        return new Views(Tensors.floats(found.get(0)), Tensors.floats(found.get(1)));
      }
    }
  }

  private static Operand<TUint8> bytes(Ops tf, int[] values, int... shape) {
    return tf.dtypes.cast(tf.reshape(tf.constant(values), tf.constant(shape)), TUint8.class);
  }

  /** Colours change a little, but never so much that one quarter looks like another. */
  @Test
  void imageAndMaskMoveAlike() {
    for (int side : new int[] {12, 24}) {
      Views views = views(3, side);
      int wrong = 0;
      for (int i = 0; i < views.mask.length; i++) {
        float grey = (views.image[3 * i] + views.image[3 * i + 1] + views.image[3 * i + 2]) / 3;
        int seen = Math.round((grey * 255 - 30) / 60);
        int expected = views.mask[i] == Field.IGNORED ? 4 : (int) views.mask[i];
        wrong += Math.abs(seen - expected) > (expected == 4 ? 1 : 0) ? 1 : 0;
      }
      // pixels at the borders of quarters are mixed of two
      assertThat((double) wrong / views.mask.length).isLessThan(0.2);
      assertThat(views.mask).containsOnly(0, 1, 2, Field.IGNORED);
    }
  }

  @Test
  void allEightTurnsAndReflectionsComeUp() {
    Set<List<Integer>> corners = new HashSet<>();
    for (long step = 0; step < 4; step++) {
      Views views = views(step, L);
      for (int b = 0; b < B; b++) {
        int first = b * L * L;
        corners.add(
            List.of(
                (int) views.mask[first],
                (int) views.mask[first + L - 1],
                (int) views.mask[first + L * (L - 1)]));
      }
    }
    assertThat(corners).hasSize(8);
    assertThat(views(1, L).mask).isEqualTo(views(1, L).mask).isNotEqualTo(views(2, L).mask);
  }

  @Test
  void wholeTilesAreResizedWithoutBeingMoved() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      Ops tf = builder.root().tf();
      int[] pixels = new int[L * L];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = 10 * (i % L) + (i / L);
      }
      Operand<TUint8> image = bytes(tf, pixels, 1, L, L, 1);
      Operand<TFloat32> same = TileViews.whole(builder.root(), image, L);
      Operand<TFloat32> half = TileViews.whole(builder.root(), image, L / 2);
      assertThat(half.shape().asArray()).endsWith(L / 2, L / 2, 1);
      try (GraphSession session = new GraphSession(builder)) {
        var found = session.values(Map.of(), List.of(same, half), List.of());
        float[] all = Tensors.floats(found.get(0));
        float[] less = Tensors.floats(found.get(1));
        for (int i = 0; i < all.length; i++) {
          assertThat(all[i] * 255)
              .isCloseTo(pixels[i], org.assertj.core.api.Assertions.within(1e-3f));
        }
        // of a ramp every inner pixel is the mean of the four that it covers
        for (int y = 1; y < L / 2 - 1; y++) {
          for (int x = 1; x < L / 2 - 1; x++) {
            assertThat(less[y * L / 2 + x] * 255)
                .isCloseTo(
                    10 * (2 * x + 0.5f) + 2 * y + 0.5f,
                    org.assertj.core.api.Assertions.within(0.1f));
          }
        }
      }
    }
  }
}
