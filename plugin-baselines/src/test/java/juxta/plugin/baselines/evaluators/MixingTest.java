package juxta.plugin.baselines.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.image.RandAugment;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

class MixingTest {
  private static final int DRAWS = 20_000;

  /** Smoothing: 0.9 + 0.1 / 4 for the class, 0.1 / 4 for the others. */
  @Test
  void targetsAreSmoothedAndThenMixed() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      Ops tf = builder.root().tf();
      Operand<TFloat32> smooth =
          Mixing.smoothed(builder.root(), tf.constant(new int[] {1, 3}), 4, 0.1);
      // a fifth of the pixels, and of the others a tenth, is the partner's: 0.8 * 0.9 is its own
      Operand<TFloat32> weight =
          tf.constant(new float[][][][] {{{{0.9f}, {0.9f}, {0.9f}, {0.9f}, {0f}}}});
      Operand<TFloat32> mixed = Mixing.targets(builder.root(), smooth, weight);
      Operand<TFloat32> images =
          Mixing.images(
              builder.root(),
              tf.constant(
                  new float[][][][] {
                    {{{1}, {1}, {1}, {1}, {1}}}, {{{11}, {11}, {11}, {11}, {21}}}
                  }),
              weight);
      try (GraphSession session = new GraphSession(builder)) {
        var found = session.values(Map.of(), List.of(smooth, mixed, images), List.of());
        assertThat(Tensors.floats(found.get(0)))
            .containsExactly(
                new float[] {.025f, .925f, .025f, .025f, .025f, .025f, .025f, .925f},
                within(1e-6f));
        // .72 * .925 + .28 * .025 = .673; .28 * .925 + .72 * .025 = .277
        assertThat(Tensors.floats(found.get(1)))
            .containsExactly(
                new float[] {.025f, .673f, .025f, .277f, .025f, .277f, .025f, .673f},
                within(1e-6f));
        assertThat(Tensors.floats(found.get(2)))
            .containsExactly(new float[] {2, 2, 2, 2, 21, 10, 10, 10, 10, 1}, within(1e-5f));
      }
    }
  }

  /** A box of the middle half of the height and the left half of the width. */
  @Test
  void pixelsWhoseMiddleIsInTheBoxAreThePartners() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      Operand<TFloat32> weight = Mixing.weight(builder.root(), 4, 3);
      try (GraphSession session = new GraphSession(builder)) {
        session.scalar("mix-share", 1);
        session.scalar("mix-top", .25);
        session.scalar("mix-bottom", .75);
        session.scalar("mix-left", 0);
        session.scalar("mix-right", .5); // the middle of the second column is not inside
        assertThat(Tensors.floats(session.values(Map.of(), List.of(weight), List.of()).get(0)))
            .containsExactly(1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1);
      }
    }
  }

  /** Beta(0.8, 0.8) has the variance 1 / (4 (2 * 0.8 + 1)), Beta(1, 1) is uniform. */
  @Test
  void sharesAreDrawnFromBeta() {
    double sum = 0;
    double squares = 0;
    double areas = 0;
    for (long step = 0; step < DRAWS; step++) {
      double share = new Mixing(0.8, 0, 3).at(step).share();
      sum += share;
      squares += (share - 0.5) * (share - 0.5);
      Mixing.Draw box = new Mixing(0, 1, 3).at(step);
      assertThat(box.share()).isEqualTo(1);
      areas += (box.bottom() - box.top()) * (box.right() - box.left());
    }
    assertThat(sum / DRAWS).isCloseTo(0.5, within(0.01));
    assertThat(squares / DRAWS).isCloseTo(1 / (4 * 2.6), within(0.003));
    // of a square of the area a, uniform, with its middle anywhere: E (s - s^2 / 4)^2, s^2 = a,
    // is 1/2 - 2 * 2/5 / 4 + 1/3 / 16 = 0.3208
    assertThat(areas / DRAWS).isCloseTo(0.3208, within(0.01));
  }

  @Test
  void whereBothAreOnHalfOfTheStepsCutBoxes() {
    Mixing both = new Mixing(0.8, 1, 3);
    int boxes = 0;
    for (long step = 0; step < 2000; step++) {
      boxes += both.at(step).share() == 1 ? 1 : 0;
      assertThat(both.at(step)).isEqualTo(new Mixing(0.8, 1, 3).at(step));
    }
    assertThat(boxes).isBetween(900, 1100);
    assertThat(new Mixing(0, 0, 3).schedules()).isEmpty();
    assertThat(both.schedules().get("mix-share").at(7, List.of())).isEqualTo(both.at(7).share());
  }

  /** An image of which every pixel tells its place. */
  @Test
  void smallImagesAreShiftedAndMirrored() {
    int side = 6;
    int batch = 400;
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      Ops tf = builder.root().tf();
      int[] pixels = new int[batch * side * side];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = 1 + i % (side * side);
      }
      Operand<TUint8> images =
          tf.dtypes.cast(
              tf.reshape(tf.constant(pixels), tf.constant(new int[] {batch, side, side, 1})),
              TUint8.class);
      Dataset data = Clusters.of(2, 2, 1, 8, 4);
      Batch seen =
          TuningViews.SHIFT.of(
              new FakeEvaluation(data, Map.of()),
              builder.root(),
              Batch.of(Field.IMAGE, images),
              RandAugment.NONE);
      Operand<TFloat32> moved = tf.dtypes.cast(seen.bytes(Field.IMAGE), TFloat32.class);
      try (GraphSession session = new GraphSession(builder)) {
        float[] found = Tensors.floats(session.values(Map.of(), List.of(moved), List.of()).get(0));
        Set<String> places = new LinkedHashSet<>();
        for (int b = 0; b < batch; b++) {
          places.add(place(found, b, side));
        }
        // 9 shifts along each axis, mirrored or not; 400 draws of 162
        assertThat(places).hasSizeBetween(130, 162);
      }
    }
  }

  /** Which shift explains all pixels of an image; fails if none does. */
  private static String place(float[] found, int image, int side) {
    for (int flip = 0; flip < 2; flip++) {
      for (int dy = -4; dy <= 4; dy++) {
        for (int dx = -4; dx <= 4; dx++) {
          boolean fits = true;
          for (int y = 0; y < side && fits; y++) {
            for (int x = 0; x < side && fits; x++) {
              int row = y + dy;
              int column = (flip == 1 ? side - 1 - x : x) + dx;
              boolean inside = row >= 0 && row < side && column >= 0 && column < side;
              float expected = inside ? 1 + row * side + column : 0;
              fits = found[(image * side + y) * side + x] == expected;
            }
          }
          if (fits) {
            return flip + " " + dy + " " + dx;
          }
        }
      }
    }
    throw new AssertionError("image " + image + " is no shift");
  }
}
