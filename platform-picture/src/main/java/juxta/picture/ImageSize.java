package juxta.picture;

/**
 * Size of a picture.
 *
 * @param height pixels
 * @param width pixels
 */
public record ImageSize(int height, int width) {
  /**
   * What a picture of three channels takes.
   *
   * @return bytes
   */
  public long bytes() {
    return 3L * height * width;
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
