package juxta.plugin.fba;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.Settings;
import juxta.api.View;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Every voxel holds its own number, so that a patch tells where each of its voxels came from. */
class VolumeCropTest {
  private static final int[] STORED = {24, 20, 18};
  private static final DataSummary SUMMARY =
      new DataSummary("test", DataKind.VOLUMES, List.of(), Map.of("train", 1), 2);

  /** Scan and mask of one draw. */
  private record Patch(float[] scan, float[] mask) {}

  /** Number of a voxel, from 1; padding beyond the extent holds -1, which no patch may show. */
  private static float number(int[] extent, int x, int y, int z) {
    return x < extent[0] && y < extent[1] && z < extent[2] ? 1 + (x * 32 + y) * 32 + z : -1;
  }

  private static Patch draw(int[] extent, int[] patch, boolean turn, long step) {
    int n = STORED[0] * STORED[1] * STORED[2];
    float[] scan = new float[n];
    int[] mask = new int[n];
    for (int i = 0; i < n; i++) {
      int z = i % STORED[2];
      int y = i / STORED[2] % STORED[1];
      int x = i / STORED[2] / STORED[1];
      scan[i] = number(extent, x, y, z);
      mask[i] = (x + y + z) % 2;
    }
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      Ops tf = builder.root().tf();
      Batch batch =
          new Batch(
              Map.of(
                  Field.VOLUME,
                  Graphs.tensor(builder.root(), scan, 1, STORED[0], STORED[1], STORED[2], 1),
                  Field.MASK,
                  tf.dtypes.cast(
                      tf.reshape(
                          tf.constant(mask),
                          tf.constant(new int[] {1, STORED[0], STORED[1], STORED[2]})),
                      TUint8.class),
                  "extent",
                  tf.constant(new int[][] {extent})));
      Settings settings =
          Settings.of(
              Map.of(
                  "patch-x", Integer.toString(patch[0]),
                  "patch-y", Integer.toString(patch[1]),
                  "patch-z", Integer.toString(patch[2]),
                  "turn", Boolean.toString(turn)));
      Batch seen = new VolumeCrop().apply(builder.root(), batch, View.global(0), SUMMARY, settings);
      Operand<TFloat32> shownMask = tf.dtypes.cast(seen.bytes(Field.MASK), TFloat32.class);
      try (GraphSession session = new GraphSession(builder)) {
        session.step(step);
        return new Patch(session.floats(seen.floats(Field.VOLUME)), session.floats(shownMask));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"24, 20, 18, 16, 16, 16", "20, 19, 17, 16, 16, 16", "17, 20, 18, 16, 16, 16"})
  void patchesWithoutTurnsAreWhole(int ex, int ey, int ez, int px, int py, int pz) {
    Set<Float> corners = new HashSet<>();
    for (long step = 0; step < 12; step++) {
      Patch p = draw(new int[] {ex, ey, ez}, new int[] {px, py, pz}, false, step);
      int first = (int) p.scan()[0] - 1;
      corners.add(p.scan()[0]);
      for (int i = 0; i < p.scan().length; i++) {
        int expected = 1 + first + (i / pz / py * 32 + i / pz % py) * 32 + i % pz;
        assertThat(p.scan()[i]).isEqualTo(expected);
        assertThat(p.mask()[i]).isEqualTo(parity(expected));
      }
      assertThat(first / 1024).isBetween(0, ex - px - 1); // the last start is never drawn
      assertThat(first / 32 % 32).isBetween(0, ey - py - 1);
      assertThat(first % 32).isBetween(0, ez - pz - 1);
    }
    assertThat(corners.size()).isGreaterThan(ex + ey + ez > 55 ? 4 : 0);
  }

  private static float parity(int number) {
    int i = number - 1;
    return (i / 1024 + i / 32 % 32 + i % 32) % 2;
  }

  @Test
  void turnsAreReflections() {
    Set<List<Integer>> seen = new HashSet<>();
    for (long step = 0; step < 40; step++) {
      Patch p = draw(new int[] {24, 20, 18}, new int[] {16, 16, 16}, true, step);
      // where a step along x and a step along y of the patch lead in the scan
      int origin = (int) p.scan()[0];
      seen.add(List.of((int) p.scan()[16 * 16] - origin, (int) p.scan()[16] - origin));
      for (int i = 0; i < p.scan().length; i++) {
        assertThat(p.mask()[i]).isEqualTo(parity((int) p.scan()[i]));
      }
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            List.of(-1024, 32), List.of(1024, -32), List.of(32, 1024), List.of(-32, -1024));
  }

  @Test
  void shortAxesGetMarginsOfZeros() {
    int[] extent = {10, 20, 18};
    for (long step = 0; step < 8; step++) {
      Patch p = draw(extent, new int[] {16, 16, 16}, false, step);
      assertThat(IntStream.range(0, p.scan().length).mapToObj(i -> p.scan()[i]))
          .doesNotContain(-1f);
      long inside = IntStream.range(0, 16).filter(x -> row(p, x)).count();
      assertThat(inside).isEqualTo(10); // x is seen whole: the margin is 6, the start below 6
    }
  }

  private static boolean row(Patch p, int x) {
    return IntStream.range(0, 256).anyMatch(i -> p.scan()[x * 256 + i] != 0);
  }
}
