package juxta.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files that Java's own readers make other numbers of than Pillow, or none. The script {@code
 * make.py} beside them tells what they are.
 */
class PillowTest {
  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = PillowTest.class.getResourceAsStream("/pillow/" + name)) {
      return in.readAllBytes();
    }
  }

  /** Decoders of JPEG may round differently. */
  @ParameterizedTest
  @CsvSource({
    "inks-jpeg.tif, 3",
    "rgba-jpeg.tif, 3",
    "differences.tif, 0",
    "differences-tiles.tif, 0",
    "differences-big-endian.tif, 0",
    "differences-grey.tif, 0",
    "premultiplied.tif, 0",
    "five-bits.bmp, 0",
    "six-bits.bmp, 0",
    "adobe-two.jpg, 3",
    "beyond-palette.gif, 0",
  })
  void numbersAreThoseOfPillow(String name, int most) throws IOException, UndecodableException {
    byte[] expected = bytes(name + ".rgb");
    Picture picture = Picture.of(PictureDecoder.FILES.decode(bytes(name)), GreyWindow.FULL);
    assertThat(picture.rgb()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      int off = Math.abs((picture.rgb()[i] & 0xFF) - (expected[i] & 0xFF));
      assertThat(off).as("%s, byte %d", name, i).isLessThanOrEqualTo(most);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "refused-ycck.tif, is packed by JPEG as YCCK and says otherwise; save it packed by LZW",
    "refused-rgb-as-ycbcr.tif, is packed by JPEG as YCBCR and says otherwise; save it packed by LZW",
    "refused-lab.tif, 'has CIELAB colours and no RGB, grey, palette or CMYK; save it as RGB'",
    "refused-big.tif, 'no PNG, JPEG, BMP, GIF or TIFF but BigTIFF'",
  })
  void whatCannotBeReadRightlyIsRefused(String name, String why) {
    assertThatThrownBy(() -> PictureDecoder.FILES.decode(bytes(name)))
        .isInstanceOf(UndecodableException.class)
        .hasMessage(why);
    assertThatThrownBy(() -> PictureDecoder.FILES.stored(bytes(name)))
        .isInstanceOf(UndecodableException.class)
        .hasMessage(why);
  }

  @Test
  void masksAreReadAlike() throws IOException, UndecodableException {
    assertThat(PictureDecoder.FILES.stored(bytes("differences-grey.tif")))
        .isInstanceOfSatisfying(
            StoredPixels.Numbers.class,
            stored -> assertThat(IntStream.of(stored.numbers())).anyMatch(number -> number > 255));
  }
}
