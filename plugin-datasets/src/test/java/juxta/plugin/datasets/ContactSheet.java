package juxta.plugin.datasets;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import juxta.api.Dataset;
import juxta.api.Split;

/** Writes the first pictures of the generator as one PNG, to judge by eye. */
final class ContactSheet {
  private ContactSheet() {}

  public static void main(String[] arguments) throws Exception {
    int side = Integer.parseInt(arguments[1]);
    int columns = 20;
    int rows = 12;
    long start = System.nanoTime();
    Dataset data = new Shapes().open(Requests.without(Path.of("unused"), "side", arguments[1]));
    System.out.println((System.nanoTime() - start) / 1e9 + " s");
    Split split = data.train();
    BufferedImage sheet =
        new BufferedImage(columns * (side + 2), rows * (side + 2), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < columns * rows; i++) {
      byte[] image = Bytes.image(split, i);
      for (int p = 0; p < side * side; p++) {
        int rgb =
            (image[3 * p] & 0xFF) << 16 | (image[3 * p + 1] & 0xFF) << 8 | image[3 * p + 2] & 0xFF;
        sheet.setRGB(i % columns * (side + 2) + p % side, i / columns * (side + 2) + p / side, rgb);
      }
    }
    ImageIO.write(sheet, "png", Path.of(arguments[0]).toFile());
  }
}
