package juxta.launcher.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import juxta.picture.Picture;
import org.junit.jupiter.api.Test;

class SheetTest {
  private static final Tints NO_TINTS = new Tints(Map.of(), Map.of());

  @Test
  void eachPictureIsInItsPlaceAndNothingOverlaps() {
    int[] colours = {0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00};
    List<Sheet.Row> rows =
        List.of(
            row("first", List.of(cell(colours[0]), cell(colours[1]))),
            row("second", List.of(cell(colours[2]), Sheet.Cell.none("too small"))));
    Sheet sheet =
        new Sheet(
            "title",
            List.of("more"),
            List.of(new Sheet.Column("as read", ""), new Sheet.Column("view 1", "")),
            rows,
            NO_TINTS,
            40,
            120);
    Picture drawn = sheet.draw().picture();
    assertThat(drawn.size().width()).isEqualTo(sheet.left(1) + 40 + Sheet.MARGIN);
    assertThat(drawn.size().height()).isEqualTo(sheet.top(2) + Sheet.MARGIN);
    int[] counts = new int[colours.length];
    for (int y = 0; y < drawn.size().height(); y++) {
      for (int x = 0; x < drawn.size().width(); x++) {
        for (int i = 0; i < colours.length; i++) {
          if (drawn.colour(y, x) == colours[i]) {
            counts[i]++;
            int column = i % 2;
            int row = i / 2;
            assertThat(x).isBetween(sheet.left(column), sheet.left(column) + 39);
            assertThat(y).isBetween(sheet.top(row), sheet.top(row) + 39);
          }
        }
      }
    }
    // ten pixels enlarged four times
    assertThat(counts).containsExactly(1600, 1600, 1600, 0);
  }

  @Test
  void longTextsEndWithinTheirRowAndHostileOnesAreShownAsTheyAre() {
    String text = "word \u202e\n ".repeat(400) + "x".repeat(500);
    Sheet sheet =
        new Sheet(
            "t".repeat(500),
            List.of(),
            List.of(new Sheet.Column("g".repeat(90), "n".repeat(90))),
            List.of(
                new Sheet.Row(
                    "h".repeat(300), List.of("l".repeat(300)), text, List.of(cell(0xFF0000)))),
            NO_TINTS,
            96,
            160);
    Picture drawn = sheet.draw().picture();
    for (int y = 0; y < drawn.size().height(); y++) {
      for (int x = 0; x < drawn.size().width(); x++) {
        boolean margin = x >= sheet.left(0) + 96 || y >= sheet.top(0) + 96 + Sheet.GAP;
        if (margin) {
          assertThat(drawn.colour(y, x)).as(x + ", " + y).isEqualTo(0xFFFFFF);
        }
      }
    }
  }

  private static Sheet.Row row(String head, List<Sheet.Cell> cells) {
    return new Sheet.Row(head, List.of("train 0"), "", cells);
  }

  private static Sheet.Cell cell(int colour) {
    return Sheet.Cell.of(Tile.of(Picture.painted(10, 10, (y, x) -> colour)));
  }
}
