package juxta.toolkit.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;
import juxta.api.UserException;
import juxta.picture.ImageSize;
import juxta.picture.Picture;
import juxta.picture.PictureDecoder;
import juxta.picture.PixelBox;
import juxta.picture.StoredPixels;
import juxta.picture.UndecodableException;
import org.junit.jupiter.api.Test;

class GifPictureTest {
  private static final Path FILE = Path.of("a.gif");

  /** Noise of many colours, so that the code's table fills up and is cleared. */
  private static BufferedImage noise(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED);
    Random random = new Random(3);
    for (int i = 0; i < width * height; i++) {
      image.getRaster().setSample(i % width, i / width, 0, random.nextInt(256) & random.nextInt());
    }
    return image;
  }

  @Test
  void everyPixelIsWhatJavaMakesOfIt() throws IOException {
    for (int[] size : new int[][] {{1, 1}, {3, 9}, {250, 130}}) {
      byte[] gif = Drawn.encode(noise(size[0], size[1]), "gif"); // interlaced
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(gif));
      Picture picture = PictureFiles.decode(FILE, gif);
      assertThat(picture.size()).isEqualTo(new ImageSize(size[1], size[0]));
      for (int i = 0; i < size[0] * size[1]; i++) {
        int x = i % size[0];
        int y = i / size[0];
        assertThat(picture.colour(y, x)).isEqualTo(read.getRGB(x, y) & 0xFFFFFF);
      }
    }
  }

  /** The first picture of a GIF, 7 x 5, on a canvas and at a place of it. */
  private static byte[] placed(int width, int height, int left, int top) {
    byte[] gif = Drawn.encode(noise(7, 5), "gif");
    ByteBuffer all = ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN);
    all.putShort(6, (short) width).putShort(8, (short) height);
    int at = 13 + 3 * (2 << (gif[10] & 7));
    while (gif[at] == 0x21) {
      at += 2;
      while (gif[at] != 0) {
        at += 1 + (gif[at] & 0xFF);
      }
      at++;
    }
    assertThat(gif[at]).isEqualTo((byte) 0x2C);
    all.putShort(at + 1, (short) left).putShort(at + 3, (short) top);
    return gif;
  }

  @Test
  void theCanvasIsThePicture() {
    Picture alone = PictureFiles.decode(FILE, placed(7, 5, 0, 0));
    Picture placed = PictureFiles.decode(FILE, placed(12, 10, 2, 3));
    assertThat(placed.size()).isEqualTo(new ImageSize(10, 12));
    assertThat(placed.cropped(new PixelBox(2, 3, 9, 8)).rgb()).isEqualTo(alone.rgb());
    byte[] gif = placed(12, 10, 2, 3);
    int first = (gif[13] & 0xFF) << 16 | (gif[14] & 0xFF) << 8 | gif[15] & 0xFF;
    assertThat(placed.colour(0, 0)).isEqualTo(first);
    assertThat(placed.colour(9, 11)).isEqualTo(first);
    // one that reaches out of its canvas makes it larger
    assertThat(PictureFiles.decode(FILE, placed(3, 3, 2, 1)).size()).isEqualTo(new ImageSize(6, 9));
  }

  @Test
  void masksAreNumbersOnTheCanvas() throws UndecodableException {
    StoredPixels pixels = PictureDecoder.FILES.stored(placed(12, 10, 2, 3));
    assertThat(pixels.size()).isEqualTo(new ImageSize(10, 12));
    assertThat(((StoredPixels.Numbers) pixels).numbers()[0]).isZero();
  }

  private static void refused(byte[] gif, String why) {
    assertThatThrownBy(() -> PictureFiles.decode(FILE, gif))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(FILE + ": is no readable image (")
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(((UserException) e).problems()).hasSize(1));
  }

  /** Few bytes that claim millions of pixels; Java's decoder makes a black picture of them. */
  @Test
  void claimsThatTheFileCannotHoldAreRefusedAtOnce() {
    byte[] gif =
        HexFormat.of()
            .parseHex(
                "4749463839610600050 0f000000000 00ff88002c000000000640080d0001081c48ffffffffffff80820809060400 3b"
                    .replace(" ", ""));
    refused(gif, "claims 16390x3336 pixels, more than the file can hold");
  }

  @Test
  void dataThatEndTooEarlyAreRefused() {
    byte[] gif = placed(7, 5, 0, 0);
    int data = gif.length;
    while (gif[data - 1] != 0x2C) {
      data--;
    }
    for (int length = 0; length < gif.length - 6; length++) {
      refused(Arrays.copyOf(gif, length), length + " bytes)");
    }
    byte[] shorter = gif.clone();
    ByteBuffer.wrap(shorter).order(ByteOrder.LITTLE_ENDIAN).putShort(data + 6, (short) 90);
    refused(shorter, "ends after 35 of 630 pixels");
  }
}
