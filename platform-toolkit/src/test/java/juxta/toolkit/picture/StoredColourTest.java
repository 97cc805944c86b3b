package juxta.toolkit.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import juxta.api.UserException;
import juxta.picture.Picture;
import org.junit.jupiter.api.Test;

/** Colours are those that Pillow 9.4's {@code convert("RGB")} gives; the right ones are its own. */
class StoredColourTest {
  private static final Path FILE = Path.of("a.jpg");

  /** Pillow's {@code Image.convert("CMYK").save}: four squares of 8 x 8 pixels. */
  private static final byte[] CMYK =
      Base64.getDecoder()
          .decode(
              "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0O"
                  + "EQ4LCxAWEBETFBUVFQwPFxgWFBgSFBUU/8AAFAgAEAAQBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEB"
                  + "AAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQy"
                  + "gZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hp"
                  + "anN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY"
                  + "2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD9U6/Oyvzfr9RaK/pmr+nOvy3r+emv"
                  + "FKK/Qav37riq/L+vL6//2Q==");

  private static int[] colours(byte[] file) {
    Picture picture = PictureFiles.decode(FILE, file);
    return new int[] {
      picture.colour(3, 3), picture.colour(3, 11), picture.colour(11, 3), picture.colour(11, 11)
    };
  }

  private static int adobe(byte[] file) {
    return new String(file, StandardCharsets.ISO_8859_1).indexOf("Adobe");
  }

  @Test
  void inksAreInvertedAndDarkenedByBlack() {
    assertThat(colours(CMYK)).containsExactly(0xFA1914, 0x7F7F7F, 0x31BEE1, 0xBB9567);
  }

  @Test
  void inksAsLightAndDifferencesOfColour() {
    byte[] ycck = CMYK.clone();
    for (byte transform : new byte[] {2, 1}) { // libjpeg takes all but 0 for it
      ycck[adobe(ycck) + 11] = transform;
      assertThat(colours(ycck)).containsExactly(0x9400B3, 0x004300, 0x13E129, 0x001D00);
    }
  }

  @Test
  void inksOfWhichNoProgramSaysWhatTheyAre() {
    byte[] bare = new byte[CMYK.length - 16];
    System.arraycopy(CMYK, 0, bare, 0, 2);
    System.arraycopy(CMYK, 18, bare, 2, bare.length - 2);
    assertThat(adobe(bare)).isNegative();
    assertThat(colours(bare)).containsExactly(0xFA1914, 0x7F7F7F, 0x31BEE1, 0xBB9567);
  }

  /** The profile of sRGB with red and blue exchanged. */
  private static byte[] exchanged() {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    String text = new String(profile, StandardCharsets.ISO_8859_1);
    int red = text.indexOf("rXYZ");
    int blue = text.indexOf("bXYZ");
    profile[red] = 'b';
    profile[blue] = 'r';
    return profile;
  }

  @Test
  void profilesAreLeftOutOfAccountInAllFormats() {
    BufferedImage image = Drawn.picture(23, 17, 200, BufferedImage.TYPE_INT_RGB);
    byte[] jpeg = Drawn.encode(image, "jpeg");
    byte[] tagged = FilePatch.segment(jpeg, 0xE2, "ICC_PROFILE\0\1\1", exchanged());
    assertThat(PictureFiles.decode(FILE, tagged).rgb())
        .isEqualTo(PictureFiles.decode(FILE, jpeg).rgb());
    byte[] png = Drawn.encode(image, "png");
    byte[] chunked = FilePatch.chunk(png, "iCCP", FilePatch.profileChunk(exchanged()));
    assertThat(PictureFiles.decode(FILE, chunked).rgb())
        .isEqualTo(PictureFiles.decode(FILE, png).rgb());
    BufferedImage grey = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    Arrays.fill(
        ((java.awt.image.DataBufferByte) grey.getRaster().getDataBuffer()).getData(), (byte) 77);
    byte[] film =
        FilePatch.segment(
            Drawn.encode(grey, "jpeg"),
            0xE2,
            "ICC_PROFILE\0\1\1",
            ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData());
    assertThat(PictureFiles.decode(FILE, film).rgb()).containsOnly(77);
  }

  @Test
  void ofDeepColourTheUpperEightBitsAreKept() {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, 1, DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(2, 1);
    raster.setPixels(0, 0, 2, 1, new int[] {0x12FF, 0x3400, 0xFFFF, 0x00FF, 0x80FE, 7});
    byte[] file = Drawn.encode(new BufferedImage(model, raster, false, null), "png");
    assertThat(PictureFiles.decode(FILE, file).rgb())
        .isEqualTo(Drawn.of(0x12, 0x34, 0xFF, 0x00, 0x80, 0));
  }

  @Test
  void tiffIsReadAndFloatingPointIsNot() {
    BufferedImage image = Drawn.picture(7, 5, 90, BufferedImage.TYPE_INT_RGB);
    assertThat(PictureFiles.decode(FILE, Drawn.encode(image, "tif")).rgb())
        .isEqualTo(PictureFiles.decode(FILE, Drawn.encode(image, "png")).rgb());
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY), false, false, 1, DataBuffer.TYPE_FLOAT);
    WritableRaster raster =
        Raster.createWritableRaster(new BandedSampleModel(DataBuffer.TYPE_FLOAT, 4, 4, 1), null);
    byte[] file = Drawn.encode(new BufferedImage(model, raster, false, null), "tif");
    assertThatThrownBy(() -> PictureFiles.decode(FILE, file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has floating-point pixels, save it with 8 or 16 bits");
  }

  @Test
  void formatsThatAreNotDecodedAreNamed() {
    for (String[] known :
        new String[][] {
          {"RIFF0000WEBPVP8 ", "WebP"},
          {"\0\0\0 ftypavif", "AVIF"},
          {"\0\0\0 ftypheic", "HEIC"},
          {"<?xml version='1.0'?>\n<svg", "SVG"},
          {"<!DOCTYPE html><html>404", "a web page"},
          {"version https://git-lfs.github.com/spec/v1", "a pointer of Git LFS"}
        }) {
      byte[] bytes = known[0].getBytes(StandardCharsets.ISO_8859_1);
      assertThatThrownBy(() -> PictureFiles.decode(FILE, bytes))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("no PNG, JPEG, BMP, GIF or TIFF but " + known[1] + ", ");
    }
  }
}
