package juxta.launcher.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import juxta.api.UserException;
import juxta.picture.GreyWindow;
import juxta.picture.Picture;
import juxta.picture.RawPicture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryPictureTest {
  private final QueryPicture pictures = new QueryPicture();

  private static byte[] file(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      assertThat(ImageIO.write(image, format, out)).isTrue();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static BufferedImage noise(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Random random = new Random(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return image;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void decodesColour(String format) {
    BufferedImage image = noise(7, 5, BufferedImage.TYPE_INT_RGB);
    Picture picture = Picture.of(pictures.decode(file(image, format)), GreyWindow.FULL);
    assertThat(picture.size().width()).isEqualTo(7);
    assertThat(picture.size().height()).isEqualTo(5);
    for (int i = 0; i < 35; i++) {
      int rgb = image.getRGB(i % 7, i / 7);
      assertThat(picture.rgb()[3 * i]).isEqualTo((byte) (rgb >> 16));
      assertThat(picture.rgb()[3 * i + 1]).isEqualTo((byte) (rgb >> 8));
      assertThat(picture.rgb()[3 * i + 2]).isEqualTo((byte) rgb);
    }
  }

  @Test
  void greyStaysAsDarkAsItIs() {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 50);
    grey.getRaster().setSample(1, 0, 0, 200);
    assertThat(Picture.of(pictures.decode(file(grey, "png")), GreyWindow.FULL).rgb())
        .containsExactly(50, 50, 50, (byte) 200, (byte) 200, (byte) 200);
    BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 0x7F12);
    RawPicture found = pictures.decode(file(deep, "png"));
    assertThat(found.sample(0)).isEqualTo(0x7F12);
    assertThat(Picture.of(found, GreyWindow.FULL).rgb()).containsExactly(0x7F, 0x7F, 0x7F);
  }

  /** What people and attackers send in place of pictures. */
  static Stream<byte[]> noPictures() {
    byte[] jpeg = file(noise(64, 64, BufferedImage.TYPE_INT_RGB), "jpg");
    byte[] png = file(noise(64, 64, BufferedImage.TYPE_INT_RGB), "png");
    return Stream.of(
        new byte[0],
        "not a picture".getBytes(StandardCharsets.UTF_8),
        "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8),
        "GIF89a<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8),
        "%PDF-1.7 ...".getBytes(StandardCharsets.UTF_8),
        "II*\0\10\0\0\0".getBytes(StandardCharsets.ISO_8859_1), // TIFF
        Arrays.copyOf(jpeg, jpeg.length / 2),
        Arrays.copyOf(png, png.length / 2),
        Arrays.copyOf(png, 8),
        HugePng.of(0, 5));
  }

  @ParameterizedTest
  @MethodSource("noPictures")
  void whatIsNoPictureIsRefusedInOneLine(byte[] file) {
    assertThatThrownBy(() -> pictures.decode(file))
        .isInstanceOf(UserException.class)
        .satisfies(e -> assertThat(((UserException) e).problems()).hasSize(1));
  }

  @Test
  void aHeaderThatClaimsManyPixelsIsRefusedBeforeMemoryIsTaken() {
    for (int[] size : new int[][] {{40_000, 40_000}, {Integer.MAX_VALUE, 1}, {1, 50_000_000}}) {
      assertThatThrownBy(() -> pictures.decode(HugePng.of(size[0], size[1])))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(size[0] + " x " + size[1])
          .hasMessageContaining("smaller");
    }
    assertThatThrownBy(() -> new QueryPicture(99).decode(file(noise(10, 10, 1), "png")))
        .hasMessageContaining("10 x 10");
    assertThat(new QueryPicture(100).decode(file(noise(10, 10, 1), "png")).width()).isEqualTo(10);
  }

  /** What is whole is decoded, or refused for what it is. */
  @Test
  void aLargePictureIsNotCalledDamaged() {
    byte[] file = HugePng.whole(5790, 5790);
    assertThat(file.length).isLessThan(1 << 19);
    assertThat(pictures.isLarge(file)).isTrue();
    assertThat(pictures.isLarge(file(noise(64, 64, BufferedImage.TYPE_INT_RGB), "png"))).isFalse();
    try {
      RawPicture picture = pictures.decode(file);
      assertThat(picture.width()).isEqualTo(5790);
      assertThat(picture.sample(3 * 5790 * 5790 - 1)).isZero();
    } catch (UserException e) {
      assertThat(e.problems())
          .singleElement()
          .asString()
          .doesNotContain("damaged")
          .endsWith("make it smaller and try again");
    }
  }

  @Test
  void aDecoderEndsWhenNobodyWaits() {
    byte[] file = HugePng.whole(3000, 3000);
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(() -> pictures.decode(file, () -> asked.incrementAndGet() > 20))
        .isInstanceOf(UserException.class);
    assertThat(asked.get()).as("it asked no more once it was told").isLessThan(40);
    assertThat(pictures.decode(file(noise(7, 5, BufferedImage.TYPE_INT_RGB), "png")).width())
        .isEqualTo(7);
  }

  /** Damage of any kind gives a picture or one line, never anything else. */
  @Test
  void randomDamage() {
    Random random = new Random(7);
    int read = 0;
    for (String format : new String[] {"png", "jpg", "bmp", "gif"}) {
      byte[] good = file(noise(24, 17, BufferedImage.TYPE_INT_RGB), format);
      for (int i = 0; i < 150; i++) {
        byte[] bad = good.clone();
        for (int k = random.nextInt(4); k >= 0; k--) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt();
        }
        try {
          Picture picture = Picture.of(pictures.decode(bad), GreyWindow.FULL);
          assertThat(picture.rgb()).hasSize(3 * picture.size().width() * picture.size().height());
          read++;
        } catch (UserException e) {
          assertThat(e.problems()).hasSize(1);
        } catch (RuntimeException e) {
          fail("fault " + e, e);
        }
      }
    }
    assertThat(read).isPositive();
  }
}
