package juxta.picture;

import java.nio.ByteBuffer;

/**
 * Finds the tag of orientation: in a JPEG's first EXIF segment, a PNG's {@code eXIf} chunk, or a
 * TIFF's first directory. Damaged ones say nothing.
 */
final class Exif {
  private Exif() {}

  /**
   * The orientation.
   *
   * @param bytes a file's content
   * @return upright where nothing is said
   */
  static Orientation orientation(byte[] bytes) {
    if (JpegHeader.is(bytes)) {
      return jpeg(bytes);
    }
    if (Png.is(bytes)) {
      return Png.chunk(bytes, "eXIf").map(Exif::tiff).orElse(Orientation.UPRIGHT);
    }
    return tiff(ByteBuffer.wrap(bytes));
  }

  private static Orientation jpeg(byte[] bytes) {
    for (JpegHeader.Segment s = JpegHeader.Segment.first(bytes);
        s.inside(bytes) && s.marker() != JpegHeader.SCAN;
        s = s.next(bytes)) {
      if (s.marker() == JpegHeader.EXIF && s.begins(bytes, "Exif\0\0")) {
        return tiff(ByteBuffer.wrap(bytes, s.at() + 6, s.length() - 6).slice());
      }
    }
    return Orientation.UPRIGHT;
  }

  private static Orientation tiff(ByteBuffer all) {
    return Orientation.of(Tiff.tag(all, Tiff.ORIENTATION).orElse(1));
  }
}
