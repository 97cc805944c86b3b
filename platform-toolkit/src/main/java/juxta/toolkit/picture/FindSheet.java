package juxta.toolkit.picture;

import java.util.List;
import juxta.picture.Picture;

/**
 * A picture of searches, a row a query: the query, a gap, and the first finds, best first. A right
 * find has a blue frame and a bar below, a wrong one an orange frame: colours that colour-blind
 * readers tell apart.
 *
 * @param side pixels of a picture's sides
 * @param frame pixels of a frame
 * @param finds columns for finds
 */
public record FindSheet(int side, int frame, int finds) {
  /**
   * A find.
   *
   * @param picture what was found
   * @param right whether it should have been
   */
  public record Find(Picture picture, boolean right) {}

  /**
   * A query.
   *
   * @param query its picture
   * @param finds what was found, best first
   */
  public record Row(Picture query, List<Find> finds) {}

  /**
   * Draws the sheet.
   *
   * @param rows a query each, at least one
   * @return the sheet, {@code side + 4 frame} pixels a row
   */
  public Canvas draw(List<Row> rows) {
    int cell = side + 4 * frame;
    Canvas sheet = new Canvas((finds + 1) * cell + cell / 4, rows.size() * cell, 0);
    for (int y = 0; y < rows.size(); y++) {
      int top = y * cell + 2 * frame;
      sheet.draw(rows.get(y).query().blocks(side, side), 2 * frame, top);
      for (int i = 0; i < rows.get(y).finds().size(); i++) {
        Find find = rows.get(y).finds().get(i);
        int left = cell / 4 + (i + 1) * cell + 2 * frame;
        int colour = (find.right() ? SafeColour.SKY : SafeColour.VERMILION).rgb();
        sheet.draw(find.picture().blocks(side, side), left, top);
        int all = side + 2 * frame;
        sheet.outline(left - frame, top - frame, all, all, frame, colour);
        if (find.right()) {
          sheet.fill(left, top + side - frame, side, frame, colour);
        }
      }
    }
    return sheet;
  }
}
