package juxta.plugin.grass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which box is chosen; maps as large as the view are not changed by enlarging. */
class CropChoiceTest {
  private static final CropBox WHOLE = CropBox.whole(8);

  private static CropBox choose(float[] map) {
    return new CropChoice(8, 8, 8, 0.5).all(map).get(0);
  }

  /** Zeros, and some values at row, column. */
  private static float[] map(double... places) {
    float[] map = new float[64];
    for (int i = 0; i < places.length; i += 3) {
      map[(int) places[i] * 8 + (int) places[i + 1]] = (float) places[i + 2];
    }
    return map;
  }

  @Test
  void theBoxOfTheHigherPeakIsChosen() {
    float[] first = map(1, 1, 1, 1, 2, 0.9, 2, 1, 0.6, 5, 5, 0.8, 5, 6, 0.9);
    float[] second = map(1, 1, 0.8, 1, 2, 0.7, 5, 5, 0.8, 5, 6, 1, 6, 6, 0.6);
    assertThat(choose(first)).isEqualTo(new CropBox(1, 3, 1, 3));
    assertThat(choose(second)).isEqualTo(new CropBox(5, 7, 5, 7));
  }

  @Test
  void pixelsThatTouchAtACornerBelongTogether() {
    assertThat(choose(map(1, 1, 1, 2, 2, 0.9, 3, 1, 0.8))).isEqualTo(new CropBox(1, 4, 1, 3));
    assertThat(choose(map(1, 5, 1, 2, 4, 0.9, 3, 3, 0.8, 4, 2, 0.7)))
        .isEqualTo(new CropBox(1, 5, 2, 6));
    assertThat(choose(map(1, 1, 1, 1, 3, 0.9))).isEqualTo(new CropBox(1, 2, 1, 2));
  }

  @Test
  void ofEqualPeaksThePartThatBeginsLastIsTaken() {
    assertThat(choose(map(1, 6, 1, 4, 1, 1))).isEqualTo(new CropBox(4, 5, 1, 2));
    assertThat(choose(map(1, 6, 1, 1, 1, 1))).isEqualTo(new CropBox(1, 2, 6, 7));
  }

  /** A part that reaches round the peak of another has that peak in its box. */
  @Test
  void aPartCountsWithAllThatItsBoxHolds() {
    float[] round = new float[64];
    for (int i = 1; i < 6; i++) {
      round[i * 8 + 5] = 0.6f; // down from row 1, column 5
      round[5 * 8 + i] = 0.6f; // to the left
    }
    round[4 * 8 + 1] = 0.6f; // and up
    round[8 + 3] = 1; // begins earlier, in row 1, column 3
    assertThat(choose(round)).isEqualTo(new CropBox(1, 6, 1, 6));
    round[5] = 1; // now that part begins earlier
    assertThat(choose(round)).isEqualTo(new CropBox(1, 2, 3, 4));
  }

  @Test
  void flatMapsKeepTheView() {
    assertThat(choose(new float[64])).isEqualTo(WHOLE);
    float[] ones = new float[64];
    Arrays.fill(ones, 1);
    assertThat(choose(ones)).isEqualTo(WHOLE);
    Arrays.fill(ones, Float.NaN);
    assertThat(choose(ones)).isEqualTo(WHOLE);
  }

  @Test
  void theThresholdIsStrictAndBetweenLeastAndGreatest() {
    // from -1 to 1 the threshold is 0, and 0 is not above it
    assertThat(choose(map(0, 0, -1, 2, 2, 1))).isEqualTo(new CropBox(2, 3, 2, 3));
    assertThat(choose(map(0, 0, -1, 2, 2, 1, 2, 3, 1e-6))).isEqualTo(new CropBox(2, 3, 2, 4));
    // from -2 to 1 it is -0.5: all but one pixel
    assertThat(choose(map(0, 0, -2, 2, 2, 1))).isEqualTo(WHOLE);
  }

  @Test
  void atOneNothingIsAbove() {
    Random random = new Random(3);
    for (int repeat = 0; repeat < 50; repeat++) {
      float[] map = Plain.random(random.nextLong(), 9);
      assertThat(new CropChoice(3, 3, 20, 1).all(map)).containsExactly(CropBox.whole(20));
    }
  }

  @Test
  void mapsAreEnlargedBetweenTheirMiddles() {
    float[] large =
        Interpolation.enlarge(
            new float[] {9, 0, 4, 8, 12}, 1, Interpolation.of(2, 4), Interpolation.of(2, 8));
    assertThat(Arrays.copyOf(large, 8))
        .containsExactly(new float[] {0, 0, 0.5f, 1.5f, 2.5f, 3.5f, 4, 4}, within(1e-6f));
    assertThat(Arrays.copyOfRange(large, 8, 16))
        .containsExactly(new float[] {2, 2, 2.5f, 3.5f, 4.5f, 5.5f, 6, 6}, within(1e-6f));
    assertThat(large[31]).isEqualTo(12);
  }

  /** Against flooding, for maps of many shapes. */
  @Test
  void boxesAreThoseOfThePartsAndLieWithin() {
    Random random = new Random(1);
    int cropped = 0;
    for (int repeat = 0; repeat < 300; repeat++) {
      int h = 1 + random.nextInt(8);
      int w = 1 + random.nextInt(8);
      int side = 8 + random.nextInt(30);
      double ratio = random.nextDouble();
      CropChoice choice = new CropChoice(h, w, side, ratio);
      float[] maps = Plain.random(repeat, 3 * h * w);
      List<CropBox> boxes = choice.all(maps);
      assertThat(boxes).hasSize(3);
      for (int view = 0; view < 3; view++) {
        float[] a = choice.enlarged(maps, view);
        float min = (float) sorted(a)[0];
        float max = (float) sorted(a)[a.length - 1];
        List<CropBox> parts = Plain.parts(a, side, min + (float) ratio * (max - min));
        assertThat(Components.above(a, side, min + (float) ratio * (max - min))).isEqualTo(parts);
        CropBox box = boxes.get(view);
        assertThat(box.top()).isGreaterThanOrEqualTo(0).isLessThan(box.bottom());
        assertThat(box.left()).isGreaterThanOrEqualTo(0).isLessThan(box.right());
        assertThat(Math.max(box.bottom(), box.right())).isLessThanOrEqualTo(side);
        List<CropBox> best = parts.stream().filter(part -> has(a, side, part, max)).toList();
        assertThat(box).isEqualTo(best.isEmpty() ? CropBox.whole(side) : best.get(best.size() - 1));
        cropped += box.equals(CropBox.whole(side)) ? 0 : 1;
      }
    }
    assertThat(cropped).isGreaterThan(500);
  }

  /** Fine noise has parts that wind and branch. */
  @Test
  void partsOfNoiseAreFound() {
    for (int seed = 0; seed < 20; seed++) {
      float[] noise = Plain.random(seed, 40 * 40);
      for (float threshold : new float[] {-0.2f, 0.2f, 0.6f}) {
        assertThat(Components.above(noise, 40, threshold))
            .isEqualTo(Plain.parts(noise, 40, threshold));
      }
    }
  }

  private static double[] sorted(float[] values) {
    double[] sorted = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      sorted[i] = values[i];
    }
    Arrays.sort(sorted);
    return sorted;
  }

  private static boolean has(float[] a, int side, CropBox box, float value) {
    for (int y = box.top(); y < box.bottom(); y++) {
      for (int x = box.left(); x < box.right(); x++) {
        if (a[y * side + x] == value) {
          return true;
        }
      }
    }
    return false;
  }
}
