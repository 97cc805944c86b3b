package juxta.picture;

/**
 * Tells whether a file seems to have its end, at the cost of a walk over its bytes. Files that do
 * not seem so may still be sound: only decoding tells.
 */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Looks for the mark that ends the data.
   *
   * @param bytes a file's content
   * @return false if a JPEG or PNG lacks it; true for other formats
   */
  public static boolean seems(byte[] bytes) {
    if (JpegHeader.is(bytes)) {
      return ends(bytes);
    }
    return !Png.is(bytes) || Png.chunk(bytes, "IEND").isPresent();
  }

  /** In a JPEG's data 0xFF is followed by 0, so that the mark is not met by chance. */
  private static boolean ends(byte[] bytes) {
    for (int i = bytes.length - 2; i > 1; i--) {
      if (bytes[i] == (byte) 0xFF && bytes[i + 1] == (byte) 0xD9) {
        return true;
      }
      if (bytes[i] == (byte) 0xFF && bytes[i + 1] == (byte) JpegHeader.SCAN) {
        return false;
      }
    }
    return false;
  }
}
