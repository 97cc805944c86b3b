package juxta.toolkit.picture;

import java.util.List;
import juxta.picture.Picture;

/** Rows of pictures of one size on grey, with gaps between them and around. */
public final class Mosaic {
  private static final int PAPER = 0x808080;

  private Mosaic() {}

  /**
   * Draws the pictures.
   *
   * @param rows the pictures, of one size; rows may be of different lengths
   * @param zoom pixels that a pixel becomes along each edge
   * @param gap pixels between the pictures
   * @return the mosaic
   */
  public static Canvas of(List<List<Picture>> rows, int zoom, int gap) {
    int height =
        rows.stream().flatMap(List::stream).mapToInt(p -> p.size().height()).max().orElse(1);
    int width = rows.stream().flatMap(List::stream).mapToInt(p -> p.size().width()).max().orElse(1);
    int wide = rows.stream().mapToInt(List::size).max().orElse(0);
    int across = width * zoom + gap;
    int down = height * zoom + gap;
    Canvas sheet =
        new Canvas(Math.max(1, wide) * across + gap, Math.max(1, rows.size()) * down + gap, PAPER);
    for (int y = 0; y < rows.size(); y++) {
      for (int x = 0; x < rows.get(y).size(); x++) {
        Picture shown = rows.get(y).get(x).blocks(height * zoom, width * zoom);
        sheet.draw(shown, gap + x * across, gap + y * down);
      }
    }
    return sheet;
  }
}
