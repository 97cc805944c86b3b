package juxta.launcher.whole;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Files that {@link Smallest} gives commands instead of people's own. */
final class MadeData {
  private MadeData() {}

  /** Pictures of two classes, tiles with masks, products, and two pictures to search for. */
  static void in(Path folder) throws IOException {
    for (int i = 0; i < 24; i++) {
      picture(folder, "photos/" + (i % 2 == 0 ? "cats" : "dogs") + "/" + i / 2 + ".png", i);
      picture(folder, "tiles/images/t" + (1 + i % 4) + "_p" + i + ".png", i);
      mask(folder, "tiles/masks/t" + (1 + i % 4) + "_p" + i + ".png");
    }
    for (int i = 0; i < 64; i++) {
      picture(folder, "products/object" + i / 4 + "/" + i + ".png", i);
    }
    picture(folder, "film.png", 3);
    picture(folder, "photo.png", 4);
  }

  private static void picture(Path folder, String name, int number) throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(40 + 3 * number, 255 - 3 * number, 90));
    g.fillRect(number % 12, number % 7, 14, 9 + number % 5);
    g.dispose();
    write(image, folder.resolve(name));
  }

  private static void mask(Path folder, String name) throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(4, 5, 0, 1);
    write(image, folder.resolve(name));
  }

  private static void write(BufferedImage image, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }
}
