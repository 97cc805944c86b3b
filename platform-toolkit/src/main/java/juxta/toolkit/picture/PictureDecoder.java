package juxta.toolkit.picture;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import juxta.api.RawPicture;

/**
 * Decodes pictures of the formats that Java knows; nothing in them is trusted. The size is read
 * from the header and checked before memory is taken for pixels. Grey keeps its 16 bits if it has
 * them, colour the upper eight; transparency is dropped, the first picture of an animation is
 * taken, rotation hints (EXIF) are not followed. Safe to use from several threads.
 *
 * @param formats lower-case names of formats that are taken, {@code png}, {@code jpeg}, {@code
 *     bmp}, {@code gif}; empty for all that Java reads, TIFF too
 * @param most pixels that a picture may have
 * @param patience how long decoding may take, if it is to come to an end
 */
public record PictureDecoder(List<String> formats, long most, Optional<Duration> patience) {
  /** Takes files of data sets: all formats, up to 2^26 pixels. */
  public static final PictureDecoder FILES =
      new PictureDecoder(List.of(), 1L << 26, Optional.empty());

  /**
   * Copies the list.
   *
   * @param formats see the record
   * @param most see the record
   * @param patience see the record
   */
  public PictureDecoder {
    formats = List.copyOf(formats);
  }

  /**
   * Reads the size from the header.
   *
   * @param bytes the file's content
   * @return height and width
   * @throws UndecodableException if that is no picture, or too large
   */
  public ImageSize size(byte[] bytes) throws UndecodableException {
    return with(bytes, (reader, warnings) -> checkedSize(reader));
  }

  /**
   * Decodes.
   *
   * @param bytes the file's content
   * @return its pixels
   * @throws UndecodableException if that is no picture, too large, damaged or cut off
   */
  public RawPicture decode(byte[] bytes) throws UndecodableException {
    return decode(bytes, () -> false);
  }

  /**
   * Decodes for somebody who may leave.
   *
   * @param bytes the file's content
   * @param gone whether nobody waits for the picture any more; decoding ends then, if it is to come
   *     to an end at all
   * @return its pixels
   * @throws UndecodableException if that is no picture, too large, damaged or cut off, takes too
   *     long, or nobody waits for it
   */
  public RawPicture decode(byte[] bytes, BooleanSupplier gone) throws UndecodableException {
    return with(
        bytes,
        gone,
        (reader, warnings) -> {
          checkedSize(reader);
          BufferedImage image = reader.read(0);
          // The JPEG decoder fills what is missing with grey and only warns; it also warns of odd
          // colour profiles and stray bytes, which do no harm.
          for (String warning : warnings) {
            if (warning.startsWith("Truncated") || warning.contains("premature end")) {
              throw new IOException(warning);
            }
          }
          return raw(image);
        });
  }

  /**
   * Decodes, but leaves the pixels as they are stored.
   *
   * @param bytes the file's content
   * @return numbers of grey pictures and of such with a palette, colours of others
   * @throws UndecodableException if that is no picture, too large or damaged
   */
  public StoredPixels stored(byte[] bytes) throws UndecodableException {
    return with(
        bytes,
        (reader, warnings) -> {
          ImageSize size = checkedSize(reader);
          BufferedImage image = reader.read(0);
          int width = size.width();
          if (indexed(image) || image.getRaster().getNumBands() <= 2) {
            return new StoredPixels.Numbers(
                size, image.getRaster().getSamples(0, 0, width, size.height(), 0, (int[]) null));
          }
          int[] colours = image.getRGB(0, 0, width, size.height(), null, 0, width);
          for (int i = 0; i < colours.length; i++) {
            colours[i] &= 0xFFFFFF;
          }
          return new StoredPixels.Colours(size, colours);
        });
  }

  private ImageSize checkedSize(ImageReader reader) throws IOException, UndecodableException {
    ImageSize size = new ImageSize(reader.getHeight(0), reader.getWidth(0));
    if ((long) size.height() * size.width() > most) {
      throw UndecodableException.size(size, most);
    }
    return size;
  }

  /** What is done with an open reader. */
  private interface Use<T> {
    T apply(ImageReader reader, List<String> warnings) throws IOException, UndecodableException;
  }

  private <T> T with(byte[] bytes, Use<T> use) throws UndecodableException {
    return with(bytes, () -> false, use);
  }

  private <T> T with(byte[] bytes, BooleanSupplier gone, Use<T> use) throws UndecodableException {
    Optional<ImpatientStream> limited =
        patience.map(limit -> new ImpatientStream(bytes, limit, gone));
    try (ImageInputStream stream =
        limited.map(ImageInputStream.class::cast).orElseGet(() -> whole(bytes))) {
      ImageReader reader = reader(stream);
      try {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        reader.setInput(stream, true, true);
        return use.apply(reader, warnings);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      if (limited.filter(ImpatientStream::isLate).isPresent()) {
        throw UndecodableException.time(e);
      }
      // Decoders answer damaged files with many kinds of runtime exceptions as well.
      throw UndecodableException.damage(e);
    }
  }

  private static ImageInputStream whole(byte[] bytes) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
  }

  private ImageReader reader(ImageInputStream stream) throws IOException, UndecodableException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (formats.isEmpty() || formats.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    throw UndecodableException.format("no PNG, JPEG, BMP, GIF or TIFF");
  }

  private static boolean indexed(BufferedImage image) {
    return image.getColorModel() instanceof IndexColorModel;
  }

  private static RawPicture raw(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    Raster raster = image.getRaster();
    if (plain(image)) { // much faster than getRGB
      byte[] rgb = new byte[3 * width * height];
      raster.getDataElements(0, 0, width, height, rgb);
      return new RawPicture(height, width, 3, Byte.SIZE, rgb);
    }
    boolean grey = !indexed(image) && raster.getNumBands() <= 2;
    boolean deep = grey && image.getColorModel().getComponentSize(0) == 16;
    int channels = grey ? 1 : 3;
    byte[] data = new byte[height * width * channels * (deep ? 2 : 1)];
    int[] line = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      if (grey) {
        // Not through getRGB: Java takes grey for linear light and would make it brighter.
        raster.getSamples(0, y, width, 1, 0, line);
      } else {
        image.getRGB(0, y, width, 1, line, 0, width);
      }
      for (int x = 0; x < width; x++) {
        for (int shift = deep ? 8 : 8 * (channels - 1); shift >= 0; shift -= 8) {
          data[at++] = (byte) (line[x] >> shift);
        }
      }
    }
    return new RawPicture(height, width, channels, deep ? 16 : 8, data);
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
