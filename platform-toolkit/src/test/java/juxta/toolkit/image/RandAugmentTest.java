package juxta.toolkit.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import juxta.toolkit.image.RandAugment.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

class RandAugmentTest {
  private static float[] by(
      float[] images, int b, int h, int w, int c, float[] change, float[] strength, float[] sign) {
    return Run.once(
        scope -> {
          Ops tf = scope.tf();
          return RandAugment.by(
              tf,
              Run.tensor(tf, images, b, h, w, c),
              tf.constant(change),
              tf.constant(strength),
              tf.constant(sign));
        });
  }

  /** One image of one row. */
  private static float[] row(Change change, double strength, int sign, int c, float... image) {
    return by(
        image,
        1,
        1,
        image.length / c,
        c,
        new float[] {change.number()},
        new float[] {(float) strength},
        new float[] {sign});
  }

  private static float[] bytes(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = 20 + random.nextInt(200);
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "INVERT, 9, 10, 245",
    "INVERT, 9, 255, 0",
    "SOLARIZE, 9, 25, 25",
    "SOLARIZE, 9, 26, 229",
    "SOLARIZE, 0, 255, 255",
    "SOLARIZE_ADD, 9, 0, 99",
    "SOLARIZE_ADD, 9, 127, 226",
    "SOLARIZE_ADD, 9, 128, 128",
    "POSTERIZE, 9, 127, 0",
    "POSTERIZE, 9, 200, 128",
    "POSTERIZE, 0, 37, 32",
    "POSTERIZE, 10, 255, 0"
  })
  void valuesByThemselves(Change change, double strength, float before, float after) {
    assertThat(row(change, strength, 1, 1, before)).containsExactly(after);
  }

  @Test
  void blendsGoTowardsTheirTargetAndAwayFromIt() {
    assertThat(row(Change.BRIGHTNESS, 10, -1, 1, 104, 255)).containsExactly(10, 25);
    assertThat(row(Change.BRIGHTNESS, 10, 1, 1, 104, 255)).containsExactly(197, 255);
    // grey .299 200 + .587 100 + .114 50 = 124.2
    assertThat(row(Change.COLOUR, 10, -1, 3, 200, 100, 50)).containsExactly(131, 121, 116);
    // mean grey of 0 and 103, rounded: 52
    assertThat(row(Change.CONTRAST, 10, -1, 1, 0, 103)).containsExactly(46, 57);
  }

  /** 5 131 / 13 is 50, and 50 + .1 (131 - 50) is 58; the border stays. */
  @Test
  void sharpnessIsTowardsTheSmoothedImage() {
    float[] image = {0, 0, 0, 0, 131, 0, 0, 0, 0};
    float[] found =
        by(
            image,
            1,
            3,
            3,
            1,
            new float[] {Change.SHARPNESS.number()},
            new float[] {10},
            new float[] {-1});
    assertThat(found).containsExactly(0, 0, 0, 0, 58, 0, 0, 0, 0);
  }

  @Test
  void autoContrastReachesBothEnds() {
    assertThat(row(Change.AUTO_CONTRAST, 9, 1, 1, 50, 100, 150)).containsExactly(0, 127, 255);
    assertThat(row(Change.AUTO_CONTRAST, 9, 1, 1, 77, 77)).containsExactly(77, 77);
  }

  /**
   * 512 pixels of 100 and of 200: steps of (1024 - 512) / 255 = 2, so (1 + 0) / 2, (1 + 512) / 2.
   */
  @Test
  void equalizeCountsTheValuesBelow() {
    float[] image = new float[1024];
    Arrays.fill(image, 0, 512, 100);
    Arrays.fill(image, 512, 1024, 200);
    float[] found = row(Change.EQUALIZE, 9, 1, 1, image);
    assertThat(found[0]).isEqualTo(0);
    assertThat(found[1023]).isEqualTo(255);
    float[] each = new float[256];
    for (int i = 0; i < each.length; i++) {
      each[i] = i;
    }
    assertThat(row(Change.EQUALIZE, 9, 1, 1, each)).isEqualTo(each);
    assertThat(row(Change.EQUALIZE, 9, 1, 1, 9, 9, 9)).containsExactly(9, 9, 9);
  }

  @Test
  void translationShowsWhatLiesFurtherAndFillsTheRest() {
    float[] image = bytes(20, 1);
    float[] found = row(Change.TRANSLATE_X, 10, 1, 1, image); // .45 of 20
    for (int x = 0; x < 20; x++) {
      assertThat(found[x]).isEqualTo(x + 9 < 20 ? image[x + 9] : 116);
    }
  }

  @Test
  void shearGrowsWithTheRow() {
    int side = 8;
    float[] ramp = new float[side * side];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = 20 * (i % side);
    }
    float[] found =
        by(
            ramp,
            1,
            side,
            side,
            1,
            new float[] {Change.SHEAR_X.number()},
            new float[] {10},
            new float[] {1});
    for (int y = 0; y < side; y++) {
      assertThat((double) found[y * side + 2])
          .isEqualTo(Math.floor(20 * (2 + 0.3 * (y + 0.5)) + 0.5));
    }
  }

  @Test
  void rotationIsThatOfTheOtherRotation() {
    int side = 9;
    float[] image = bytes(side * side, 2);
    float[] found =
        by(
            image,
            1,
            side,
            side,
            1,
            new float[] {Change.ROTATE.number()},
            new float[] {5},
            new float[] {1});
    float[] other =
        Run.once(
            scope ->
                Rotation.by(
                    scope.tf(),
                    Run.tensor(scope.tf(), image, 1, 1, side, side),
                    scope.tf().constant(new float[] {(float) Math.toRadians(15)})));
    for (int y = 2; y < side - 2; y++) {
      for (int x = 2; x < side - 2; x++) {
        int i = y * side + x;
        assertThat(Math.abs(found[i] - other[i])).isLessThanOrEqualTo(0.501f);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void eachImageHasItsOwnAndBytesStayBytes(Change change) {
    int n = 24 * 21 * 3;
    float[] images = bytes(3 * n, 3);
    float[] found =
        by(
            images,
            3,
            24,
            21,
            3,
            new float[] {-1, change.number(), -1},
            new float[] {9, 9, 9},
            new float[] {1, -1, 1});
    assertThat(Arrays.copyOfRange(found, 0, n)).isEqualTo(Arrays.copyOfRange(images, 0, n));
    assertThat(Arrays.copyOfRange(found, 2 * n, 3 * n))
        .isEqualTo(Arrays.copyOfRange(images, 2 * n, 3 * n));
    assertThat(Arrays.copyOfRange(found, n, 2 * n))
        .isNotEqualTo(Arrays.copyOfRange(images, n, 2 * n));
    for (float v : found) {
      assertThat(v).isBetween(0f, 255f).isEqualTo((float) Math.floor(v));
    }
    float[] alone =
        by(
            Arrays.copyOfRange(images, n, 2 * n),
            1,
            24,
            21,
            3,
            new float[] {change.number()},
            new float[] {9},
            new float[] {-1});
    assertThat(Arrays.copyOfRange(found, n, 2 * n)).isEqualTo(alone);
  }

  /** Two changes with probability 1/2: a quarter of the images stay as they are. */
  @Test
  void aQuarterOfTheImagesStays() {
    int b = 400;
    int n = 8 * 8 * 3;
    float[] images = bytes(b * n, 4);
    float[] found =
        Run.once(
            scope -> {
              Ops tf = scope.tf();
              return tf.dtypes.cast(
                  RandAugment.DEIT.apply(
                      scope, tf.dtypes.cast(Run.tensor(tf, images, b, 8, 8, 3), TUint8.class)),
                  TFloat32.class);
            });
    int same = 0;
    for (int i = 0; i < b; i++) {
      if (Arrays.equals(found, i * n, (i + 1) * n, images, i * n, (i + 1) * n)) {
        same++;
      }
    }
    assertThat(same).isBetween(70, 130); // 100, standard deviation 9
  }
}
