package juxta.plugin.medcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetTest {
  @TempDir Path folder;

  @Test
  void imagesLieInRowsWithTheirColours() throws IOException {
    float[] red = {1, 0, 0};
    float[] bright = {2, -1, 0.5f}; // what lies outside is cut off
    new Sheet(1, 3, List.of(List.of(red, bright), List.of(), List.of(red)))
        .write(folder.resolve("sheet.png"));
    BufferedImage sheet = ImageIO.read(folder.resolve("sheet.png").toFile());
    assertThat(sheet.getWidth()).isEqualTo(2 * 68 + 4);
    assertThat(sheet.getHeight()).isEqualTo(3 * 68 + 4);
    assertThat(sheet.getRGB(30, 30)).isEqualTo(0xffff0000);
    assertThat(sheet.getRGB(4 + 68, 4)).isEqualTo(0xffff0080);
    assertThat(sheet.getRGB(30, 68 + 30)).isEqualTo(0xff808080); // nothing there
    assertThat(sheet.getRGB(30, 2 * 68 + 30)).isEqualTo(0xffff0000);
  }

  @Test
  void greyImagesAreGreyAndPixelsStayInPlace() {
    float[] image = {0, 0.2f, 0.6f, 1};
    BufferedImage sheet = new Sheet(2, 1, List.of(List.of(image))).draw();
    assertThat(sheet.getRGB(4, 4)).isEqualTo(0xff000000);
    assertThat(sheet.getRGB(4 + 63, 4)).isEqualTo(0xff333333);
    assertThat(sheet.getRGB(4, 4 + 63)).isEqualTo(0xff999999);
    assertThat(sheet.getRGB(4 + 63, 4 + 63)).isEqualTo(0xffffffff);
  }

  @Test
  void nothingToShowIsAPictureAllTheSame() {
    assertThat(new Sheet(8, 1, List.of()).draw().getWidth()).isPositive();
  }
}
