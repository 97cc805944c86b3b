package juxta.toolkit.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import juxta.api.UserException;
import juxta.picture.ImageSize;
import juxta.picture.Picture;
import juxta.picture.PictureDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFilesTest {
  private static final Path FILE = Path.of("a/b.img");

  private static byte[] expected(int width, int height, int red) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      rgb[3 * i] = (byte) (red + i % width);
      rgb[3 * i + 1] = (byte) (2 * (i / width));
      rgb[3 * i + 2] = 50;
    }
    return rgb;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void readsColour(String format) {
    byte[] bytes = Drawn.encode(Drawn.picture(7, 5, 90, BufferedImage.TYPE_INT_RGB), format);
    Picture picture = PictureFiles.decode(FILE, bytes);
    assertThat(picture.size()).isEqualTo(new ImageSize(5, 7));
    assertThat(picture.rgb()).isEqualTo(expected(7, 5, 90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "bmp"})
  void colourIsWhatTheImagesOwnColourModelSays(String format) throws IOException {
    BufferedImage image = new BufferedImage(61, 47, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(5);
    for (int y = 0; y < 47; y++) {
      for (int x = 0; x < 61; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    byte[] bytes = Drawn.encode(image, format);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes));
    byte[] rgb = PictureFiles.decode(FILE, bytes).rgb();
    for (int i = 0; i < 61 * 47; i++) {
      int colour = read.getRGB(i % 61, i / 61);
      assertThat(rgb[3 * i]).isEqualTo((byte) (colour >> 16));
      assertThat(rgb[3 * i + 1]).isEqualTo((byte) (colour >> 8));
      assertThat(rgb[3 * i + 2]).isEqualTo((byte) colour);
    }
  }

  @Test
  void dropsTransparency() {
    byte[] bytes = Drawn.encode(Drawn.picture(4, 4, 9, BufferedImage.TYPE_INT_ARGB), "png");
    assertThat(PictureFiles.decode(FILE, bytes).rgb()).isEqualTo(expected(4, 4, 9));
  }

  @Test
  void readsPalettes() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
    image.setRGB(0, 0, 0xFFFF0000);
    image.setRGB(1, 0, 0xFFFFFFFF);
    for (String format : new String[] {"gif", "png"}) {
      assertThat(PictureFiles.decode(FILE, Drawn.encode(image, format)).rgb())
          .isEqualTo(Drawn.of(255, 0, 0, 255, 255, 255));
    }
  }

  @Test
  void keepsGreyValuesAsTheyAre() {
    BufferedImage grey = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 64, 255});
    assertThat(PictureFiles.decode(FILE, Drawn.encode(grey, "png")).rgb())
        .isEqualTo(Drawn.of(0, 0, 0, 64, 64, 64, 255, 255, 255));
    BufferedImage deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setPixels(0, 0, 2, 1, new int[] {0x4012, 0xFFFF});
    assertThat(PictureFiles.decode(FILE, Drawn.encode(deep, "png")).rgb())
        .isEqualTo(Drawn.of(64, 64, 64, 255, 255, 255));
  }

  @Test
  void greyJpegBecomesThreeEqualChannels() {
    BufferedImage grey = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    int[] level = new int[64];
    Arrays.fill(level, 77);
    grey.getRaster().setPixels(0, 0, 8, 8, level);
    assertThat(PictureFiles.decode(FILE, Drawn.encode(grey, "jpeg")).rgb()).containsOnly(77);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "bmp", "gif"})
  void cutFilesAreMistakesThatNameTheFile(String format) {
    BufferedImage noise = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(5);
    for (int i = 0; i < 1600; i++) {
      noise.setRGB(i % 40, i / 40, random.nextInt());
    }
    byte[] whole = Drawn.encode(noise, format);
    for (int length : new int[] {0, 1, 10, 30, whole.length / 2, whole.length * 9 / 10}) {
      assertThatThrownBy(() -> PictureFiles.decode(FILE, Arrays.copyOf(whole, length)))
          .as("%s cut at %d of %d", format, length, whole.length)
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(FILE + ": is no readable image (")
          .hasMessageContaining(", " + length + " bytes); replace or remove the file")
          .satisfies(e -> assertThat(((UserException) e).problems()).hasSize(1));
    }
  }

  @Test
  void noImageIsAMistake() {
    assertThatThrownBy(() -> PictureFiles.decode(FILE, "hello".getBytes()))
        .hasMessage(
            FILE
                + ": is no readable image (no PNG, JPEG, BMP, GIF or TIFF, 5 bytes); replace or remove the"
                + " file");
  }

  @Test
  void aHeaderThatClaimsABillionPixelsTakesNoMemory() {
    byte[] png = Drawn.encode(Drawn.picture(2, 2, 0, BufferedImage.TYPE_INT_RGB), "png");
    ByteBuffer.wrap(png).putInt(16, 1 << 30).putInt(20, 1 << 30);
    assertThatThrownBy(() -> PictureFiles.decode(FILE, png))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is no readable image");
  }

  @Test
  void damagedFilesNeverEscapeAsOtherExceptions() {
    Random random = new Random(11);
    for (String format : new String[] {"png", "jpeg", "bmp", "gif"}) {
      byte[] whole = Drawn.encode(Drawn.picture(20, 20, 9, BufferedImage.TYPE_INT_RGB), format);
      for (int round = 0; round < 100; round++) {
        byte[] damaged = whole.clone();
        for (int k = 0; k < 4; k++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        try {
          PictureFiles.decode(FILE, damaged);
        } catch (UserException e) {
          assertThat(e).hasMessageContaining(FILE.toString());
        }
      }
    }
  }

  /** Nothing is wrong with a file that takes more memory than there is: it is not to be removed. */
  @Test
  void picturesBeyondMemoryHaveARemedyOfTheirOwn() {
    byte[] png = Drawn.encode(Drawn.picture(4, 4, 0, BufferedImage.TYPE_BYTE_GRAY), "png");
    ByteBuffer.wrap(png).putInt(16, 46_000).putInt(20, 46_000);
    byte[] claims = Arrays.copyOf(png, 300_000);
    PictureDecoder any = new PictureDecoder(List.of(), Long.MAX_VALUE, Optional.empty());
    assertThatThrownBy(() -> PictureFiles.decoded(FILE, claims, any::decode))
        .isInstanceOf(UserException.class)
        .hasMessage(
            FILE
                + ": reading it takes more memory than the %d MiB that Java has; make it smaller, or give Java more with JUXTA_JAVA_OPTIONS=-Xmx8g"
                    .formatted(Runtime.getRuntime().maxMemory() >> 20));
  }
}
