package juxta.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PictureTest {
  private static Picture flat(int height, int width, int level) {
    byte[] rgb = new byte[3 * height * width];
    Arrays.fill(rgb, (byte) level);
    return new Picture(new ImageSize(height, width), rgb);
  }

  @Test
  void theRightSizeIsLeftAlone() {
    Picture picture = flat(8, 8, 5);
    assertThat(picture.squared(8)).isSameAs(picture);
  }

  @Test
  void aFlatPictureStaysFlat() {
    Random random = new Random(3);
    for (int round = 0; round < 30; round++) {
      int level = random.nextInt(256);
      int side = 1 + random.nextInt(40);
      Picture picture = flat(1 + random.nextInt(50), 1 + random.nextInt(50), level).squared(side);
      assertThat(picture.size()).isEqualTo(new ImageSize(side, side));
      assertThat(picture.rgb()).hasSize(3 * side * side).containsOnly(level);
    }
  }

  @Test
  void cutsTheMiddleOut() {
    // Two rows of six columns: 0, 1, 2, 3, 4, 5 in every channel.
    byte[] rgb = new byte[36];
    for (int i = 0; i < 36; i++) {
      rgb[i] = (byte) (i / 3 % 6);
    }
    Picture middle = new Picture(new ImageSize(2, 6), rgb).squared(2);
    assertThat(middle.rgb()).isEqualTo(Drawn.of(2, 2, 2, 3, 3, 3, 2, 2, 2, 3, 3, 3));
  }

  @Test
  void shrinkingAveragesOverAllPixels() {
    byte[] rgb = new byte[3 * 64 * 64];
    for (int i = 0; i < 64 * 64; i++) {
      Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) ((i % 64 + i / 64) % 2 == 0 ? 0 : 200));
    }
    byte[] small = new Picture(new ImageSize(64, 64), rgb).squared(8).rgb();
    for (byte level : small) {
      assertThat(level & 0xFF).isBetween(95, 105);
    }
  }

  @Test
  void stretchingKeepsTheBordersAndDropsProportions() {
    // Two rows of six columns: 0, 0, 0, 90, 90, 90 in every channel.
    byte[] rgb = new byte[36];
    for (int i = 0; i < 36; i++) {
      rgb[i] = (byte) (i / 3 % 6 < 3 ? 0 : 90);
    }
    Picture whole = new Picture(new ImageSize(2, 6), rgb);
    assertThat(whole.stretched(2).rgb()[0] & 0xFF).isLessThan(12);
    assertThat(whole.stretched(2).rgb()[3] & 0xFF).isBetween(78, 90);
    assertThat(whole.stretched(12).size()).isEqualTo(new ImageSize(12, 12));
    assertThat(whole.stretched(12).rgb()[3 * 11] & 0xFF).isEqualTo(90);
    assertThat(flat(5, 5, 1).stretched(5).rgb()).containsOnly(1);
    assertThat(flat(5, 9, 7).stretched(4).rgb()).hasSize(48).containsOnly(7);
  }

  /** By the formula, a pixel at a time. */
  private static byte[] slowly(Picture picture, Resampling rows, Resampling columns, int side) {
    byte[] result = new byte[3 * side * side];
    for (int i = 0; i < result.length; i++) {
      int y = i / (3 * side);
      int x = i / 3 % side;
      float sum = 0;
      for (int k = 0; k < rows.taps(y); k++) {
        float across = 0;
        for (int j = 0; j < columns.taps(x); j++) {
          int pixel = (rows.first(y) + k) * picture.size().width() + columns.first(x) + j;
          across += columns.weight(x, j) * (picture.rgb()[3 * pixel + i % 3] & 0xFF);
        }
        sum += rows.weight(y, k) * across;
      }
      result[i] = (byte) Math.max(0, Math.min(255, Math.round(sum)));
    }
    return result;
  }

  @Test
  void resizedPixelsAreThoseOfTheFormulaToTheBit() {
    int[][] sizes = {{30, 22, 16}, {22, 30, 16}, {9, 7, 20}, {64, 64, 5}, {1, 8, 3}, {40, 200, 31}};
    for (int[] size : sizes) {
      int height = size[0];
      int width = size[1];
      int side = size[2];
      Picture picture =
          new Picture(new ImageSize(height, width), Drawn.random(3 * height * width, side));
      int shorter = Math.min(height, width);
      assertThat(picture.squared(side).rgb())
          .isEqualTo(
              slowly(
                  picture,
                  Resampling.of(height, (height - shorter) / 2.0, shorter, side),
                  Resampling.of(width, (width - shorter) / 2.0, shorter, side),
                  side));
      assertThat(picture.stretched(side).rgb())
          .isEqualTo(
              slowly(
                  picture,
                  Resampling.of(height, 0, height, side),
                  Resampling.of(width, 0, width, side),
                  side));
    }
  }

  /** Halving a line, by the cubic with a = -0.5 widened to twice its width, worked out by hand. */
  @Test
  void weightsAreThoseOfPillow() {
    Resampling cubic = Resampling.of(8, 0, 8, 4);
    assertThat(cubic.first(1)).isZero();
    assertThat(cubic.taps(1)).isEqualTo(7);
    double[] raw = new double[7];
    double sum = 0;
    for (int k = 0; k < 7; k++) {
      double x = Math.abs((k + 0.5 - 3) / 2);
      raw[k] =
          x < 1
              ? 1.5 * x * x * x - 2.5 * x * x + 1
              : x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0;
      sum += raw[k];
    }
    for (int k = 0; k < 7; k++) {
      assertThat(cubic.weight(1, k)).isCloseTo((float) (raw[k] / sum), offset(1e-6f));
    }
  }

  private static Picture noise(int height, int width) {
    return new Picture(new ImageSize(height, width), Drawn.random(3 * height * width, 3));
  }

  @Test
  void theMiddleIsCutOut() {
    Picture wide = noise(4, 10);
    Picture middle = wide.middle(100, 100);
    assertThat(middle.size()).isEqualTo(new ImageSize(4, 4));
    assertThat(middle.colour(0, 0)).isEqualTo(wide.colour(0, 3));
    assertThat(noise(10, 4).middle(1, 2).size()).isEqualTo(new ImageSize(2, 4));
  }

  @Test
  void oneChannelIsTheMeanOfThree() {
    Picture picture = noise(3, 2);
    assertThat(picture.bytes(3)).isEqualTo(picture.rgb());
    byte[] rgb = {10, 11, 13, 40, 40, 40};
    assertThat(new Picture(new ImageSize(1, 2), rgb).bytes(1)).containsExactly(11, 40);
  }

  @Test
  void whatIsTooLargeIsMadeSmallerInProportion() {
    assertThat(noise(10, 40).within(20).size()).isEqualTo(new ImageSize(5, 20));
    assertThat(noise(10, 4).within(20).size()).isEqualTo(new ImageSize(10, 4));
  }

  @Test
  void blocksKeepWhatPixelsAre() {
    Picture picture = noise(2, 3);
    Picture large = picture.blocks(8, 9);
    for (int i = 0; i < 72; i++) {
      assertThat(large.colour(i / 9, i % 9)).isEqualTo(picture.colour(i / 9 / 4, i % 9 / 3));
    }
  }
}
