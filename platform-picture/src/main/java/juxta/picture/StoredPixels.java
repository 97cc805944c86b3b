package juxta.picture;

import java.util.Arrays;

/**
 * The pixels of a file as they are stored, for files that hold something else than what is seen.
 */
public sealed interface StoredPixels {
  /**
   * The picture's size.
   *
   * @return height and width
   */
  ImageSize size();

  /**
   * Of decoded pixels.
   *
   * @param raw grey or colour
   * @return the levels of grey, the colours of colour
   */
  static StoredPixels of(RawPicture raw) {
    ImageSize size = new ImageSize(raw.height(), raw.width());
    int[] pixels = new int[raw.height() * raw.width()];
    if (raw.channels() == 1) {
      Arrays.setAll(pixels, raw::sample);
      return new Numbers(size, pixels);
    }
    Arrays.setAll(
        pixels, i -> raw.sample(3 * i) << 16 | raw.sample(3 * i + 1) << 8 | raw.sample(3 * i + 2));
    return new Colours(size, pixels);
  }

  /**
   * A number a pixel: the level of a grey picture, or the entry of a palette.
   *
   * @param size height and width
   * @param numbers row by row
   */
  record Numbers(ImageSize size, int[] numbers) implements StoredPixels {}

  /**
   * A colour a pixel.
   *
   * @param size height and width
   * @param colours 0xRRGGBB, row by row
   */
  record Colours(ImageSize size, int[] colours) implements StoredPixels {}
}
