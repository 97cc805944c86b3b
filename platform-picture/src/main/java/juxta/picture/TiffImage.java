package juxta.picture;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import juxta.picture.JpegHeader.Colours;

/**
 * Has Java read a TIFF, and puts right what it makes otherwise than libtiff, and so Pillow. What
 * cannot be put right is refused.
 */
final class TiffImage {
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int STRIPS = 273;
  private static final int PREDICTOR = 317;
  private static final int TILE_WIDTH = 322;
  private static final int TILES = 324;
  private static final int EXTRA = 338;

  private static final int BLACK_IS_ZERO = 1;
  private static final int RGB = 2;
  private static final int MASK = 4;
  private static final int YCBCR = 6;
  private static final int LZW = 5;
  private static final int JPEG = 7;
  private static final int DEFLATE = 8;
  private static final int OLD_DEFLATE = 32946;
  private static final int DIFFERENCES = 2;
  private static final int PREMULTIPLIED = 1;
  private static final int DEEP = 0xFFFF;

  private TiffImage() {}

  /**
   * Reads the first page.
   *
   * @param reader Java's reader, open
   * @param bytes the file
   * @return the page; numbers of its raster are those that libtiff gives
   * @throws IOException if it is damaged, or has colours that are not known here
   */
  static BufferedImage read(ImageReader reader, byte[] bytes) throws IOException {
    int colours = Tiff.first(bytes, Tiff.PHOTOMETRIC).orElse(BLACK_IS_ZERO);
    if (colours < 0 || colours == MASK || colours > YCBCR) {
      throw new IOException(
          "has " + name(colours) + " and no RGB, grey, palette or CMYK; save it as RGB");
    }
    int packed = Tiff.first(bytes, COMPRESSION).orElse(0);
    Optional<Colours> jpeg = packed == JPEG ? jpeg(bytes, colours) : Optional.empty();
    // Java undoes differences of 8 bits alone
    boolean differences =
        Tiff.first(bytes, PREDICTOR).orElse(0) == DIFFERENCES
            && Tiff.first(bytes, BITS).orElse(0) == Short.SIZE
            && (packed == LZW || packed == DEFLATE || packed == OLD_DEFLATE)
            && (colours == BLACK_IS_ZERO || colours == RGB || colours == Tiff.SEPARATED);
    if (differences) {
      return summed(reader, bytes);
    }
    BufferedImage image = reader.read(0);
    WritableRaster raster = image.getRaster();
    if (jpeg.filter(Colours.CMYK::equals).isPresent()) {
      invert(raster); // Java takes it for a file of Adobe's, which has inks inverted
    }
    if (colours == RGB
        && raster.getNumBands() == 4
        && Tiff.first(bytes, EXTRA).orElse(0) == PREMULTIPLIED
        && Tiff.first(bytes, BITS).orElse(0) == Byte.SIZE) {
      divide(raster);
    }
    return image;
  }

  private static String name(int colours) {
    return switch (colours) {
      case 8, 9, 10 -> "CIELAB colours";
      case 32803, 34892 -> "a camera's raw colours";
      default -> "colours of the kind " + colours;
    };
  }

  /** What the parts say of themselves, which must be what the file says of them. */
  private static Optional<Colours> jpeg(byte[] bytes, int colours) throws IOException {
    int at = Tiff.first(bytes, STRIPS).orElse(Tiff.first(bytes, TILES).orElse(-1));
    if (at < 0 || at >= bytes.length) {
      return Optional.empty(); // Java's reader complains
    }
    Optional<Colours> stored =
        JpegHeader.of(Arrays.copyOfRange(bytes, at, bytes.length)).map(JpegHeader::colours);
    if (stored.isPresent()
        && (stored.get() == Colours.YCCK
            || stored.get() == Colours.YCBCR && colours == RGB
            || stored.get() == Colours.RGB && colours == YCBCR)) {
      throw new IOException(
          "is packed by JPEG as " + stored.get() + " and says otherwise; save it packed by LZW");
    }
    return stored;
  }

  private static void invert(WritableRaster raster) {
    int[] line = new int[raster.getWidth() * raster.getNumBands()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, line);
      for (int i = 0; i < line.length; i++) {
        line[i] = 255 - line[i];
      }
      raster.setPixels(0, y, raster.getWidth(), 1, line);
    }
  }

  /** Colours that were darkened by their transparency, as Pillow's {@code RGBa} becomes RGBA. */
  private static void divide(WritableRaster raster) {
    int[] line = new int[raster.getWidth() * 4];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, line);
      for (int i = 0; i < line.length; i += 4) {
        int alpha = line[i + 3];
        for (int c = i; c < i + 3; c++) {
          line[c] = alpha == 0 ? 0 : Math.min(255, 255 * line[c] / alpha);
        }
      }
      raster.setPixels(0, y, raster.getWidth(), 1, line);
    }
  }

  /** Each number is stored as its difference from the one on its left, tile by tile. */
  private static BufferedImage summed(ImageReader reader, byte[] bytes) throws IOException {
    ImageReader plain = reader.getOriginatingProvider().createReaderInstance();
    byte[] asTheyAre = Tiff.with(bytes, PREDICTOR, 1);
    try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(asTheyAre))) {
      plain.setInput(stream, true, true);
      BufferedImage image = plain.read(0);
      WritableRaster raster = image.getRaster();
      int width = raster.getWidth();
      int tile = Tiff.first(bytes, TILE_WIDTH).orElse(width);
      int bands = raster.getNumBands();
      int[] line = new int[width * bands];
      for (int y = 0; y < raster.getHeight(); y++) {
        raster.getPixels(0, y, width, 1, line);
        for (int i = bands; i < line.length; i++) {
          if (tile < 1 || i / bands % tile > 0) {
            line[i] = line[i] + line[i - bands] & DEEP;
          }
        }
        raster.setPixels(0, y, width, 1, line);
      }
      return image;
    } finally {
      plain.dispose();
    }
  }
}
