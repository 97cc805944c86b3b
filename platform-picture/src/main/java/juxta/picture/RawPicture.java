package juxta.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;

/**
 * A decoded picture of any size, as it is stored.
 *
 * @param height pixels, at least 1
 * @param width pixels, at least 1
 * @param channels 1 for grey, 3 for red, green and blue
 * @param bits 8 or 16 for each channel of a pixel
 * @param data the values in the order [height, width, channels], from 0 to 255 or 65535, of two
 *     bytes the higher first
 * @param orientation how the stored rows lie; nothing here is turned yet
 * @since 0.1
 */
public record RawPicture(
    int height, int width, int channels, int bits, byte[] data, Orientation orientation) {
  /**
   * Checks that there are as many bytes as there should be.
   *
   * @param height see the record
   * @param width see the record
   * @param channels see the record
   * @param bits see the record
   * @param data see the record; not copied
   * @param orientation see the record
   */
  public RawPicture {
    boolean known = (channels == 1 || channels == 3) && (bits == 8 || bits == 16);
    if (!known || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          height + " x " + width + " pixels, " + channels + " channels of " + bits + " bits");
    }
    if (data.length != (long) height * width * channels * bits / 8) {
      throw new IllegalArgumentException(data.length + " bytes");
    }
  }

  /**
   * One that lies as it is seen.
   *
   * @param height see the record
   * @param width see the record
   * @param channels see the record
   * @param bits see the record
   * @param data see the record; not copied
   */
  public RawPicture(int height, int width, int channels, int bits, byte[] data) {
    this(height, width, channels, bits, data, Orientation.UPRIGHT);
  }

  /**
   * The numbers of an image as they are stored, whatever colour profile comes along: those that
   * {@link PictureDecoder} takes from the image that a file is decoded to.
   *
   * @param image an image in memory
   * @return its pixels
   * @throws UndecodableException if its numbers are no levels of grey or colour
   */
  public static RawPicture of(BufferedImage image) throws UndecodableException {
    try {
      return PixelRaster.raw(image, false);
    } catch (IOException e) {
      throw UndecodableException.damage(e);
    }
  }

  RawPicture lying(Orientation as) {
    return new RawPicture(height, width, channels, bits, data, as);
  }

  /**
   * A value.
   *
   * @param index of the order [height, width, channels]
   * @return from 0 to 255 or 65535
   */
  public int sample(int index) {
    return bits == 8
        ? data[index] & 0xFF
        : (data[2 * index] & 0xFF) << 8 | data[2 * index + 1] & 0xFF;
  }
}
