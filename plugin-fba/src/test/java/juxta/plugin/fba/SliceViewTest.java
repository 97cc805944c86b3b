package juxta.plugin.fba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.api.View;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Every voxel holds its own number, so that a view tells where each of its pixels came from. */
class SliceViewTest {
  private static final DataSummary SUMMARY =
      new DataSummary("test", DataKind.VOLUMES, List.of(), Map.of("train", 1), 4);

  /** Scans and masks of one draw. */
  private record Shown(float[] scan, float[] mask) {}

  /** Number of a voxel, from 1. */
  private static int number(int x, int y, int z) {
    return 1 + (x * 256 + y) * 16 + z;
  }

  /** The label of the voxel with this number; 0 where a view shows nothing. */
  private static int label(int number) {
    return number == 0 ? 0 : 1 + number % 251;
  }

  private static Settings size(int size) {
    return Settings.of(Map.of("size", Integer.toString(size)));
  }

  /** Views of as many copies of a scan; what is stored beyond the real lengths is -1. */
  private static Shown draw(int[] stored, int[] extent, int n, int size, long step) {
    int voxels = stored[0] * stored[1] * stored[2];
    float[] scan = new float[n * voxels];
    int[] mask = new int[n * voxels];
    int[][] extents = new int[n][];
    for (int i = 0; i < scan.length; i++) {
      int z = i % stored[2];
      int y = i / stored[2] % stored[1];
      int x = i / stored[2] / stored[1] % stored[0];
      boolean real = x < extent[0] && y < extent[1] && z < extent[2];
      scan[i] = real ? number(x, y, z) : -1;
      mask[i] = real ? label(number(x, y, z)) : 255;
      extents[i / voxels] = extent;
    }
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      GraphScope scope = builder.root();
      Ops tf = scope.tf();
      Batch batch =
          new Batch(
              Map.of(
                  Field.VOLUME,
                  Graphs.tensor(scope, scan, n, stored[0], stored[1], stored[2], 1),
                  Field.MASK,
                  tf.dtypes.cast(
                      tf.reshape(tf.constant(mask), scope.ints(n, stored[0], stored[1], stored[2])),
                      TUint8.class),
                  "extent",
                  tf.constant(extents)));
      Batch seen = new SliceView().apply(scope, batch, View.global(0), SUMMARY, size(size));
      assertThat(seen.floats(Field.VOLUME).shape().asArray()).containsExactly(n, size, size, 1, 1);
      assertThat(seen.bytes(Field.MASK).shape().asArray()).containsExactly(n, size, size, 1);
      Operand<TFloat32> shownMask = tf.dtypes.cast(seen.bytes(Field.MASK), TFloat32.class);
      try (GraphSession session = new GraphSession(builder)) {
        session.step(step);
        return new Shown(session.floats(seen.floats(Field.VOLUME)), session.floats(shownMask));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "12, 10, 6, 9, 7, 4, 48, 32",
    "12, 10, 6, 12, 10, 6, 48, 16",
    "96, 150, 3, 92, 144, 2, 2, 256"
  })
  void viewsShowOneRealSliceWithItsMask(
      int sx, int sy, int sz, int ex, int ey, int ez, int n, int size) {
    Shown shown = draw(new int[] {sx, sy, sz}, new int[] {ex, ey, ez}, n, size, 3);
    Set<Integer> slices = new HashSet<>();
    int perView = size * size;
    for (int view = 0; view < n; view++) {
      Set<Integer> here = new HashSet<>();
      for (int i = view * perView; i < (view + 1) * perView; i++) {
        int found = (int) shown.scan()[i];
        assertThat(shown.mask()[i]).isEqualTo(label(found));
        assertThat(found).isNotNegative(); // nothing stored beyond the real lengths
        if (found > 0) {
          here.add((found - 1) % 16);
        }
      }
      assertThat(here).hasSize(1);
      slices.addAll(here);
    }
    if (n > 10) {
      assertThat(slices).hasSize(ez);
    }
  }

  @Test
  void viewsAreTheSameWithTheSameSeed() {
    int[] lengths = {9, 7, 4};
    float[] first = draw(lengths, lengths, 8, 16, 5).scan();
    assertThat(draw(lengths, lengths, 8, 16, 5).scan()).isEqualTo(first);
    assertThat(draw(lengths, lengths, 8, 16, 6).scan()).isNotEqualTo(first);
  }

  /** Each turn by quarters with each flip, done one after the other, is one of the reflections. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, false, true, false",
    "0, 1, false, false, true",
    "1, 0, true, false, false",
    "1, 1, true, true, true",
    "2, 0, false, false, true",
    "2, 1, false, true, false",
    "3, 0, true, true, true",
    "3, 1, true, false, false"
  })
  void turnsAndFlipsAreReflections(
      int quarters, int axis, boolean across, boolean mirrorX, boolean mirrorY) {
    int[][] slice = new int[9][7];
    for (int x = 0; x < 9; x++) {
      for (int y = 0; y < 7; y++) {
        slice[x][y] = x * 7 + y;
      }
    }
    int[][] turned = slice;
    for (int k = 0; k < quarters; k++) {
      turned = quarter(turned);
    }
    turned = axis == 0 ? flipped(turned) : transposed(flipped(transposed(turned)));
    int[][] expected = new int[16][16];
    for (int i = 0; i < 16; i++) {
      for (int j = 0; j < 16; j++) {
        expected[i][j] = turned[nearest(i, turned.length)][nearest(j, turned[0].length)];
      }
    }
    assertThat(map(9, 7, across, mirrorX, mirrorY, 0)).isDeepEqualTo(expected);
  }

  /** Against the clock, seen with the first axis downwards. */
  private static int[][] quarter(int[][] m) {
    return flipped(transposed(m));
  }

  private static int[][] transposed(int[][] m) {
    int[][] t = new int[m[0].length][m.length];
    for (int x = 0; x < m.length; x++) {
      for (int y = 0; y < m[0].length; y++) {
        t[y][x] = m[x][y];
      }
    }
    return t;
  }

  private static int[][] flipped(int[][] m) {
    int[][] f = new int[m.length][];
    for (int x = 0; x < m.length; x++) {
      f[x] = m[m.length - 1 - x];
    }
    return f;
  }

  private static int nearest(int i, int n) {
    return (int) Math.floor(i * (n - 1) / 15.0 + 0.5);
  }

  @ParameterizedTest
  @ValueSource(ints = {-20, -7, 1, 19})
  void rotationsAreAboutTheCentre(int degrees) {
    double angle = Math.toRadians(degrees);
    int[][] expected = new int[16][16];
    int outside = 0;
    for (int i = 0; i < 16; i++) {
      for (int j = 0; j < 16; j++) {
        double dx = nearest(i, 41) - 20;
        double dy = nearest(j, 30) - 14.5;
        long x = Math.round(20 + Math.cos(angle) * dx + Math.sin(angle) * dy);
        long y = Math.round(14.5 - Math.sin(angle) * dx + Math.cos(angle) * dy);
        boolean inside = x >= 0 && x < 41 && y >= 0 && y < 30;
        expected[i][j] = inside ? (int) (x * 30 + y) : -1;
        outside += inside ? 0 : 1;
      }
    }
    assertThat(map(41, 30, false, false, false, degrees)).isDeepEqualTo(expected);
    assertThat(outside).isGreaterThan(Math.abs(degrees) > 5 ? 4 : -1);
  }

  /** Number of the pixel that each pixel of a view of 16 x 16 shows, -1 where it shows none. */
  private static int[][] map(
      int x, int y, boolean across, boolean mirrorX, boolean mirrorY, int degrees) {
    float[] found =
        Graphs.floats(
            scope -> {
              Ops tf = scope.tf();
              var shape = scope.ints(1, 1, 1);
              SliceDraws draws =
                  new SliceDraws(
                      tf.fill(shape, tf.constant(0)),
                      tf.fill(shape, tf.constant(across)),
                      tf.fill(shape, tf.constant(mirrorX)),
                      tf.fill(shape, tf.constant(mirrorY)),
                      tf.fill(shape, tf.constant(degrees)));
              SliceMap map =
                  SliceMap.of(
                      scope,
                      draws,
                      tf.constant(new int[][] {{x, y, 1}}),
                      scope.ints(1, x, y, 1),
                      16);
              return tf.select(
                  tf.math.greater(map.inside(), scope.constant(0)),
                  tf.dtypes.cast(map.voxels(), TFloat32.class),
                  scope.constant(-1));
            });
    int[][] square = new int[16][16];
    for (int i = 0; i < 256; i++) {
      square[i / 16][i % 16] = (int) found[i];
    }
    return square;
  }

  @Test
  void lengthsAreThoseOfOneSlice() {
    assertThat(new SliceView().lengths(View.Kind.GLOBAL, SUMMARY, Settings.DEFAULTS))
        .containsExactly(256, 256, 1);
    assertThatThrownBy(() -> new SliceView().lengths(View.Kind.GLOBAL, SUMMARY, size(250)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("size 250 is not a multiple of 16; pass 256");
  }

  @Test
  void whatIsScoredStaysAsItIs() {
    Trials.trained(
        scope -> {
          Batch batch = Batch.of(Field.VOLUME, scope.constant(0));
          assertThat(
                  new SliceView().apply(scope, batch, View.EVALUATION, SUMMARY, Settings.DEFAULTS))
              .isSameAs(batch);
          return batch;
        });
  }
}
