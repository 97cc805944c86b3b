package juxta.toolkit.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import juxta.api.UserException;
import juxta.picture.GreyWindow;
import juxta.picture.Picture;
import juxta.picture.PictureDecoder;
import juxta.picture.PictureHeader;
import juxta.picture.RawPicture;
import juxta.picture.StoredPixels;
import juxta.picture.UndecodableException;
import juxta.picture.UndecodableException.Fault;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.io.ReadingLimits;

/**
 * The picture files of data sets: PNG, JPEG, BMP, GIF and TIFF, decoded to what Python's {@code
 * Image.open(file).convert("RGB")} makes of them (see {@link PictureDecoder}). Faults are mistakes
 * that name the file.
 */
public final class PictureFiles {
  private static final List<String> EXTENSIONS =
      List.of(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".gif", ".tif", ".tiff");

  /** Pictures that cannot be decoded. */
  private static final List<String> OTHERS =
      List.of(
          ".webp", ".avif", ".heic", ".heif", ".svg", ".jp2", ".j2k", ".jxl", ".ppm", ".pgm",
          ".pbm", ".pnm", ".tga", ".psd", ".exr", ".hdr", ".ico", ".pcx", ".dcm", ".dng", ".cr2",
          ".nef", ".arw", ".apng", ".jxr", ".eps", ".pdf");

  /** The longest file that is read. */
  private static final long LONGEST = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);

  private PictureFiles() {}

  /**
   * Whether a file's name is that of a picture.
   *
   * @param file the file
   * @return true if it ends as names of PNG, JPEG, BMP, GIF or TIFF files do
   */
  public static boolean named(Path file) {
    return ends(file, EXTENSIONS);
  }

  /**
   * Whether a file's name is that of a picture that cannot be decoded, such as WebP.
   *
   * @param file the file
   * @return true if it ends as such names do
   */
  static boolean namedOther(Path file) {
    return ends(file, OTHERS);
  }

  private static boolean ends(Path file, List<String> extensions) {
    String name = DataFolder.name(file).toLowerCase(Locale.ROOT);
    return extensions.stream().anyMatch(name::endsWith);
  }

  /**
   * All bytes of a file that may be a picture.
   *
   * @param file the file
   * @return its content
   * @throws UserException if it cannot be read, is no regular file (a pipe would never end), or is
   *     longer than any picture
   */
  public static byte[] content(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new UserException(
            file + ": is no regular file but a folder, pipe or device; remove it");
      }
      if (attributes.size() > LONGEST) {
        throw new UserException(
            "%s: is %d MB long, more than the %d MB that are read of a picture; replace or remove the file"
                .formatted(file, attributes.size() >> 20, LONGEST >> 20));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw DataFolder.unreadable(file, e);
    }
  }

  /**
   * Reads and decodes a file, of 16-bit grey the upper eight bits.
   *
   * @param file the file
   * @return its picture
   * @throws UserException if it cannot be read, is no picture or is cut off
   */
  public static Picture read(Path file) {
    return decode(file, content(file), GreyWindow.FULL);
  }

  /**
   * Reads the header.
   *
   * @param file named in errors
   * @param bytes the file's content
   * @return what it says
   * @throws UserException if the content is no picture
   */
  public static PictureHeader header(Path file, byte[] bytes) {
    return decoded(file, bytes, PictureDecoder.FILES::header);
  }

  /**
   * Decodes, of 16-bit grey all bits.
   *
   * @param file named in errors
   * @param bytes the file's content
   * @return its pixels
   * @throws UserException if the content is no picture or is cut off
   */
  static RawPicture raw(Path file, byte[] bytes) {
    return decoded(file, bytes, PictureDecoder.FILES::decode);
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
    return ReadingLimits.of(file, () -> Picture.of(raw(file, bytes), window));
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
  interface Way<T> {
    T apply(byte[] bytes) throws UndecodableException;
  }

  /** Names the file in what a way complains of. */
  static <T> T decoded(Path file, byte[] bytes, Way<T> way) {
    try {
      return way.apply(bytes);
    } catch (UndecodableException e) {
      if (e.fault() == Fault.MEMORY) {
        throw ReadingLimits.memory(file, e);
      }
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
