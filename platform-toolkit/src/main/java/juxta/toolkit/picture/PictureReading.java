package juxta.toolkit.picture;

import java.nio.file.Path;
import java.util.List;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.picture.GreyWindow;
import juxta.picture.ImageSize;
import juxta.picture.Orientation;
import juxta.picture.Picture;
import juxta.picture.PictureForm;
import juxta.picture.PictureForm.Fit;
import juxta.picture.PictureHeader;
import juxta.picture.StoredPixels;

/**
 * How the picture files of a data set are read where users have a choice; every reader of pictures
 * has these settings.
 *
 * @param window which part of the range of 16-bit grey is kept
 * @param turned whether rows lie as the EXIF tag says; else as they are stored
 */
public record PictureReading(GreyWindow window, boolean turned) {
  /** Lets users have pictures turned as cameras say. */
  public static final Setting<String> ORIENTATION =
      Setting.choice("orientation", "stored", "stored", "exif")
          .describe(
              "how pictures of cameras lie: stored (the EXIF tag is not followed) or exif (turned"
                  + " and mirrored as it says; JPEG, PNG, TIFF)")
          .source(
              "torchvision's ImageFolder and cnnimageretrieval-pytorch train on pixels as stored");

  /** Lets users choose the window. */
  public static final Setting<String> RADIOGRAPH_WINDOW =
      Setting.choice("grey-16-bit", "percentile", "percentile", "full")
          .describe(
              "range of 16-bit grey that becomes 0 to 255: percentile (0.5th to 99.5th of each"
                  + " picture) or full (0 to 65535)")
          .source("own choice: detectors use 10 to 14 of the bits");

  /** {@link #RADIOGRAPH_WINDOW} for data that need not be radiographs. */
  public static final Setting<String> WINDOW =
      RADIOGRAPH_WINDOW
          .defaultsTo("full")
          .source("own choice: the same number is the same grey in all pictures");

  /** The settings of a reader. */
  public static final List<Setting<?>> SETTINGS = List.of(WINDOW, ORIENTATION);

  /**
   * As the user wants it.
   *
   * @param settings with {@link #SETTINGS}
   * @return how to read
   */
  public static PictureReading of(Settings settings) {
    return of(settings, WINDOW);
  }

  /**
   * The same with another default of the window.
   *
   * @param settings with {@link #ORIENTATION}
   * @param window the reader's setting
   * @return how to read
   */
  public static PictureReading of(Settings settings, Setting<String> window) {
    return new PictureReading(
        GreyWindow.of(settings.get(window)), settings.get(ORIENTATION).equals("exif"));
  }

  /**
   * Reads and decodes a file.
   *
   * @param file the file
   * @return its picture
   * @throws juxta.api.UserException if it cannot be read, is no picture or is cut off
   */
  public Picture read(Path file) {
    return decode(file, PictureFiles.content(file));
  }

  /**
   * Decodes.
   *
   * @param file named in errors
   * @param bytes the file's content
   * @return its picture
   * @throws juxta.api.UserException if the content is no picture or is cut off
   */
  public Picture decode(Path file, byte[] bytes) {
    return orientation(bytes).of(PictureFiles.decode(file, bytes, window));
  }

  /**
   * Decodes, but leaves numbers as they are stored.
   *
   * @param file named in errors
   * @param bytes the file's content
   * @return the stored pixels
   * @throws juxta.api.UserException if the content is no picture or is damaged
   */
  public StoredPixels stored(Path file, byte[] bytes) {
    return orientation(bytes).of(PictureFiles.stored(file, bytes));
  }

  private Orientation orientation(byte[] bytes) {
    return turned ? Orientation.in(bytes) : Orientation.UPRIGHT;
  }

  /**
   * The size as it is read.
   *
   * @param header what the header says
   * @return height and width
   */
  public ImageSize size(PictureHeader header) {
    return turned ? header.orientation().of(header.size()) : header.size();
  }

  /**
   * How colour images of one size are made of the pictures that are read so.
   *
   * @param size height and width of the images
   * @param fit how pictures come to it; not {@link Fit#WITHIN}
   * @return the form
   */
  public PictureForm form(ImageSize size, Fit fit) {
    return PictureForm.of(size, fit).reading(window, turned);
  }

  /**
   * Words for caches and fingerprints.
   *
   * @return empty for pixels as stored and the upper eight bits
   */
  public String words() {
    return (window == GreyWindow.FULL ? "" : " " + window) + (turned ? " exif" : "");
  }
}
