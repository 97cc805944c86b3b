package juxta.picture;

/** How a picture's stored rows lie, as the EXIF tag 274 of cameras says. */
public enum Orientation {
  /** As they are seen. */
  UPRIGHT(false, false, false),
  /** Left and right exchanged. */
  MIRRORED(false, true, false),
  /** Upside down. */
  HALF_TURNED(true, true, false),
  /** Top and bottom exchanged. */
  FLIPPED(true, false, false),
  /** Rows are columns. */
  TRANSPOSED(false, false, true),
  /** To be turned a quarter to the right. */
  TURNED_LEFT(true, false, true),
  /** Rows are columns, from the other corner. */
  TRANSVERSED(true, true, true),
  /** To be turned a quarter to the left. */
  TURNED_RIGHT(false, true, true);

  private final boolean upwards;
  private final boolean backwards;
  private final boolean exchanged;

  /**
   * How the stored pixel is found.
   *
   * @param upwards whether stored rows run from the last to the first
   * @param backwards whether stored columns do
   * @param exchanged whether stored rows are seen as columns
   */
  Orientation(boolean upwards, boolean backwards, boolean exchanged) {
    this.upwards = upwards;
    this.backwards = backwards;
    this.exchanged = exchanged;
  }

  /**
   * The orientation of a tag's value.
   *
   * @param value 1 to 8; any other says nothing
   * @return the orientation
   */
  public static Orientation of(int value) {
    return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
  }

  /**
   * The orientation that a file tells of: a JPEG's, PNG's or TIFF's.
   *
   * @param bytes the file's content
   * @return upright where nothing is said
   */
  public static Orientation in(byte[] bytes) {
    return Exif.orientation(bytes);
  }

  /**
   * The size as it is seen.
   *
   * @param stored the stored size
   * @return the same, or with height and width exchanged
   */
  public ImageSize of(ImageSize stored) {
    return exchanged ? new ImageSize(stored.width(), stored.height()) : stored;
  }

  /** The index of the stored pixel that is seen at a place. */
  private int stored(int row, int column, ImageSize stored) {
    int y = exchanged ? column : row;
    int x = exchanged ? row : column;
    return (upwards ? stored.height() - 1 - y : y) * stored.width()
        + (backwards ? stored.width() - 1 - x : x);
  }

  /**
   * The picture as it is seen.
   *
   * @param stored as the file has it
   * @return the same, or one with the pixels at their places
   */
  public Picture of(Picture stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    ImageSize seen = of(stored.size());
    byte[] rgb = new byte[stored.rgb().length];
    int to = 0;
    for (int y = 0; y < seen.height(); y++) {
      for (int x = 0; x < seen.width(); x++) {
        int from = 3 * stored(y, x, stored.size());
        rgb[to++] = stored.rgb()[from];
        rgb[to++] = stored.rgb()[from + 1];
        rgb[to++] = stored.rgb()[from + 2];
      }
    }
    return new Picture(seen, rgb);
  }

  /**
   * Stored numbers at the places where they are seen.
   *
   * @param pixels as the file has them
   * @return the same, or such with the pixels at their places
   */
  public StoredPixels of(StoredPixels pixels) {
    if (this == UPRIGHT) {
      return pixels;
    }
    ImageSize seen = of(pixels.size());
    return pixels instanceof StoredPixels.Numbers numbers
        ? new StoredPixels.Numbers(seen, moved(numbers.numbers(), pixels.size()))
        : new StoredPixels.Colours(
            seen, moved(((StoredPixels.Colours) pixels).colours(), pixels.size()));
  }

  private int[] moved(int[] pixels, ImageSize size) {
    ImageSize seen = of(size);
    int[] moved = new int[pixels.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = pixels[stored(i / seen.width(), i % seen.width(), size)];
    }
    return moved;
  }
}
