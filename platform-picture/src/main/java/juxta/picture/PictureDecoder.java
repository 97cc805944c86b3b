package juxta.picture;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes pictures of the formats that Java knows, to the numbers that Pillow's {@code
 * convert("RGB")} gives; nothing in them is trusted. The size is read from the header and checked
 * before memory is taken for pixels. Grey keeps its 16 bits if it has them, colour the upper eight;
 * transparency is dropped, colour profiles are left out of account in all formats alike, the first
 * picture of an animation is taken, rotation hints (EXIF) are read but not followed. Safe to use
 * from several threads.
 *
 * @param formats lower-case names of formats that are taken, {@code png}, {@code jpeg}, {@code
 *     bmp}, {@code gif}; empty for all that are known, TIFF too
 * @param most pixels that a picture may have
 * @param patience how long decoding may take, if it is to come to an end
 */
public record PictureDecoder(List<String> formats, long most, Optional<Duration> patience) {
  /** Memory that decoding may take for a pixel: four channels of 16 bits and the copy. */
  private static final int BYTES_A_PIXEL = 12;

  /** Pixels that a byte can stand for: PNG's compression is 1 : 1032 at best, of single bits. */
  private static final long PIXELS_A_BYTE = 1032 * 8;

  /** Takes files of data sets: all formats, up to 2^26 pixels, fewer where memory is short. */
  public static final PictureDecoder FILES =
      new PictureDecoder(
          List.of(),
          Math.min(1L << 26, Runtime.getRuntime().maxMemory() / 2 / BYTES_A_PIXEL),
          Optional.empty());

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
    return header(bytes).size();
  }

  /**
   * Reads the header.
   *
   * @param bytes the file's content
   * @return what it says
   * @throws UndecodableException if that is no picture, or too large
   */
  public PictureHeader header(byte[] bytes) throws UndecodableException {
    if (gif(bytes)) {
      return new PictureHeader(gifSize(bytes), Orientation.UPRIGHT, false);
    }
    return with(
        bytes,
        () -> false,
        (reader, warnings) ->
            new PictureHeader(
                checkedSize(reader, bytes), Exif.orientation(bytes), deep(reader, bytes)));
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
    if (gif(bytes)) {
      return fromGif(
          bytes,
          gif -> new RawPicture(gif.size().height(), gif.size().width(), 3, Byte.SIZE, gif.rgb()));
    }
    return with(
        bytes,
        gone,
        (reader, warnings) -> raw(reader, bytes, warnings).lying(Exif.orientation(bytes)));
  }

  /**
   * Decodes, but leaves the pixels as they are stored.
   *
   * @param bytes the file's content
   * @return numbers of grey pictures and of such with a palette, colours of others
   * @throws UndecodableException if that is no picture, too large or damaged
   */
  public StoredPixels stored(byte[] bytes) throws UndecodableException {
    if (gif(bytes)) {
      return fromGif(
          bytes,
          gif -> {
            int[] numbers = new int[gif.indices().length];
            Arrays.setAll(numbers, i -> gif.indices()[i] & 0xFF);
            return new StoredPixels.Numbers(gif.size(), numbers);
          });
    }
    return with(
        bytes,
        () -> false,
        (reader, warnings) -> {
          ImageSize size = checkedSize(reader, bytes);
          if (JpegHeader.is(bytes)) {
            return StoredPixels.of(raw(reader, bytes, warnings));
          }
          BufferedImage image = read(reader, bytes);
          return indexed(image)
              ? new StoredPixels.Numbers(
                  size,
                  image.getRaster().getSamples(0, 0, size.width(), size.height(), 0, (int[]) null))
              : StoredPixels.of(PixelRaster.raw(image, inks(bytes)));
        });
  }

  /**
   * Whether the content is compressed so that numbers change.
   *
   * @param bytes a file's content
   * @return true for JPEG
   */
  public static boolean lossy(byte[] bytes) {
    return JpegHeader.is(bytes);
  }

  private RawPicture raw(ImageReader reader, byte[] bytes, List<String> warnings)
      throws IOException, UndecodableException {
    checkedSize(reader, bytes);
    Optional<JpegHeader> jpeg = JpegHeader.of(bytes).filter(header -> !header.common());
    RawPicture raw;
    if (jpeg.isPresent()) {
      // Java would turn it by its profile, or not take it at all.
      raw = JpegColours.of(reader.readRaster(0, null), jpeg.get().colours());
    } else {
      BufferedImage image = read(reader, bytes);
      Optional<int[]> palette = indexed(image) ? Tiff.palette(bytes) : Optional.empty();
      raw =
          palette.isPresent()
              ? PixelRaster.indexed(image.getRaster(), palette.get())
              : PixelRaster.raw(image, inks(bytes));
    }
    // The JPEG decoder fills what is missing with grey and only warns; it also warns of odd
    // colour profiles and stray bytes, which do no harm.
    for (String warning : warnings) {
      if (warning.startsWith("Truncated") || warning.contains("premature end")) {
        throw new IOException(warning);
      }
    }
    return raw;
  }

  private static BufferedImage read(ImageReader reader, byte[] bytes) throws IOException {
    return Tiff.is(bytes) ? TiffImage.read(reader, bytes) : reader.read(0);
  }

  private static boolean inks(byte[] bytes) {
    return Tiff.tag(ByteBuffer.wrap(bytes), Tiff.PHOTOMETRIC).orElse(0) == Tiff.SEPARATED;
  }

  private boolean gif(byte[] bytes) {
    return GifPicture.is(bytes) && (formats.isEmpty() || formats.contains("gif"));
  }

  /** What is made of a GIF takes memory of its own. */
  private <T> T fromGif(byte[] bytes, Function<GifPicture, T> use) throws UndecodableException {
    gifSize(bytes);
    return fromGif(() -> use.apply(GifPicture.of(bytes)));
  }

  private ImageSize gifSize(byte[] bytes) throws UndecodableException {
    return checked(fromGif(() -> GifPicture.size(bytes)), bytes.length);
  }

  /** What is made of a GIF. */
  private interface FromGif<T> {
    T make() throws IOException;
  }

  private static <T> T fromGif(FromGif<T> from) throws UndecodableException {
    try {
      return from.make();
    } catch (IOException | RuntimeException e) {
      throw UndecodableException.damage(e);
    } catch (OutOfMemoryError e) {
      throw UndecodableException.memory(e);
    }
  }

  private ImageSize checkedSize(ImageReader reader, byte[] bytes)
      throws IOException, UndecodableException {
    ImageSize size = new ImageSize(reader.getHeight(0), reader.getWidth(0));
    // A byte of a TIFF may stand for many empty lines.
    return checked(size, Tiff.is(bytes) ? Long.MAX_VALUE / PIXELS_A_BYTE : bytes.length);
  }

  private ImageSize checked(ImageSize size, long bytes) throws UndecodableException {
    long pixels = (long) size.height() * size.width();
    if (pixels > most) {
      throw UndecodableException.size(size, most);
    }
    if (pixels > bytes * PIXELS_A_BYTE) {
      throw UndecodableException.damage(
          new IOException("claims " + size + " pixels, more than the file can hold"));
    }
    return size;
  }

  /** What is done with an open reader. */
  private interface Use<T> {
    T apply(ImageReader reader, List<String> warnings) throws IOException, UndecodableException;
  }

  private <T> T with(byte[] bytes, BooleanSupplier gone, Use<T> use) throws UndecodableException {
    Optional<ImpatientStream> limited =
        patience.map(limit -> new ImpatientStream(bytes, limit, gone));
    try (ImageInputStream stream =
        limited.map(ImageInputStream.class::cast).orElseGet(() -> whole(bytes))) {
      ImageReader reader = reader(stream, bytes);
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
    } catch (OutOfMemoryError e) {
      throw UndecodableException.memory(e);
    } catch (StackOverflowError e) {
      throw UndecodableException.damage(new IOException("nested too deeply", e));
    }
  }

  private static ImageInputStream whole(byte[] bytes) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
  }

  private ImageReader reader(ImageInputStream stream, byte[] bytes)
      throws IOException, UndecodableException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (formats.isEmpty() || formats.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    throw UndecodableException.format(
        "no PNG, JPEG, BMP, GIF or TIFF"
            + OtherFormats.of(bytes).map(name -> " but " + name).orElse(""));
  }

  private static boolean indexed(BufferedImage image) {
    return image.getColorModel() instanceof IndexColorModel;
  }

  /** Whether it is grey of 16 bits. */
  private static boolean deep(ImageReader reader, byte[] bytes) throws IOException {
    if (Png.is(bytes)) {
      return Png.deepGrey(bytes);
    }
    if (!Tiff.is(bytes)) {
      return false;
    }
    ImageTypeSpecifier type = reader.getRawImageType(0);
    return type != null
        && type.getNumBands() <= 2
        && type.getSampleModel().getSampleSize(0) == Short.SIZE;
  }
}
