package juxta.toolkit.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import juxta.picture.GreyWindow;
import juxta.picture.ImageSize;
import juxta.picture.Picture;
import juxta.picture.PictureHeader;
import juxta.picture.StoredPixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
  private static final Path FILE = Path.of("a.png");
  private static final PictureReading TURNED = new PictureReading(GreyWindow.FULL, true);
  private static final PictureReading STORED = new PictureReading(GreyWindow.FULL, false);

  /** The letters a to f, a pixel each: rows of three. */
  private static byte[] png() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 6; i++) {
      image.setRGB(i % 3, i / 3, 'a' + i);
    }
    return Drawn.encode(image, "png");
  }

  private static String letters(Picture picture) {
    StringBuilder letters = new StringBuilder();
    for (int y = 0; y < picture.size().height(); y++) {
      letters.append(y > 0 ? "/" : "");
      for (int x = 0; x < picture.size().width(); x++) {
        letters.append((char) picture.colour(y, x));
      }
    }
    return letters.toString();
  }

  /** As Pillow's {@code ImageOps.exif_transpose} gives them. */
  @ParameterizedTest
  @CsvSource({
    "1, abc/def", "2, cba/fed", "3, fed/cba", "4, def/abc",
    "5, ad/be/cf", "6, da/eb/fc", "7, fc/eb/da", "8, cf/be/ad",
    "0, abc/def", "9, abc/def"
  })
  void allEight(int tag, String seen) {
    byte[] file = FilePatch.chunk(png(), "eXIf", FilePatch.exif(tag));
    assertThat(letters(TURNED.decode(FILE, file))).isEqualTo(seen);
    assertThat(letters(STORED.decode(FILE, file))).isEqualTo("abc/def");
    PictureHeader header = PictureFiles.header(FILE, file);
    assertThat(TURNED.size(header)).isEqualTo(TURNED.decode(FILE, file).size());
    assertThat(STORED.size(header)).isEqualTo(new ImageSize(2, 3));
    int[] numbers = {'a', 'b', 'c', 'd', 'e', 'f'};
    StoredPixels mask = new StoredPixels.Colours(new ImageSize(2, 3), numbers);
    StoredPixels turned = header.orientation().of(mask);
    assertThat(turned.size()).isEqualTo(TURNED.size(header));
    Picture drawn =
        Picture.painted(
            turned.size().height(),
            turned.size().width(),
            (y, x) -> ((StoredPixels.Colours) turned).colours()[y * turned.size().width() + x]);
    assertThat(letters(drawn)).isEqualTo(seen);
  }

  @Test
  void jpegsToo() {
    byte[] jpeg = Drawn.encode(Drawn.picture(16, 8, 9, BufferedImage.TYPE_INT_RGB), "jpeg");
    byte[] tagged = FilePatch.segment(jpeg, 0xE1, "Exif\0\0", FilePatch.exif(6));
    assertThat(TURNED.decode(FILE, tagged).size()).isEqualTo(new ImageSize(16, 8));
    assertThat(STORED.decode(FILE, tagged).rgb()).isEqualTo(STORED.decode(FILE, jpeg).rgb());
  }

  @Test
  void damagedTagsSayNothing() {
    byte[] exif = FilePatch.exif(6);
    for (int length = 0; length < exif.length; length++) {
      byte[] file = FilePatch.chunk(png(), "eXIf", java.util.Arrays.copyOf(exif, length));
      if (length < 20) { // the tag's value is cut off
        assertThat(letters(TURNED.decode(FILE, file))).isEqualTo("abc/def");
      }
    }
    exif[4] = (byte) 0xFF; // a directory far behind the end
    assertThat(letters(TURNED.decode(FILE, FilePatch.chunk(png(), "eXIf", exif))))
        .isEqualTo("abc/def");
  }
}
