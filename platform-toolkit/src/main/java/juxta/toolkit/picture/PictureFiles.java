package juxta.toolkit.picture;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;

/**
 * The picture files of data sets: PNG, JPEG, BMP, GIF and TIFF, decoded to what Python's {@code
 * Image.open(file).convert("RGB")} makes of them (see {@link PictureDecoder}). Faults are mistakes
 * that name the file.
 */
public final class PictureFiles {
  private static final List<String> EXTENSIONS = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");

  private PictureFiles() {}

  /**
   * Whether a file's name is that of a picture.
   *
   * @param file the file
   * @return true if it ends in .png, .jpg, .jpeg, .bmp or .gif
   */
  public static boolean named(Path file) {
    String name = DataFolder.name(file).toLowerCase(Locale.ROOT);
    return EXTENSIONS.stream().anyMatch(name::endsWith);
  }

  /**
   * Reads and decodes a file, of 16-bit grey the upper eight bits.
   *
   * @param file the file
   * @return its picture
   * @throws UserException if it cannot be read, is no picture or is cut off
   */
  public static Picture read(Path file) {
    return decode(file, DataFolder.read(file), GreyWindow.FULL);
  }

  /**
   * Reads the size from the header.
   *
   * @param file named in errors
   * @param bytes the file's content
   * @return height and width
   * @throws UserException if the content is no picture
   */
  public static ImageSize size(Path file, byte[] bytes) {
    return decoded(file, bytes, PictureDecoder.FILES::size);
  }

  /**
   * Decodes, of 16-bit grey the upper eight bits.
   *
   * @param file named in errors
   * @param bytes the file's content
   * @return its picture
   * @throws UserException if the content is no picture or is cut off
   */
  public static Picture decode(Path file, byte[] bytes) {
    return decode(file, bytes, GreyWindow.FULL);
  }

  /**
   * Decodes.
   *
   * @param file named in errors
   * @param bytes the file's content
   * @param window which part of the range of 16-bit grey is kept
   * @return its picture
   * @throws UserException if the content is no picture or is cut off
   */
  public static Picture decode(Path file, byte[] bytes, GreyWindow window) {
    return Picture.of(decoded(file, bytes, PictureDecoder.FILES::decode), window);
  }

  /**
   * Decodes, but leaves the pixels as they are stored.
   *
   * @param file named in errors
   * @param bytes the file's content
   * @return the stored pixels
   * @throws UserException if the content is no picture or is damaged
   */
  public static StoredPixels stored(Path file, byte[] bytes) {
    return decoded(file, bytes, PictureDecoder.FILES::stored);
  }

  /** One of the decoder's ways. */
  private interface Way<T> {
    T apply(byte[] bytes) throws UndecodableException;
  }

  private static <T> T decoded(Path file, byte[] bytes, Way<T> way) {
    try {
      return way.apply(bytes);
    } catch (UndecodableException e) {
      throw new UserException(
          file
              + ": is no readable image ("
              + e.getMessage()
              + ", "
              + bytes.length
              + " bytes); replace or remove the file",
          e);
    }
  }
}
