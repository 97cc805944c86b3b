package juxta.plugin.fba;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import juxta.testkit.Graphs;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** How often what is drawn. */
class SliceDrawsTest {
  private static final int N = 8000;
  private static final int SLICES = 5;

  /** Rows of slice, across, mirrorX, mirrorY, degrees. */
  private static float[][] draws() {
    int[][] extents = new int[N][];
    Arrays.fill(extents, new int[] {9, 7, SLICES});
    float[] flat =
        Graphs.floats(
            scope -> {
              SliceDraws draws = SliceDraws.of(scope, scope.tf().constant(extents));
              List<Operand<TFloat32>> columns =
                  List.<Operand<? extends TType>>of(
                          draws.slice(),
                          draws.across(),
                          draws.mirrorX(),
                          draws.mirrorY(),
                          draws.degrees())
                      .stream()
                      .<Operand<TFloat32>>map(
                          x ->
                              scope
                                  .tf()
                                  .reshape(
                                      scope.tf().dtypes.cast(x, TFloat32.class), scope.ints(N, 1)))
                      .toList();
              return scope.tf().concat(columns, scope.tf().constant(1));
            });
    float[][] rows = new float[N][];
    for (int i = 0; i < N; i++) {
      rows[i] = Arrays.copyOfRange(flat, 5 * i, 5 * i + 5);
    }
    return rows;
  }

  @Test
  void branchesAreAsFrequentAsTheyShall() {
    Map<String, Integer> counts = new HashMap<>();
    int[] slices = new int[SLICES];
    Set<Integer> degrees = new HashSet<>();
    for (float[] row : draws()) {
      slices[(int) row[0]]++;
      String branch =
          (row[1] > 0 ? "across" : "") + (row[2] > 0 ? "x" : "") + (row[3] > 0 ? "y" : "");
      if (row[4] != 0) {
        assertThat(branch).isEmpty(); // either or
        degrees.add((int) row[4]);
        branch = "rotated";
      }
      counts.merge(branch, 1, Integer::sum);
    }
    assertThat(counts).containsOnlyKeys("", "rotated", "x", "y", "across", "acrossxy");
    // tolerances are four standard deviations
    for (String reflection : List.of("x", "y", "across", "acrossxy")) {
      assertThat(counts.get(reflection)).as(reflection).isBetween(N / 8 - 120, N / 8 + 120);
    }
    int rotated = N / 4 * 39 / 40; // a rotation by 0 looks like none
    assertThat(counts.get("rotated")).isBetween(rotated - 155, rotated + 155);
    for (int count : slices) {
      assertThat(count).isBetween(N / SLICES - 145, N / SLICES + 145);
    }
    Set<Integer> allowed = new HashSet<>();
    for (int d = -20; d <= 19; d++) {
      if (d != 0) {
        allowed.add(d);
      }
    }
    assertThat(degrees).isEqualTo(allowed); // none beyond, and each of 50 times on average
  }
}
