package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import juxta.launcher.plugins.PluginJars;
import juxta.picture.Picture;
import juxta.toolkit.picture.Canvas;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of data, before anything is trained. */
class PreviewTest {
  private static final int SIDE = 16;
  private static final int RED = 0xFF0000;

  /** Edges of pictures on a sheet, and how far it is from a column to the next. */
  private static final int CELL = 192;

  private static final int ACROSS = CELL + 24;

  @TempDir static Path root;

  private static Shell shell;
  private static Path photos;

  @BeforeAll
  static void install() throws IOException {
    shell = Shell.in(root);
    Frail.addTo(shell);
    PluginJars.module("stranger", "1.0")
        .directive("requires juxta.toolkit;")
        .provider("juxta.api.DatasetProvider", "stranger.Depths")
        .source("stranger.Depths", STRANGER)
        .writeTo(shell.plugins().resolve("stranger.jar"));
    photos = root.resolve("photos");
    for (int i = 0; i < 4; i++) {
      picture(i < 3 ? "train/red" : "test/red", i, (y, x) -> RED);
    }
    for (int i = 0; i < 3; i++) {
      int level = 10 * i + 60; // so that no two are the same
      picture(i < 2 ? "train/grey" : "test/grey", i, (y, x) -> x < SIDE / 2 ? 0 : 0x010101 * level);
    }
  }

  private static void picture(String folder, int number, IntBinaryOperator colour)
      throws IOException {
    Path file = photos.resolve(folder).resolve(number + ".png");
    Files.createDirectories(file.getParent());
    Files.write(file, Canvas.png(Picture.painted(SIDE, SIDE, colour)));
  }

  @Test
  void aFolderIsCountedMeasuredAndDrawn() throws IOException {
    Path sheet = root.resolve("sheets/photos.png");
    JsonNode told = told("--preset small --data image-folder:" + photos + " --out " + sheet);

    assertThat(told.get("kind").asText()).isEqualTo("images");
    assertThat(told.get("splits").toString())
        .contains("\"name\":\"train\",\"records\":5")
        .contains("\"classes\":{\"grey\":2,\"red\":3}")
        .contains("\"name\":\"test\",\"records\":2")
        .contains("\"classes\":{\"grey\":1,\"red\":1}")
        .contains("{\"name\":\"image\",\"type\":\"uint8\",\"shape\":[16,16,3]}");
    int names = 2 * "train/grey/0.png".length() + 3 * "train/red/0.png".length();
    assertThat(told.at("/splits/0/bytes").asInt()).isEqualTo(5 * (16 * 16 * 3 + 4) + names);
    assertThat(told.at("/sample/records").asInt()).isEqualTo(7);
    assertThat(told.at("/sizes/height/median").asInt()).isEqualTo(SIDE);
    // four records of 255 and three with the levels 60, 70 and 80 in one half, 0 in the other
    JsonNode red = told.at("/values/0");
    double mean = (4 * 255 + 30 + 35 + 40) / 7.0;
    double square = (4 * 255 * 255 + (3600 + 4900 + 6400) / 2.0) / 7;
    assertThat(red.get("min").asInt()).isZero();
    assertThat(red.get("max").asInt()).isEqualTo(255);
    assertThat(red.get("mean").asDouble()).isEqualTo(mean, within(1e-9));
    assertThat(red.get("deviation").asDouble())
        .isEqualTo(Math.sqrt(square - mean * mean), within(1e-9));
    assertThat(told.at("/values/1/max").asInt()).isEqualTo(80);
    assertThat(told.at("/values/1/mean").asDouble()).isEqualTo(15, within(1e-9));
    assertThat(told.get("remarks").toString()).contains("4 records of one value only");
    assertThat(told.at("/views/method").asText()).isEqualTo("simclr");
    assertThat(names(told.at("/views/columns"))).containsExactly("view 1", "view 2");
    assertThat(told.get("sheet").asText()).isEqualTo(sheet.toString());

    drawn(sheet);
  }

  private static void drawn(Path file) throws IOException {
    BufferedImage sheet = ImageIO.read(file.toFile());
    int[] first = first(sheet, RED);
    int left = first[0];
    int reds = 0;
    int greys = 0;
    List<int[]> seen = new ArrayList<>();
    for (int top = first[1] % (CELL + 16); top + CELL <= sheet.getHeight(); top += CELL + 16) {
      int colour = rgb(sheet, left + CELL / 4, top + CELL / 2);
      if (colour == RED) {
        reds++;
        for (int x : List.of(0, CELL - 1)) {
          assertThat(rgb(sheet, left + x, top)).isEqualTo(RED);
          assertThat(rgb(sheet, left + x, top + CELL - 1)).isEqualTo(RED);
        }
        assertThat(rgb(sheet, left - 1, top)).isEqualTo(0xFFFFFF);
        assertThat(rgb(sheet, left + CELL, top)).isEqualTo(0xFFFFFF);
      } else if (colour == 0) {
        greys++;
        assertThat(rgb(sheet, left + 3 * CELL / 4, top + CELL / 2) & 0xFF).isIn(60, 70, 80);
        int[] stored = cell(sheet, left, top);
        for (int column = 1; column <= 2; column++) {
          int[] view = cell(sheet, left + column * ACROSS, top);
          assertThat(view).isNotEqualTo(stored);
          seen.add(view);
        }
      }
    }
    assertThat(reds).isEqualTo(4);
    assertThat(greys).isEqualTo(3);
    assertThat(seen.get(0)).isNotEqualTo(seen.get(1));
  }

  private static int[] first(BufferedImage sheet, int colour) {
    for (int y = 0; y < sheet.getHeight(); y++) {
      for (int x = 0; x < sheet.getWidth(); x++) {
        if (rgb(sheet, x, y) == colour) {
          return new int[] {x, y};
        }
      }
    }
    throw new AssertionError("nowhere " + Integer.toHexString(colour));
  }

  private static int rgb(BufferedImage sheet, int x, int y) {
    return sheet.getRGB(x, y) & 0xFFFFFF;
  }

  private static int[] cell(BufferedImage sheet, int left, int top) {
    return sheet.getRGB(left, top, CELL, CELL, null, 0, CELL);
  }

  @Test
  void theSummaryIsForPeopleAndSaysWhatComesNext() {
    Outcome outcome =
        shell.run("preview --data image-folder:%s --records 0 --sample 4 --seed 3", photos);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.outLines())
        .contains(
            "records  train  test",
            "  all        5     2",
            "  grey       2     1",
            "  red        3     1",
            "looked at a sample of 4 of 7 records (--sample N for more)",
            "train on them: juxta train simclr --data image-folder:"
                + photos
                + " --preset small --batch 4")
        .anyMatch(line -> line.startsWith("evaluators that take them: ") && line.contains("knn"))
        .noneMatch(line -> line.startsWith("sheet: "));
    assertThat(outcome.out())
        .containsPattern("with a smaller batch, --batch 4: (\\w+[- \\w]*\\s)?byol ")
        .contains(": takes volumes")
        .containsPattern("image, channel 1 +0 to 255 +mean ");
  }

  @Test
  void aSheetThatIsThereIsNotOverwrittenUnlessThatIsWanted() throws IOException {
    Path folder = Files.createDirectories(root.resolve("kept"));
    Path sheet = folder.resolve("preview-image-folder.png");
    Files.writeString(sheet, "precious");
    String line =
        "preview --data image-folder:" + photos + " --preset small --records 1 --out " + folder;
    Outcome refused = shell.run(line);
    assertThat(refused.errLines())
        .singleElement()
        .asString()
        .contains(sheet + " is already there", "--force", "another --out");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(sheet).hasContent("precious");
    Outcome forced = shell.run(line + " --force");
    assertThat(forced.status()).as(forced.err()).isZero();
    assertThat(forced.outLines()).contains("sheet: " + sheet);
    assertThat(ImageIO.read(sheet.toFile())).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          shapes --set data.train-size=40 --set data.test-size=20 --augmentation byol | simclr | view 1, view 2
          shapes --set data.train-size=40 --set data.test-size=20 --method supervised | supervised | view 1, view 2
          shapes --set data.train-size=40 --set data.test-size=20 --method untrained | untrained | as models are scored
          shapes --set data.train-size=40 --set data.test-size=20 --method pixels | pixels | ''
          shapes --set data.train-size=40 --set data.test-size=20 --method patchmix --set local-crops=2 --set augmentation.local-side=16 | patchmix | view 1, view 2, local view 1, local view 2
          shapes --set data.train-size=40 --set data.test-size=20 --method spps | spps | view 1, view 2
          shapes3d --set data.train-size=4 --set data.test-size=2 --set data.side=24 | fba | view 1, view 2
          dental --set data.size=64 | claires | view 1, view 2
          """)
  void viewsAreThoseOfTheMethod(String data, String method, String columns) throws IOException {
    Path sheet = Files.createTempDirectory(root, "sheet").resolve("views.png");
    JsonNode told =
        told("--preset small --records 3 --sample 20 --out " + sheet + " --data " + data);
    assertThat(told.at("/views/method").asText()).isEqualTo(method);
    assertThat(String.join(", ", names(told.at("/views/columns")))).isEqualTo(columns);
    for (JsonNode fit : told.get("methods")) {
      if (fit.get("id").asText().equals(method)) {
        assertThat(fit.get("fits").asBoolean()).isTrue();
      }
    }
    assertThat(told.get("remarks").toString()).doesNotContain("without views");
    assertThat(ImageIO.read(sheet.toFile()).getWidth()).isGreaterThan(300);
  }

  @Test
  void masksAreSharedOutAndHiddenOnesAreNotCounted() {
    JsonNode told =
        told(
            "--records 0 --data shapes3d --set data.train-size=4 --set data.test-size=2"
                + " --set data.side=24 --set data.labelled=1");
    assertThat(told.at("/masks/records").asInt()).isEqualTo(3); // 1 of 4, and 2 to score on
    double all = 0;
    for (JsonNode share : told.at("/masks/classes")) {
      all += share.get("share").asDouble();
    }
    assertThat(all).isEqualTo(1, within(1e-9));
    assertThat(told.at("/sizes/x/max").asInt()).isEqualTo(24);
  }

  @Test
  void aStrangersReaderIsSeenByItsFieldsAndHeard() throws IOException {
    Path sheet = root.resolve("depths.png");
    JsonNode told = told("--preset small --data depths --out " + sheet);
    assertThat(names(told.get("notes"))).containsExactly("depths: 2 files passed over (a.webp, …)");
    assertThat(told.get("remarks").toString())
        .contains("1 record with numbers that are not finite: train 2");
    JsonNode depth = told.at("/values/3");
    assertThat(depth.get("field").asText()).isEqualTo("depth");
    assertThat(depth.get("notFinite").asInt()).isEqualTo(1);
    assertThat(depth.get("max").asDouble()).isEqualTo(7.5);
    assertThat(told.at("/sizes/width/max").asInt()).isEqualTo(20);
    assertThat(told.at("/splits/0/classes/label 4").asInt()).isEqualTo(6); // it has no names
    assertThat(names(told.at("/views/columns"))).containsExactly("view 1", "view 2");
    assertThat(ImageIO.read(sheet.toFile())).isNotNull();

    // for people the reader's words are part of the summary
    Outcome outcome = shell.run("preview --data depths --records 0");
    assertThat(outcome.outLines()).contains("  depths: 2 files passed over (a.webp, …)");
    assertThat(outcome.err()).doesNotContain("passed over");
  }

  @Test
  void whatCannotBeDrawnIsSaid() throws IOException {
    Path sheet = root.resolve("blank.png");
    JsonNode told =
        told("--preset small --data blank --out " + sheet); // scans without the field 'extent'
    assertThat(told.get("remarks").toString())
        .contains("records without views: the data have no field 'extent'")
        .contains("of one value only");
    assertThat(told.at("/masks/records").asInt()).isEqualTo(8); // half of two splits
    assertThat(ImageIO.read(sheet.toFile())).isNotNull();
  }

  @Test
  void aMethodThatDoesNotTakeTheDataIsRefusedAsByTraining() {
    Path sheet = root.resolve("none.png");
    Outcome outcome =
        shell.run("preview --data image-folder:%s --method claires --out %s", photos, sheet);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.errLines())
        .anyMatch(
            line ->
                line.contains("method 'claires' takes images with text")
                    && line.contains("choose another"));
    assertThat(sheet).doesNotExist();
    assertThat(outcome.out()).isEmpty();
  }

  private static JsonNode told(String options) {
    Outcome outcome = shell.run("preview --json " + options);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    try {
      return new ObjectMapper().readTree(outcome.out());
    } catch (IOException e) {
      throw new AssertionError(outcome.out(), e);
    }
  }

  private static List<String> names(JsonNode array) {
    List<String> names = new ArrayList<>();
    array.forEach(name -> names.add(name.asText()));
    return names;
  }

  /** Images of 12 x 20 with a field that nobody else has; it logs what it passed over. */
  private static final String STRANGER =
      """
      package stranger;

      import java.util.*;
      import juxta.api.*;
      import juxta.toolkit.data.*;
      import juxta.toolkit.graph.Tensors;

      public final class Depths implements DatasetProvider {
        @Override
        public String id() {
          return "depths";
        }

        @Override
        public String summary() {
          return "images with depths";
        }

        @Override
        public DataKind kind() {
          return DataKind.IMAGES;
        }

        @Override
        public Dataset open(Request request) {
          System.getLogger("stranger")
              .log(System.Logger.Level.WARNING, "depths: 2 files passed over (a.webp, …)");
          int[] labels = new int[6];
          Arrays.fill(labels, 4);
          Field depth = Field.of("depth", FieldType.FLOAT32, 12, 20);
          Split split =
              ColumnSplit.of(
                  6,
                  Column.images(12, 20, 3, Depths::pixels),
                  Column.labels(labels),
                  new Column(depth, Depths::depths));
          return new OpenDataset("depths", Map.of("train", split), List.of(), "00");
        }

        private static byte[] pixels(int record) {
          byte[] pixels = new byte[12 * 20 * 3];
          new Random(record).nextBytes(pixels);
          return pixels;
        }

        private static Value depths(int record) {
          float[] depths = new float[12 * 20];
          depths[3] = 7.5f;
          depths[7] = record == 2 ? Float.NaN : 0;
          return Tensors.floats(new long[] {12, 20}, depths);
        }
      }
      """;
}
