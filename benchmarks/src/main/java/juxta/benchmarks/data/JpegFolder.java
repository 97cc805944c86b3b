package juxta.benchmarks.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Makes a folder of JPEG files of the size and the weight of a photograph of ImageNet made small.
 */
public final class JpegFolder {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 224;
  private static final int CLASSES = 20;

  /** Pictures that differ; the others are copies with a remark of their own. */
  private static final int PICTURES = 256;

  private static final FileTime PAST = FileTime.fromMillis(1_700_000_000_000L);

  private JpegFolder() {}

  /**
   * Makes the files that are not there.
   *
   * @param folder holds a folder a class afterwards
   * @param images number of files
   * @throws IOException if nothing can be written there
   */
  public static void make(Path folder, int images) throws IOException {
    byte[][] pictures =
        IntStream.range(0, PICTURES).parallel().mapToObj(JpegFolder::jpeg).toArray(byte[][]::new);
    for (int i = 0; i < CLASSES; i++) {
      Files.createDirectories(folder.resolve("class" + i));
    }
    IntStream.range(0, images)
        .parallel()
        .forEach(i -> write(folder.resolve("class" + i % CLASSES), i, pictures[i % PICTURES]));
  }

  private static void write(Path folder, int index, byte[] picture) {
    Path file = folder.resolve("n" + index + ".jpg");
    ByteBuffer bytes = ByteBuffer.allocate(picture.length + 8);
    bytes.put(picture, 0, 2); // start of image
    bytes.putShort((short) 0xFFFE).putShort((short) 6).putInt(index); // a remark
    bytes.put(picture, 2, picture.length - 2);
    try {
      Files.write(file, bytes.array());
      Files.setLastModifiedTime(file, PAST); // what was changed just now is read again
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waves of several lengths with a little noise: about 18 KB. */
  private static byte[] jpeg(int seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    double[] waves = random.doubles(24, -0.5, 0.5).toArray();
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int colour = 0;
        for (int c = 0; c < 3; c++) {
          double sum = 0;
          for (int k = 0; k < 4; k++) {
            sum += Math.sin(waves[8 * c + 2 * k] * x + waves[8 * c + 2 * k + 1] * y) / (k + 1);
          }
          int level = (int) (128 + 45 * sum + 6 * random.nextGaussian());
          colour = colour << 8 | Math.max(0, Math.min(255, level));
        }
        image.setRGB(x, y, colour);
      }
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "jpg", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes a folder away.
   *
   * @param folder the folder with all that is in it
   * @throws IOException if something of it stays
   */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(JpegFolder::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
