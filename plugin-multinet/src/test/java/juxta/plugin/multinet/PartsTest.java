package juxta.plugin.multinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import juxta.testkit.Graphs;
import juxta.toolkit.discrimination.Parts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images in parts, and combinations of parts. */
class PartsTest {
  private static float[] random(int size) {
    Random random = new Random(size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** The parts, put back column by column and from top to bottom, are the images. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void partsMakeUpTheImage(int splits) {
    int b = 2;
    int side = 12;
    int h = side / splits;
    float[] images = random(b * side * side * 3);
    float[] parts =
        Graphs.all(
                scope ->
                    List.of(
                        new Parts(splits, 1)
                            .cut(
                                scope,
                                scope
                                    .tf()
                                    .reshape(
                                        scope.tf().constant(images),
                                        scope.ints(b, side, side, 3)))))
            .get(0);
    float[] whole = new float[images.length];
    for (int column = 0, at = 0; column < splits; column++) {
      for (int row = 0; row < splits; row++) {
        for (int image = 0; image < b; image++) {
          for (int y = row * h; y < (row + 1) * h; y++) {
            for (int x = column * h; x < (column + 1) * h; x++) {
              for (int c = 0; c < 3; c++) {
                whole[((image * side + y) * side + x) * 3 + c] = parts[at++];
              }
            }
          }
        }
      }
    }
    assertThat(parts).hasSameSizeAs(images);
    assertThat(whole).containsExactly(images);
  }

  @Test
  void quartersArePairedInSixWays() {
    assertThat(new Parts(2, 2).combinations())
        .containsExactly(
            List.of(0, 1),
            List.of(0, 2),
            List.of(0, 3),
            List.of(1, 2),
            List.of(1, 3),
            List.of(2, 3));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 1, 4", "2, 2, 6", "2, 3, 4", "2, 4, 1", "3, 2, 36", "3, 4, 126"})
  void combinationsAreAllSetsOfThatSize(int splits, int combined, int choices) {
    Parts parts = new Parts(splits, combined);
    List<List<Integer>> all = parts.combinations();
    assertThat(parts.choices()).isEqualTo(choices);
    assertThat(all).hasSize(choices).doesNotHaveDuplicates();
    for (List<Integer> set : all) {
      assertThat(set).hasSize(combined).isSorted().allMatch(i -> i >= 0 && i < parts.count());
      assertThat(new HashSet<>(set)).hasSize(combined);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "2, 2", "2, 3", "2, 4", "3, 2"})
  void combinedFeaturesAreMeansOfTheirParts(int splits, int combined) {
    Parts parts = new Parts(splits, combined);
    int b = 3;
    int width = 4;
    double[][] v = Plain.rows(random(parts.count() * b * width), width); // part by part
    double[][] found =
        Plain.rows(
            Graphs.all(scope -> List.of(parts.combine(scope, Trials.tensor(scope, v), width)))
                .get(0),
            width);
    List<List<Integer>> all = parts.combinations();
    assertThat(found).hasDimensions(all.size() * b, width);
    double[][] meanOfAll = new double[b][width];
    double[][] meanOfParts = new double[b][width];
    for (int image = 0; image < b; image++) {
      for (int c = 0; c < width; c++) {
        for (int j = 0; j < all.size(); j++) {
          double mean = 0;
          for (int part : all.get(j)) {
            mean += v[part * b + image][c] / combined;
          }
          assertThat(found[j * b + image][c]).isCloseTo(mean, within(1e-6));
          meanOfAll[image][c] += found[j * b + image][c] / all.size();
        }
        for (int part = 0; part < parts.count(); part++) {
          meanOfParts[image][c] += v[part * b + image][c] / parts.count();
        }
        assertThat(meanOfAll[image][c]).isCloseTo(meanOfParts[image][c], within(1e-6));
      }
    }
  }
}
