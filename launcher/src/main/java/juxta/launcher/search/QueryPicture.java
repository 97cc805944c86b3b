package juxta.launcher.search;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import juxta.api.RawPicture;
import juxta.api.UserException;

/**
 * Decodes a picture that a user searches with; nothing in it is trusted. Its size is read from its
 * header and checked before memory is taken for pixels, and decoding ends after a while. Grey keeps
 * its 16 bits if it has them, colour the upper eight; transparency is dropped, the first picture of
 * an animation is taken.
 */
public final class QueryPicture {
  /** Cameras make 24 million; a header may claim any number. */
  private static final long MOST_PIXELS = 1L << 25;

  /** Memory that decoding may take for a pixel: four channels of 16 bits and the copy. */
  private static final int BYTES_A_PIXEL = 12;

  /** From here on decoding takes long enough to be in the way. */
  private static final long LARGE = 1L << 21;

  private static final long SECONDS = 15;
  private static final List<String> FORMATS = List.of("png", "jpeg", "bmp", "gif");
  private static final String TAKES = "pictures are PNG, JPEG, BMP or GIF files";

  /** Large pictures are decoded one after the other, so that they do not fill the memory. */
  private final Semaphore turn = new Semaphore(1, true);

  private final long most;

  /** A decoder with limits that suit this process's memory. */
  public QueryPicture() {
    this(Math.min(MOST_PIXELS, Runtime.getRuntime().maxMemory() / 3 / BYTES_A_PIXEL));
  }

  QueryPicture(long most) {
    this.most = most;
  }

  /**
   * Decodes.
   *
   * @param bytes the file's content
   * @return its pixels
   * @throws UserException if that is no picture, is cut off or too large, in one line
   */
  public RawPicture decode(byte[] bytes) {
    return decode(bytes, () -> false);
  }

  /**
   * Decodes for somebody who may leave.
   *
   * @param bytes the file's content
   * @param gone whether nobody waits for the picture any more; decoding ends then
   * @return its pixels
   * @throws UserException if that is no picture, is cut off or too large, takes too long, or nobody
   *     waits for it, in one line
   */
  public RawPicture decode(byte[] bytes, BooleanSupplier gone) {
    boolean alone = isLarge(bytes);
    if (alone) {
      turn.acquireUninterruptibly();
    }
    try (ImageInputStream stream = new ImpatientStream(bytes, SECONDS, gone)) {
      ImageReader reader = reader(stream);
      try {
        return decode(reader, stream);
      } finally {
        reader.dispose();
      }
    } catch (ImpatientStream.TooLong e) {
      throw new UserException(
          "the picture takes more than "
              + SECONDS
              + " seconds to decode; make it smaller and try again",
          e);
    } catch (OutOfMemoryError e) {
      throw new UserException(
          "there is not enough memory for a picture of this size; make it smaller and try again",
          e);
    } catch (IOException | RuntimeException e) {
      if (e instanceof UserException known) {
        throw known;
      }
      // decoders answer damaged files with many kinds of runtime exceptions as well
      throw new UserException(
          "the picture is damaged or cut off ("
              + bytes.length
              + " bytes) and cannot be read; save it anew and try again",
          e);
    } finally {
      if (alone) {
        turn.release();
      }
    }
  }

  /**
   * Whether a picture takes seconds and much memory to decode, as far as its header says.
   *
   * @param bytes the file's content
   * @return false, too, for what is no picture
   */
  public boolean isLarge(byte[] bytes) {
    try (ImageInputStream stream = new ImpatientStream(bytes, SECONDS, () -> false)) {
      ImageReader reader = reader(stream);
      try {
        reader.setInput(stream, true, true);
        return (long) reader.getWidth(0) * reader.getHeight(0) > LARGE;
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return false; // decoding it will say what is wrong, and at once
    }
  }

  private static ImageReader reader(ImageInputStream stream) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      // other decoders of Java are less used and thus less tried
      if (FORMATS.contains(reader.getFormatName().toLowerCase(java.util.Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    throw new UserException("this is not a picture that can be read; " + TAKES);
  }

  private RawPicture decode(ImageReader reader, ImageInputStream stream) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    reader.setInput(stream, true, true);
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    if (width * height > most) {
      throw new UserException(
          "the picture has "
              + width
              + " x "
              + height
              + " pixels, more than "
              + most / 1_000_000
              + " million; make it smaller and try again");
    }
    BufferedImage image = reader.read(0);
    // the JPEG decoder fills what is missing with grey and only warns
    if (warnings.stream().anyMatch(w -> w.startsWith("Trunc") || w.contains("premature end"))) {
      throw new IOException("truncated");
    }
    return raw(image);
  }

  private static RawPicture raw(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    Raster raster = image.getRaster();
    boolean grey = !(image.getColorModel() instanceof IndexColorModel) && raster.getNumBands() <= 2;
    boolean deep = grey && image.getColorModel().getComponentSize(0) == 16;
    int channels = grey ? 1 : 3;
    byte[] data = new byte[height * width * channels * (deep ? 2 : 1)];
    int[] line = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      if (grey) {
        // not through getRGB: Java takes grey for linear light and would make it brighter
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
}
