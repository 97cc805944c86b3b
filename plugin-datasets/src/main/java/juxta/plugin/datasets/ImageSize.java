package juxta.plugin.datasets;

/**
 * Size of a picture.
 *
 * @param height pixels
 * @param width pixels
 */
record ImageSize(int height, int width) {
  long bytes() {
    return 3L * height * width;
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
