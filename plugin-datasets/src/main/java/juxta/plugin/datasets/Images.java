package juxta.plugin.datasets;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import juxta.api.UserException;

/**
 * Decodes PNG, JPEG, BMP, GIF and TIFF files to RGB. Grey becomes three equal channels,
 * transparency is dropped, the first picture of an animation is taken, rotation hints (EXIF) are
 * not followed: what Python's {@code Image.open(file).convert("RGB")} does.
 */
final class Images {
  private static final List<String> EXTENSIONS = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");

  /** A header may claim any size; more than this is refused before memory is taken. */
  private static final long MOST_PIXELS = 1L << 26;

  private Images() {}

  /** Whether a file's name is that of an image. */
  static boolean named(Path file) {
    String name = DataFolder.name(file).toLowerCase(Locale.ROOT);
    return EXTENSIONS.stream().anyMatch(name::endsWith);
  }

  /**
   * Reads the size from the header.
   *
   * @param file named in errors
   * @param bytes the file's content
   */
  static ImageSize size(Path file, byte[] bytes) {
    return with(file, bytes, (reader, warnings) -> checkedSize(reader));
  }

  /**
   * Decodes.
   *
   * @param file named in errors
   * @param bytes the file's content
   * @throws UserException if the content is no image or is cut off
   */
  static Picture decode(Path file, byte[] bytes) {
    return decode(file, bytes, GreyWindow.FULL);
  }

  /**
   * Decodes.
   *
   * @param file named in errors
   * @param bytes the file's content
   * @param window which part of the range of 16-bit grey is kept
   * @throws UserException if the content is no image or is cut off
   */
  static Picture decode(Path file, byte[] bytes, GreyWindow window) {
    return with(
        file,
        bytes,
        (reader, warnings) -> {
          ImageSize size = checkedSize(reader);
          BufferedImage image = reader.read(0);
          // The JPEG decoder fills what is missing with grey and only warns; it also warns of odd
          // colour profiles and stray bytes, which do no harm.
          for (String warning : warnings) {
            if (warning.startsWith("Truncated") || warning.contains("premature end")) {
              throw new IOException(warning);
            }
          }
          return new Picture(size, rgb(image, window));
        });
  }

  /**
   * Decodes, but leaves the pixels as they are stored.
   *
   * @param file named in errors
   * @param bytes the file's content
   */
  static BufferedImage stored(Path file, byte[] bytes) {
    return with(
        file,
        bytes,
        (reader, warnings) -> {
          checkedSize(reader);
          return reader.read(0);
        });
  }

  private static ImageSize checkedSize(ImageReader reader) throws IOException {
    ImageSize size = new ImageSize(reader.getHeight(0), reader.getWidth(0));
    if ((long) size.height() * size.width() > MOST_PIXELS) {
      throw new IOException(size + " is more than " + MOST_PIXELS + " pixels");
    }
    return size;
  }

  /** What is done with an open reader. */
  private interface Use<T> {
    T apply(ImageReader reader, List<String> warnings) throws IOException;
  }

  private static <T> T with(Path file, byte[] bytes, Use<T> use) {
    try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IOException("no PNG, JPEG, BMP, GIF or TIFF");
      }
      ImageReader reader = readers.next();
      try {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        reader.setInput(stream, true, true);
        return use.apply(reader, warnings);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // Decoders answer damaged files with many kinds of runtime exceptions as well.
      throw new UserException(
          file
              + ": is no readable image ("
              + cause(e)
              + ", "
              + bytes.length
              + " bytes); replace or remove the file",
          e);
    }
  }

  private static String cause(Exception e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getMessage().lines().findFirst().orElse("").strip();
  }

  private static byte[] rgb(BufferedImage image, GreyWindow window) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[3 * width * height];
    boolean indexed = image.getColorModel() instanceof java.awt.image.IndexColorModel;
    Raster raster = image.getRaster();
    if (!indexed && raster.getNumBands() <= 2) {
      // Not through getRGB: Java takes grey for linear light and would make it brighter.
      int[] grey = raster.getSamples(0, 0, width, height, 0, (int[]) null);
      if (image.getColorModel().getComponentSize(0) == 16) {
        window.toBytes(grey);
      }
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) grey[i / 3];
      }
      return rgb;
    }
    if (plain(image)) {
      return (byte[]) raster.getDataElements(0, 0, width, height, rgb); // much faster than getRGB
    }
    int[] packed = image.getRGB(0, 0, width, height, null, 0, width);
    for (int i = 0; i < packed.length; i++) {
      rgb[3 * i] = (byte) (packed[i] >> 16);
      rgb[3 * i + 1] = (byte) (packed[i] >> 8);
      rgb[3 * i + 2] = (byte) packed[i];
    }
    return rgb;
  }

  /**
   * Whether the stored bytes are red, green and blue as they are: no other space, nothing mixed.
   */
  private static boolean plain(BufferedImage image) {
    Raster raster = image.getRaster();
    return image.getColorModel() instanceof ComponentColorModel model
        && model.getColorSpace().isCS_sRGB()
        && model.getTransferType() == DataBuffer.TYPE_BYTE
        && raster.getTransferType() == DataBuffer.TYPE_BYTE
        && raster.getNumBands() == 3
        && raster.getNumDataElements() == 3
        && model.getComponentSize(0) == Byte.SIZE
        && model.getComponentSize(1) == Byte.SIZE
        && model.getComponentSize(2) == Byte.SIZE;
  }
}
