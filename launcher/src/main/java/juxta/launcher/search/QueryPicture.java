package juxta.launcher.search;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import juxta.api.UserException;
import juxta.picture.ImageSize;
import juxta.picture.PictureDecoder;
import juxta.picture.RawPicture;
import juxta.picture.UndecodableException;

/**
 * Decodes a picture that a user searches with; nothing in it is trusted. Few formats are taken (the
 * other decoders of Java are less used and thus less tried), and decoding ends after a while.
 */
public final class QueryPicture {
  /** Cameras make 24 million; a header may claim any number. */
  private static final long MOST_PIXELS = 1L << 25;

  /** Memory that decoding may take for a pixel: four channels of 16 bits and the copy. */
  private static final int BYTES_A_PIXEL = 12;

  /** From here on decoding takes long enough to be in the way. */
  private static final long LARGE = 1L << 21;

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final List<String> FORMATS = List.of("png", "jpeg", "bmp", "gif");
  private static final String TAKES = "pictures are PNG, JPEG, BMP or GIF files";

  /** Large pictures are decoded one after the other, so that they do not fill the memory. */
  private final Semaphore turn = new Semaphore(1, true);

  private final PictureDecoder decoder;

  /** A decoder with limits that suit this process's memory. */
  public QueryPicture() {
    this(Math.min(MOST_PIXELS, Runtime.getRuntime().maxMemory() / 3 / BYTES_A_PIXEL));
  }

  QueryPicture(long most) {
    this.decoder = new PictureDecoder(FORMATS, most, Optional.of(PATIENCE));
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
    try {
      return decoder.decode(bytes, gone);
    } catch (UndecodableException e) {
      throw switch (e.fault()) {
        case FORMAT -> new UserException("this is not a picture that can be read; " + TAKES);
        case SIZE -> tooLarge(e.size().orElseThrow());
        case MEMORY ->
            new UserException(
                "there is not enough memory for a picture of this size; make it smaller and try"
                    + " again",
                e);
        case TIME ->
            new UserException(
                "the picture takes more than "
                    + PATIENCE.toSeconds()
                    + " seconds to decode; make it smaller and try again",
                e);
        case DAMAGE -> damaged(bytes, e);
      };
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
    try {
      ImageSize size = decoder.size(bytes);
      return (long) size.height() * size.width() > LARGE;
    } catch (UndecodableException e) {
      return false; // decoding it will say what is wrong, and at once
    }
  }

  private UserException tooLarge(ImageSize size) {
    return new UserException(
        "the picture has "
            + size.width()
            + " x "
            + size.height()
            + " pixels, more than "
            + decoder.most() / 1_000_000
            + " million; make it smaller and try again");
  }

  private static UserException damaged(byte[] bytes, Throwable cause) {
    return new UserException(
        "the picture is damaged or cut off ("
            + bytes.length
            + " bytes) and cannot be read; save it anew and try again",
        cause);
  }
}
