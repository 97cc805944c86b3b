package juxta.launcher.preview;

import java.util.Optional;
import juxta.picture.ImageSize;
import juxta.picture.Picture;

/**
 * A picture on a sheet, perhaps with a class index a pixel.
 *
 * @param picture what is seen
 * @param mask class indices, row by row, as many as the picture has pixels; not copied
 * @param tall how high a pixel is, in any unit
 * @param wide how wide a pixel is, in the same unit
 */
record Tile(Picture picture, Optional<byte[]> mask, double tall, double wide) {
  /** From here on pixels are seen as such; what is enlarged less is interpolated. */
  private static final int BLOCKS = 3;

  static Tile of(Picture picture) {
    return new Tile(picture, Optional.empty(), 1, 1);
  }

  Tile masked(byte[] indices) {
    boolean fits = indices.length == picture.size().height() * picture.size().width();
    return fits ? new Tile(picture, Optional.of(indices), tall, wide) : this;
  }

  /** As large as fits into a square; of small pictures of square pixels each becomes a block. */
  ImageSize within(int side) {
    double height = picture.size().height() * tall;
    double width = picture.size().width() * wide;
    double zoom = side / Math.max(height, width);
    if (tall == wide && zoom * tall >= BLOCKS) {
      zoom = Math.floor(zoom * tall) / tall;
    }
    return new ImageSize(
        Math.max(1, (int) Math.round(height * zoom)), Math.max(1, (int) Math.round(width * zoom)));
  }

  /** The picture at a size, classes tinted and outlined. */
  Picture drawn(ImageSize to, Tints tints) {
    int height = picture.size().height();
    int width = picture.size().width();
    boolean blocks = to.height() >= BLOCKS * height && to.width() >= BLOCKS * width;
    Picture scaled =
        blocks ? picture.blocks(to.height(), to.width()) : picture.resized(to.height(), to.width());
    if (mask.isEmpty()) {
      return scaled;
    }
    byte[] classes = mask.get();
    return Picture.painted(
        to.height(),
        to.width(),
        (y, x) -> {
          int own = at(classes, y, x, to);
          int below = at(classes, Math.min(y + 1, to.height() - 1), x, to);
          int right = at(classes, y, Math.min(x + 1, to.width() - 1), to);
          return tints.of(scaled.colour(y, x), own, own != below || own != right);
        });
  }

  private int at(byte[] classes, int y, int x, ImageSize to) {
    int row = y * picture.size().height() / to.height();
    int column = x * picture.size().width() / to.width();
    return classes[row * picture.size().width() + column] & 0xFF;
  }
}
