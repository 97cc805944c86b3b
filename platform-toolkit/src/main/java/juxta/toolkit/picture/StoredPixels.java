package juxta.toolkit.picture;

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
