package juxta.toolkit.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import juxta.picture.ImageSize;
import juxta.picture.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanvasTest {
  private static final int PAPER = 0x808080;

  private static Picture one(int colour) {
    return Picture.painted(1, 1, (y, x) -> colour);
  }

  @Test
  void pngKeepsEveryPixel() throws IOException {
    Picture picture = new Picture(new ImageSize(5, 9), Drawn.random(3 * 45, 3));
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(Canvas.png(picture)));
    for (int i = 0; i < 45; i++) {
      assertThat(read.getRGB(i % 9, i / 9) & 0xFFFFFF).isEqualTo(picture.colour(i / 9, i % 9));
    }
  }

  @Test
  void whatLiesOutsideIsNotDrawn() {
    Picture block = Picture.painted(4, 4, (y, x) -> 16 * y + x);
    Picture drawn = new Canvas(3, 3, PAPER).draw(block, -2, 1).picture();
    assertThat(drawn.colour(0, 0)).isEqualTo(PAPER);
    assertThat(drawn.colour(1, 0)).isEqualTo(2);
    assertThat(drawn.colour(2, 1)).isEqualTo(16 + 3);
    assertThat(drawn.colour(2, 2)).isEqualTo(PAPER);
  }

  @Test
  void anOutlineLiesInsideItsArea() {
    Picture drawn = new Canvas(9, 9, PAPER).outline(1, 2, 6, 5, 2, 0xFF0000).picture();
    for (int y = 0; y < 9; y++) {
      for (int x = 0; x < 9; x++) {
        boolean within = x >= 1 && x < 7 && y >= 2 && y < 7;
        boolean deep = x >= 3 && x < 5 && y >= 4 && y < 5;
        assertThat(drawn.colour(y, x)).isEqualTo(within && !deep ? 0xFF0000 : PAPER);
      }
    }
  }

  @Test
  void textIsDrawnAndCutToItsRoom() {
    Canvas canvas = new Canvas(200, 30, 0xFFFFFF);
    String text = "a name that is far too long for its room";
    String fitting = canvas.fitting(text, 14, 80);
    assertThat(fitting).endsWith("…").hasSizeLessThan(text.length());
    assertThat(canvas.fitting("ab", 14, 80)).isEqualTo("ab");
    Picture drawn = canvas.text(fitting, 0, 20, 14, 0).picture();
    assertThat(drawn.rgb()).contains((byte) 0);
    for (int y = 0; y < 30; y++) {
      assertThat(drawn.colour(y, 90)).isEqualTo(0xFFFFFF);
    }
  }

  @Test
  void marksOfNeighboursDiffer() {
    for (int kind = 0; kind < 28; kind++) {
      Canvas canvas = new Canvas(21, 21, 0xFFFFFF).mark(Mark.of(kind), 10.5, 10.5, 6, 1);
      assertThat(canvas.picture().colour(10, 10)).isEqualTo(Mark.of(kind).colour());
      assertThat(Mark.of(kind)).isNotEqualTo(Mark.of(kind + 1));
    }
  }

  @Test
  void aMosaicHasRowsOfAnyLength(@TempDir Path folder) {
    Mosaic.of(List.of(List.of(one(0xFF0000), one(0x00FF80)), List.of(), List.of(one(9))), 64, 4)
        .write(folder.resolve("mosaic.png"));
    Picture read = PictureFiles.read(folder.resolve("mosaic.png"));
    assertThat(read.size()).isEqualTo(new ImageSize(3 * 68 + 4, 2 * 68 + 4));
    assertThat(read.colour(30, 30)).isEqualTo(0xFF0000);
    assertThat(read.colour(4, 4 + 68)).isEqualTo(0x00FF80);
    assertThat(read.colour(68 + 30, 30)).isEqualTo(PAPER); // nothing there
    assertThat(read.colour(2 * 68 + 30, 30)).isEqualTo(9);
    assertThat(Mosaic.of(List.of(), 8, 4).width()).isPositive();
  }

  @Test
  void findsAreFramedByWhetherTheyAreRight() {
    FindSheet sheet = new FindSheet(20, 2, 3);
    FindSheet.Row row =
        new FindSheet.Row(
            one(1), List.of(new FindSheet.Find(one(2), true), new FindSheet.Find(one(3), false)));
    Picture drawn = sheet.draw(List.of(row, row)).picture();
    assertThat(drawn.size()).isEqualTo(new ImageSize(56, 4 * 28 + 7));
    assertThat(drawn.colour(28 + 14, 14)).isEqualTo(1);
    assertThat(drawn.colour(28 + 14, 35 + 14)).isEqualTo(2);
    assertThat(drawn.colour(28 + 14, 35 + 2)).isEqualTo(SafeColour.SKY.rgb());
    assertThat(drawn.colour(28 + 4 + 19, 35 + 14)).isEqualTo(SafeColour.SKY.rgb()); // the bar
    assertThat(drawn.colour(28 + 4 + 19, 63 + 14)).isEqualTo(3);
    assertThat(drawn.colour(28 + 14, 63 + 2)).isEqualTo(SafeColour.VERMILION.rgb());
    assertThat(drawn.colour(28 + 14, 91 + 14)).isZero(); // no third find
  }
}
