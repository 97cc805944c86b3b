package juxta.launcher.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import juxta.api.Value;
import org.junit.jupiter.api.Test;

class RgbPictureTest {
  private static RgbPicture noise(int height, int width) {
    byte[] rgb = new byte[3 * height * width];
    new Random(3).nextBytes(rgb);
    return new RgbPicture(height, width, rgb);
  }

  @Test
  void pngKeepsEveryPixel() throws IOException {
    RgbPicture picture = noise(5, 9);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(picture.png()));
    for (int i = 0; i < 45; i++) {
      int rgb = read.getRGB(i % 9, i / 9) & 0xFFFFFF;
      int wanted =
          (picture.rgb()[3 * i] & 0xFF) << 16
              | (picture.rgb()[3 * i + 1] & 0xFF) << 8
              | picture.rgb()[3 * i + 2] & 0xFF;
      assertThat(rgb).isEqualTo(wanted);
    }
  }

  @Test
  void resizingKeepsWhatIsOfOneColourAndTheSizeItWasAskedFor() {
    byte[] rgb = new byte[3 * 31 * 17];
    java.util.Arrays.fill(rgb, (byte) 200);
    RgbPicture small = new RgbPicture(31, 17, rgb).resized(8, 40);
    assertThat(small.height()).isEqualTo(8);
    assertThat(small.width()).isEqualTo(40);
    assertThat(small.rgb()).hasSize(3 * 8 * 40).containsOnly((byte) 200);
    RgbPicture same = noise(6, 6);
    assertThat(same.resized(6, 6)).isSameAs(same);
  }

  /** Halving a line, by the cubic with a = -0.5 widened to twice its width, worked out by hand. */
  @Test
  void weightsAreThoseOfPillow() {
    Cubic cubic = Cubic.of(8, 4);
    assertThat(cubic.first(1)).isZero();
    assertThat(cubic.end(1)).isEqualTo(7);
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
      assertThat(cubic.weight(1, k)).isCloseTo((float) (raw[k] / sum), within());
    }
  }

  private static org.assertj.core.data.Offset<Float> within() {
    return org.assertj.core.data.Offset.offset(1e-6f);
  }

  @Test
  void theMiddleIsCutOut() {
    RgbPicture wide = noise(4, 10);
    RgbPicture middle = wide.middle(100, 100);
    assertThat(middle.height()).isEqualTo(4);
    assertThat(middle.width()).isEqualTo(4);
    assertThat(middle.rgb()[0]).isEqualTo(wide.rgb()[3 * 3]);
    assertThat(noise(10, 4).middle(1, 2)).matches(p -> p.height() == 2 && p.width() == 4);
  }

  @Test
  void valuesOfRecordsBothWays() {
    RgbPicture picture = noise(3, 2);
    assertThat(RgbPicture.of(picture.value(3)).rgb()).isEqualTo(picture.rgb());
    byte[] grey = {10, 10, 10, 40, 40, 40};
    Value one = new RgbPicture(1, 2, grey).value(1);
    assertThat(one.shape()).containsExactly(1L, 2L, 1L);
    assertThat(RgbPicture.of(one).rgb()).isEqualTo(grey);
  }

  @Test
  void aFirstLookIsSmall() {
    assertThat(noise(10, 40).atMost(20)).matches(p -> p.height() == 5 && p.width() == 20);
    assertThat(noise(10, 4).atMost(20)).matches(p -> p.height() == 10 && p.width() == 4);
  }
}
