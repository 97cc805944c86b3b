package juxta.plugin.patchmix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import juxta.api.GraphScope;
import juxta.api.UserException;
import juxta.testkit.Conformance;
import juxta.testkit.Graphs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class MixingTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void patchesComeFromTheImagesOfTheReference(int images) {
    JsonNode file = Conformance.read("patchmix_m" + images);
    Coded coded = new Coded(file.at("/inputs/batch").asInt(), 4, 2);
    Mixing mixing = new Mixing(images, 2, coded.batch());
    int[] permutation = Conformance.ints(file.at("/inputs/permutation"));

    int[][] sources =
        coded.sources(1, (scope, x) -> mixing.mix(scope, x, scope.tf().constant(permutation)));

    assertThat(Arrays.stream(sources).flatMapToInt(Arrays::stream).toArray())
        .containsExactly(Conformance.ints(file.at("/expected/source_image")));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void targetsAreThoseOfTheReference(int images) {
    JsonNode file = Conformance.read("patchmix_m" + images);
    Mixing mixing = new Mixing(images, 2, file.at("/inputs/batch").asInt());

    close(
        Graphs.floats(mixing::toOriginals),
        Conformance.numbers(file.at("/expected/mix_to_origin")),
        1e-6);
    close(
        Graphs.floats(mixing::toMixed), Conformance.numbers(file.at("/expected/mix_to_mix")), 1e-6);
  }

  @Test
  void oneImageIsLeftAsItIs() {
    Coded coded = new Coded(3, 5, 2);
    Mixing mixing = new Mixing(1, 2, 3);

    int[][] sources = coded.sources(4, mixing::mix);
    for (int g = 0; g < 3; g++) {
      assertThat(sources[g]).containsOnly(g);
    }
    assertThat(Graphs.floats(mixing::toOriginals)).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
    assertThat(Graphs.floats(mixing::toMixed)).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
  }

  @Test
  void noPatchIsLostAndNoneMoves() {
    Random random = new Random(7);
    for (int trial = 0; trial < 60; trial++) {
      int batch = 1 + random.nextInt(9);
      int across = 1 + random.nextInt(7);
      int images = 1 + random.nextInt(Math.min(batch, across * across)); // also B < 2M - 1
      Coded coded = new Coded(batch, across, 1 + random.nextInt(3));
      Mixing mixing = new Mixing(images, coded.patch(), batch);

      int[][] sources = coded.sources(trial, mixing::mix);

      String what = "M = " + images + ", B = " + batch + ", T = " + across * across;
      int chunk = coded.patches() / images;
      int tail = coded.patches() - images * chunk;
      for (int t = 0; t < coded.patches(); t++) {
        int position = t;
        assertThat(IntStream.range(0, batch).map(g -> sources[g][position]).boxed())
            .as(what)
            .containsExactlyInAnyOrderElementsOf(IntStream.range(0, batch).boxed().toList());
      }
      for (int g = 0; g < batch; g++) {
        int[] counts = new int[batch];
        Arrays.stream(sources[g]).forEach(source -> counts[source]++);
        int[] expected = new int[batch];
        for (int j = 0; j < images; j++) {
          expected[(g + j) % batch] = chunk;
        }
        expected[g] += tail;
        assertThat(counts).as(what).containsExactly(expected);
      }
    }
  }

  @Test
  void allImagesOfABatchAreMixedAlikeAndEachCallDrawsAnew() {
    Coded coded = new Coded(4, 6, 2);
    Mixing mixing = new Mixing(2, 2, 4);

    int[][] both =
        new Coded(8, 6, 2)
            .sources(
                Graphs.floats(
                    scope -> {
                      Operand<TFloat32> x = coded.images(scope);
                      return scope
                          .tf()
                          .concat(
                              List.of(mixing.mix(scope, x), mixing.mix(scope, x)),
                              scope.tf().constant(0));
                    }));

    List<int[]> offsets = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int image = i % 4;
      offsets.add(Arrays.stream(both[i]).map(s -> (s - image + 4) % 4).toArray());
    }
    for (int i = 0; i < 4; i++) {
      assertThat(offsets.get(i)).containsExactly(offsets.get(0));
      assertThat(offsets.get(4 + i)).containsExactly(offsets.get(4));
    }
    assertThat(offsets.get(4)).isNotEqualTo(offsets.get(0));
  }

  @Test
  void targetsAreCirculantWithUnitRowsAndColumns() {
    for (int batch = 1; batch <= 9; batch++) {
      for (int images = 1; images <= batch; images++) {
        Mixing mixing = new Mixing(images, 2, batch);
        float[] mo = Graphs.floats(mixing::toOriginals);
        float[] mm = Graphs.floats(mixing::toMixed);
        for (float[] w : List.of(mo, mm)) {
          for (int g = 0; g < batch; g++) {
            double row = 0;
            double column = 0;
            for (int c = 0; c < batch; c++) {
              row += w[g * batch + c];
              column += w[c * batch + g];
              assertThat(w[g * batch + c])
                  .isCloseTo(w[(g + 1) % batch * batch + (c + 1) % batch], within(1e-6f));
            }
            assertThat(row).isCloseTo(1, within(1e-6));
            assertThat(column).isCloseTo(1, within(1e-6));
          }
        }
        close(mm, selfProduct(mo, batch), 1e-6);
        if (batch >= 2 * images - 1) { // otherwise mixed images meet again around the end
          assertThat(mm[0]).isCloseTo(1f / images, within(1e-6f));
        }
      }
    }
  }

  /** Four images, three of them mixed: the released scatter makes rows of 0.889 here. */
  @Test
  void targetsOfSmallBatchesKeepTheirMass() {
    assertThat(Arrays.copyOf(Graphs.floats(new Mixing(3, 2, 4)::toMixed), 4))
        .containsExactly(new float[] {3 / 9f, 2 / 9f, 2 / 9f, 2 / 9f}, within(1e-6f));
  }

  @Test
  void smoothingKeepsRowSums() {
    Mixing mixing = new Mixing(2, 2, 5);

    float[] smooth = Graphs.floats(scope -> Mixing.smooth(scope, mixing.toOriginals(scope), 0.1));

    for (int g = 0; g < 5; g++) {
      for (int c = 0; c < 5; c++) {
        boolean on = c == g || c == (g + 1) % 5;
        assertThat(smooth[5 * g + c]).isCloseTo((on ? 0.45f : 0) + 0.02f, within(1e-6f));
      }
    }
  }

  @Test
  void whatCannotBeMixedIsRefused() {
    assertThatThrownBy(() -> new Mixing(4, 2, 3))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("images-mixed: 4")
        .hasMessageContaining("batch of 3");
    assertThatThrownBy(() -> mix(new Mixing(2, 3, 3), 8))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("side 8")
        .hasMessageContaining("side 3");
    assertThatThrownBy(() -> mix(new Mixing(2, 8, 3), 8))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1 patches");
  }

  private static void mix(Mixing mixing, int side) {
    Graphs.floats(scope -> mixing.mix(scope, zeros(scope, side)));
  }

  private static Operand<TFloat32> zeros(GraphScope scope, int side) {
    return scope.tf().zeros(scope.ints(3, side, side, 3), TFloat32.class);
  }

  private static double[] selfProduct(float[] w, int n) {
    double[] product = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          product[i * n + j] += (double) w[i * n + k] * w[j * n + k];
        }
      }
    }
    return product;
  }

  private static void close(float[] found, double[] expected, double tolerance) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(tolerance));
    }
  }
}
