package juxta.toolkit.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import juxta.picture.GreyWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GreyWindowTest {
  private static final Path FILE = Path.of("film.png");

  /** A 16-bit PNG whose pixels have the levels given, a row. */
  private static byte[] png(int... levels) {
    BufferedImage image = new BufferedImage(levels.length, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSamples(0, 0, levels.length, 1, 0, levels);
    return Drawn.encode(image, "png");
  }

  private static int[] decoded(GreyWindow window, int... levels) {
    byte[] rgb = PictureFiles.decode(FILE, png(levels), window).rgb();
    int[] grey = new int[levels.length];
    for (int i = 0; i < grey.length; i++) {
      assertThat(rgb[3 * i + 1]).isEqualTo(rgb[3 * i]);
      assertThat(rgb[3 * i + 2]).isEqualTo(rgb[3 * i]);
      grey[i] = rgb[3 * i] & 0xFF;
    }
    return grey;
  }

  @Test
  void theFullRangeIsTheUpperByte() {
    assertThat(decoded(GreyWindow.FULL, 0, 255, 256, 4095, 65535))
        .containsExactly(0, 0, 1, 15, 255);
    assertThat(PictureFiles.decode(FILE, png(0, 4095)).rgb()).containsOnly(0, 15);
  }

  @Test
  void theWindowReachesFromPercentileToPercentile() {
    int[] ramp = new int[1001];
    Arrays.setAll(ramp, i -> 1000 + 2 * i); // a detector of 12 bits
    ramp[1000] = 65535; // a mark
    int[] grey = decoded(GreyWindow.PERCENTILE, ramp);
    assertThat(grey[0]).isZero();
    assertThat(grey[5]).isZero();
    assertThat(grey[500]).isEqualTo(128);
    assertThat(grey[995]).isEqualTo(255);
    assertThat(grey[1000]).isEqualTo(255);
  }

  @Test
  void aFlatPictureHasNoWindow() {
    assertThat(decoded(GreyWindow.PERCENTILE, 512, 512, 512)).containsOnly(2);
  }

  @Test
  void orderIsKept() {
    Random random = new Random(1);
    for (int round = 0; round < 50; round++) {
      int[] levels = random.ints(200, 0, 1 << (8 + random.nextInt(9))).sorted().toArray();
      assertThat(decoded(GreyWindow.PERCENTILE, levels)).isSorted();
    }
  }

  @Test
  void eightBitsAreLeftAlone() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {10, 20, 30});
    byte[] file = Drawn.encode(image, "png");
    assertThat(PictureFiles.decode(FILE, file, GreyWindow.PERCENTILE).rgb())
        .containsExactly(10, 10, 10, 20, 20, 20, 30, 30, 30);
  }

  @Test
  void nearlyBlackPicturesAreTold(@TempDir Path folder) throws IOException {
    int[] narrow = new int[1000];
    Arrays.setAll(narrow, i -> 4 * i);
    int[] wide = new int[1000];
    Arrays.setAll(wide, i -> 60 * i);
    List<Path> files = new ArrayList<>();
    List<FileFact> facts = new ArrayList<>();
    for (int[] levels : List.of(wide, narrow, narrow)) {
      Path file = Files.write(folder.resolve(files.size() + ".png"), png(levels));
      files.add(file);
      facts.add(new FileFact(new byte[1], PictureFiles.header(file, Files.readAllBytes(file))));
    }
    PictureReading full = new PictureReading(GreyWindow.FULL, false);
    assertThat(DeepHint.of(files, facts, full))
        .contains(
            files.get(1)
                + ": has 16 bits, but nearly all of its values lie between 20 and 3976, so it is read"
                + " as nearly one grey, as are 2 of 3 such pictures that were looked at; --set"
                + " data.grey-16-bit=percentile spreads them");
    assertThat(DeepHint.of(files.subList(0, 2), facts.subList(0, 2), full)).isEmpty();
    assertThat(DeepHint.of(files, facts, new PictureReading(GreyWindow.PERCENTILE, false)))
        .isEmpty();
  }
}
