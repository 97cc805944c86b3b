package juxta.plugin.datasets.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;
import juxta.api.DataKind;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.MaskClass;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.picture.GreyWindow;
import juxta.picture.ImageSize;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.Drawn;
import juxta.plugin.datasets.Masks;
import juxta.plugin.datasets.Requests;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.picture.PictureReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesWithMasksTest {
  @TempDir Path folder;

  private Dataset open(String... settings) {
    return new ImagesWithMasks().open(Requests.of(folder, settings));
  }

  private void fails(String message, String... settings) {
    assertThatThrownBy(() -> open(settings))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message)
        .satisfies(
            e ->
                assertThat(((UserException) e).problems())
                    .hasSizeLessThan(3)
                    .allMatch(problem -> problem.lines().count() == 1));
  }

  private static byte[] mask(Split split, int record) {
    var data = split.value(Field.MASK, record).data();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    return bytes;
  }

  /** Images of five areas of three tiles each; red tells the area. */
  private void areas() {
    for (int area = 0; area < 5; area++) {
      for (int tile = 0; tile < 3; tile++) {
        String name = "t" + area + "_p1_0_" + tile + ".png";
        Drawn.png(folder.resolve("images").resolve(name), 6, 4, 20 * area);
        Masks.palette(folder.resolve("masks").resolve(name), 6, 4, (x, y) -> (x + y) % 3);
      }
    }
  }

  private void classes() {
    Masks.csv(
        folder.resolve("classes.csv"),
        "0,building,60,16,152",
        "1,land,132,41,246",
        "2,unlabeled,110,193,228");
  }

  @Test
  void indicesOfAPaletteAreClassesAndUnlabelledOnesDoNotCount() {
    areas();
    classes();
    Dataset data = open();
    assertThat(data.kind()).isEqualTo(DataKind.IMAGES);
    assertThat(data.classes()).isEmpty();
    assertThat(data.maskClasses())
        .containsExactly(new MaskClass("building", 0x3C1098), new MaskClass("land", 0x8429F6));
    assertThat(data.train().fields())
        .containsExactly(
            Field.of("image", FieldType.UINT8, 4, 6, 3),
            Field.of("mask", FieldType.UINT8, 4, 6),
            Field.of("area", FieldType.TEXT));
    assertThat(mask(data.train(), 0)).startsWith(0, 1, 255, 0, 1, 255, 1, 255, 0);
    assertThat(open("ignore", "none").maskClasses()).hasSize(3);
    assertThat(mask(open("ignore", "building").train(), 0)).startsWith(255, 0, 1, 255);
    fails("ignore names 'sea'", "ignore", "sea");
  }

  @Test
  void noAreaIsInTwoSplits() {
    areas();
    classes();
    for (String seed : List.of("0", "1", "2", "3")) {
      Dataset data = open("split-seed", seed);
      Set<Integer> train = reds(data.train());
      Set<Integer> test = reds(data.split("test"));
      assertThat(train).doesNotContainAnyElementsOf(test);
      assertThat(data.train().size() + data.split("test").size()).isEqualTo(15);
      assertThat(data.split("test").size()).isEqualTo(3);
      for (Split split : data.splits().values()) {
        for (int i = 0; i < split.size(); i++) {
          int red = Byte.toUnsignedInt(Bytes.image(split, i)[0]);
          assertThat(split.value(Field.AREA, i).text()).isEqualTo("t" + red / 20);
        }
      }
    }
    Dataset named = open("test-areas", "t1, t3", "validation-areas", "t4");
    assertThat(reds(named.split("test"))).containsExactlyInAnyOrder(20, 60);
    assertThat(reds(named.split("validation"))).containsExactly(80);
    assertThat(reds(named.train())).containsExactlyInAnyOrder(0, 40);
    assertThat(reds(open("area", "^t([0-2])?", "test-areas", "1").split("test")))
        .containsExactly(20);
    fails("test-areas names 't9', which is no area; there are t0, t1", "test-areas", "t9");
    fails("is no regular expression", "area", "(");
    fails("area 'p7' is not found in the name 't0_p1_0_0'", "area", "p7");
  }

  private static Set<Integer> reds(Split split) {
    Set<Integer> reds = new HashSet<>();
    for (int i = 0; i < split.size(); i++) {
      reds.add(Byte.toUnsignedInt(Bytes.image(split, i)[0]));
    }
    return reds;
  }

  @Test
  void namesThatTellNoAreaAreRefused() {
    for (int i = 0; i < 6; i++) {
      Drawn.png(folder.resolve("images/img_" + i + ".png"), 4, 4, i);
      Masks.grey(folder.resolve("masks/img_" + i + ".png"), 4, 4, (x, y) -> x % 2);
    }
    fails("do not tell which area");
    assertThat(open("area", ".*", "test-share", "0.5").split("test").size()).isEqualTo(3);
  }

  @Test
  void coloursAreLookedUp() {
    for (String split : List.of("train", "val")) {
      Drawn.png(folder.resolve(split + "/images/a.png"), 4, 2, 0);
      Masks.colours(
          folder.resolve(split + "/masks/a_mask.png"), "png", 4, 2, (x, y) -> Masks.COLOURS[x % 3]);
    }
    fails("is a mask of colours, and it is not known what they mean");
    Masks.csv(folder.resolve("classes.csv"), "7,a,60,16,152", "3,b,132,41,246", "9,c,110,193,228");
    Dataset data = open();
    assertThat(data.splits().keySet()).containsExactly("train", "test");
    assertThat(mask(data.train(), 0)).containsExactly(0, 1, 2, 0, 0, 1, 2, 0);

    Masks.colours(
        folder.resolve("train/masks/a_mask.png"),
        "png",
        4,
        2,
        (x, y) -> x == 3 && y == 1 ? 0x010203 : Masks.COLOURS[0]);
    fails(
        "a_mask.png: pixel (3, 1) has the colour #010203, which is that of no class in classes.csv");
  }

  @Test
  void lovedasFoldersAndNumbersAreKnown() {
    for (String place : List.of("Train/Urban", "Train/Rural", "Val/Urban")) {
      Drawn.png(folder.resolve(place + "/images_png/1.png"), 8, 8, 9);
      Masks.grey(folder.resolve(place + "/masks_png/1.png"), 8, 8, (x, y) -> x);
    }
    Drawn.png(folder.resolve("Test/Urban/images_png/5.png"), 8, 8, 9); // masks are not published
    Dataset data = open();
    assertThat(data.train().size()).isEqualTo(2);
    assertThat(data.split("test").size()).isEqualTo(1);
    assertThat(data.maskClasses())
        .extracting(MaskClass::name)
        .containsExactly(
            "background", "building", "road", "water", "barren", "forest", "agricultural");
    assertThat(mask(data.train(), 0)).startsWith(255, 0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void potsdamsFoldersColoursAndSplitAreKnown() {
    for (String area : List.of("2_10", "2_13", "7_7")) {
      Bytes.write(
          folder.resolve("2_Ortho_RGB/top_potsdam_" + area + "_RGB.tif"),
          Drawn.encode(Drawn.picture(8, 8, 3, BufferedImage.TYPE_INT_RGB), "tif"));
      Masks.colours(
          folder.resolve("5_Labels_all/top_potsdam_" + area + "_label.tif"),
          "tif",
          8,
          8,
          (x, y) -> x < 4 ? 0xFFFF00 : 0xFFFFFF);
    }
    Dataset data = open("tile", "4");
    assertThat(data.train().size()).isEqualTo(8);
    assertThat(data.split("test").size()).isEqualTo(4);
    assertThat(data.maskClasses())
        .extracting(MaskClass::name)
        .containsExactly(
            "impervious surface", "building", "low vegetation", "tree", "car", "clutter");
    assertThat(mask(data.train(), 0)).containsOnly(4);
    assertThat(mask(data.train(), 1)).containsOnly(0);
  }

  @Test
  void everyPixelIsInOneTile() {
    int width = 11;
    int height = 7;
    for (String area : List.of("a", "b")) {
      Drawn.png(folder.resolve("images/" + area + ".png"), width, height, 0);
      Masks.grey(folder.resolve("masks/" + area + ".png"), width, height, (x, y) -> x + width * y);
    }
    int[] seen = new int[width * height];
    Split split = open("tile", "4").train();
    assertThat(split.size()).isEqualTo(6);
    for (int i = 0; i < split.size(); i++) {
      byte[] mask = mask(split, i);
      byte[] image = Bytes.image(split, i);
      for (int p = 0; p < 16; p++) {
        int place = Byte.toUnsignedInt(mask[p]);
        if (place != Field.IGNORED) {
          seen[place]++;
          assertThat(image[3 * p]).isEqualTo((byte) (place % width)); // as the picture is drawn
          assertThat(image[3 * p + 1]).isEqualTo((byte) (2 * (place / width)));
        }
      }
    }
    assertThat(seen).containsOnly(1);
    fails("smaller than a tile; set data.tile to 7 or less", "tile", "8");
  }

  @Test
  void tilesInTheCacheAreThoseInMemory() {
    Drawn.png(folder.resolve("images/a.png"), 9, 6, 0);
    Masks.grey(folder.resolve("masks/a.png"), 9, 6, (x, y) -> (x * y) % 5);
    MaskPair pair = MaskFolders.pairs(folder).get(0);
    BitSet used = new BitSet();
    used.set(0, 5);
    MaskList list = MaskList.numbered(used, false);
    PictureReading reading = new PictureReading(GreyWindow.FULL, false);
    for (int tile : new int[] {0, 4}) {
      MaskTiles tiles =
          new MaskTiles(
              List.of(new MaskTiles.Scene(pair, new ImageSize(6, 9), new byte[] {1})),
              new MaskRule(Optional.of(list), false, reading, false),
              list.kept("2"),
              name -> "of " + name,
              tile);
      Split memory = tiles.open(true, tile > 0, Requests.cached(folder, folder.resolve("cache")));
      Split elsewhere =
          tiles.open(false, tile > 0, Requests.cached(folder, folder.resolve("cache")));
      Split again = tiles.open(false, tile > 0, Requests.cached(folder, folder.resolve("cache")));
      assertThat(memory.size()).isEqualTo(tile == 0 ? 1 : 6);
      assertThat(memory.value("area", memory.size() - 1).text()).isEqualTo("of a");
      for (int i = memory.size() - 1; i >= 0; i--) {
        for (String field : List.of("image", "mask")) {
          assertThat(elsewhere.value(field, i)).isEqualTo(memory.value(field, i));
          assertThat(again.value(field, i)).isEqualTo(memory.value(field, i));
        }
      }
    }
  }

  @Test
  void badMasksAreNamedWithTheirPlace() {
    areas();
    classes();
    Path mask = folder.resolve("masks/t2_p1_0_1.png");
    Masks.grey(mask, 6, 4, (x, y) -> x == 5 && y == 2 ? 9 : 0);
    fails(mask + ": pixel (5, 2) has class 9; classes.csv has the classes 0, 1, 2");
    Masks.grey(mask, 6, 5, (x, y) -> 0);
    fails(mask + " is 6x5 but its image " + folder.resolve("images/t2_p1_0_1.png") + " is 6x4");
    Bytes.write(mask, new byte[] {1, 2, 3});
    fails(mask + ": is no readable image");
    assertThat(mask.toFile().delete()).isTrue();
    fails(folder.resolve("images/t2_p1_0_1.png") + ": has no mask; there is no file t2_p1_0_1.png");
    Masks.grey(mask, 6, 4, (x, y) -> Field.IGNORED);
    assertThat(open().train().size()).isPositive();
    Masks.grey(folder.resolve("masks/t2_p1_0_1_label.png"), 6, 4, (x, y) -> 0);
    fails("is a second mask of what");
  }

  @Test
  void badListsAreNamedWithTheirLine() {
    areas();
    Path csv = Masks.csv(folder.resolve("classes.csv"), "0,a,1,1,1", "0,b,2,2,2");
    fails(csv + ", line 3: id 0 stands on line 2 already");
    Masks.csv(csv, "0,a,1,1,1", "1,b,1,1,1");
    fails(csv + ", line 3: colour #010101 stands on line 2 already");
    Masks.csv(csv, "0,a,1,1,1", "1,b,2,256,2");
    fails(csv + ", line 3: g is '256'; it must be a whole number from 0 to 255");
    Masks.csv(csv, "0,a,1,1,1");
    fails("there must be two or more", "ignore", "none", "classes", csv.toString());
    fails("there is no file", "classes", "nowhere.csv");
  }

  @Test
  void withoutAListTheNumbersAreTheClasses() {
    areas();
    Dataset data = open();
    assertThat(data.maskClasses()).extracting(MaskClass::name).containsExactly("0", "1", "2");
    assertThat(data.maskClasses()).extracting(MaskClass::colour).doesNotHaveDuplicates();
  }

  @Test
  void aFolderWithoutMasksIsRefused() {
    Drawn.png(folder.resolve("images/a.png"), 4, 4, 0);
    fails("holds no folder of images beside one of masks");
  }

  @Test
  void imagesOfSeveralSizesNeedTiles() {
    areas();
    classes();
    Drawn.png(folder.resolve("images/t1_p1_0_0.png"), 8, 8, 0);
    Masks.palette(folder.resolve("masks/t1_p1_0_0.png"), 8, 8, (x, y) -> 0);
    fails("images must have one size, pass --set data.tile=N");
    assertThat(open("tile", "4").train().field("mask").shape()).containsExactly(4L, 4L);
  }

  @Test
  void theFingerprintTellsContentClassesAndSplitApart() {
    areas();
    classes();
    List<String> prints = new ArrayList<>();
    Stream.of(new String[] {}, new String[] {"ignore", "none"}, new String[] {"tile", "4"})
        .forEach(settings -> prints.add(open(settings).fingerprint()));
    prints.add(open("test-areas", "t0").fingerprint());
    prints.add(open("test-areas", "t1").fingerprint());
    Masks.palette(folder.resolve("masks/t0_p1_0_0.png"), 6, 4, (x, y) -> 1);
    prints.add(open().fingerprint());
    assertThat(prints).doesNotHaveDuplicates();
    assertThat(open().fingerprint()).isEqualTo(prints.get(5));
  }

  /** Each image shows a place of its own. */
  private static String[] apart(String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(List.of("area", ".*"));
    return all.toArray(String[]::new);
  }

  private Dataset each(String... settings) {
    return open(apart(settings));
  }

  private void eachFails(String message, String... settings) {
    fails(message, apart(settings));
  }

  /** Four images of 16 x 16 pixels, each with the mask that is encoded so. */
  private void masks(String ending, byte[] mask) {
    for (String area : List.of("a", "b", "c", "d")) {
      Drawn.png(folder.resolve("images/" + area + ".png"), 16, 16, 0);
      Bytes.write(folder.resolve("masks/" + area + "." + ending), mask);
    }
  }

  private static byte[] grey(String format, int type, IntBinaryOperator level) {
    BufferedImage image = new BufferedImage(16, 16, type);
    for (int i = 0; i < 256; i++) {
      for (int band = 0; band < image.getRaster().getNumBands(); band++) {
        image.getRaster().setSample(i % 16, i / 16, band, level.applyAsInt(i % 16, i / 16));
      }
    }
    return Drawn.encode(image, format);
  }

  private static int disc(int x, int y) {
    return (x - 7) * (x - 7) + (y - 8) * (y - 8) < 25 ? 255 : 0;
  }

  private void assertDisc(Dataset data) {
    assertThat(data.maskClasses()).hasSize(2);
    byte[] mask = mask(data.train(), 0);
    for (int i = 0; i < 256; i++) {
      assertThat(mask[i]).as("pixel %d", i).isEqualTo((byte) (disc(i % 16, i / 16) / 255));
    }
  }

  @Test
  void blackAndWhiteAreTwoClasses() {
    int eight = BufferedImage.TYPE_BYTE_GRAY;
    masks("png", grey("png", eight, ImagesWithMasksTest::disc));
    assertDisc(each());
    assertDisc(each("ignore", "none"));
    assertThat(each().maskClasses()).extracting(MaskClass::name).containsExactly("0", "255");
    eachFails("there must be two or more", "ignore", "255");
    masks("png", grey("png", BufferedImage.TYPE_INT_RGB, ImagesWithMasksTest::disc));
    assertDisc(each());
    int deep = BufferedImage.TYPE_USHORT_GRAY;
    masks("png", grey("png", deep, (x, y) -> 257 * disc(x, y)));
    assertDisc(each());
  }

  @Test
  void ofJpegsOnlyBlackAndWhiteIsKnown() {
    int eight = BufferedImage.TYPE_BYTE_GRAY;
    masks("jpg", grey("jpeg", eight, ImagesWithMasksTest::disc));
    assertDisc(each());
    Masks.csv(folder.resolve("classes.csv"), "0,back,0,0,0", "255,disc,255,255,255");
    assertDisc(each());
    assertThat(folder.resolve("classes.csv").toFile().delete()).isTrue();
    masks("jpg", grey("jpeg", BufferedImage.TYPE_INT_RGB, ImagesWithMasksTest::disc));
    assertDisc(each());
    masks("jpg", grey("jpeg", eight, (x, y) -> x / 6));
    eachFails(
        "a.jpg: is a JPEG, whose compression changes numbers, and not of black and white alone");
    masks("jpg", grey("jpeg", eight, (x, y) -> 16 * x));
    eachFails("save masks as PNG");
  }

  /** A disc as a JPEG left it: levels up to so far from black and white. */
  private static byte[] noisy(int black, int white) {
    return grey(
        "png",
        BufferedImage.TYPE_BYTE_GRAY,
        (x, y) -> disc(x, y) == 0 ? (x + y) % (black + 1) : 255 - (x * y) % (white + 1));
  }

  @Test
  void masksThatWereJpegsOfBlackAndWhiteAreOfTwoClasses() {
    masks("png", noisy(6, 6));
    assertDisc(each());
    assertDisc(each("ignore", "none"));
    assertThat(each().maskClasses()).extracting(MaskClass::name).containsExactly("0", "255");
    masks("png", noisy(2, 2));
    assertDisc(each());
  }

  @Test
  void numbersThatMayBeClassesAreNotRounded() {
    masks("png", noisy(6, 0)); // classes 0 to 6, and 255 for what has none
    assertThat(each().maskClasses()).hasSize(7);
    masks("png", noisy(0, 1)); // 254 and 255 may both stand for something
    assertThat(each().maskClasses()).hasSize(255);
    masks("png", grey("png", BufferedImage.TYPE_BYTE_GRAY, (x, y) -> (16 * y + x) % 256));
    assertThat(each().maskClasses()).hasSize(255);
    masks("png", noisy(6, 6));
    Masks.csv(folder.resolve("classes.csv"), "0,back,0,0,0", "255,disc,255,255,255");
    assertThatThrownBy(this::each)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has class 1; classes.csv has the classes 0, 255");
  }

  @Test
  void ofOtherMasksWhiteIsNoClassUnlessAllCount() {
    masks("png", grey("png", BufferedImage.TYPE_BYTE_GRAY, (x, y) -> x < 8 ? x / 4 : 255));
    assertThat(each().maskClasses()).hasSize(2);
    assertThat(mask(each().train(), 0)).startsWith(0, 0, 0, 0, 1, 1, 1, 1, 255);
    Dataset all = each("ignore", "none");
    assertThat(all.maskClasses()).extracting(MaskClass::name).containsExactly("0", "1", "255");
    assertThat(mask(all.train(), 0)).startsWith(0, 0, 0, 0, 1, 1, 1, 1, 2);
    Masks.csv(folder.resolve("classes.csv"), "0,a,1,1,1", "1,b,2,2,2");
    assertThat(each().maskClasses()).hasSize(2);
    assertThatThrownBy(() -> each("ignore", "none"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "pixel (8, 0) has class 255; classes.csv does not list it, and data.ignore=none leaves no"
                + " number out; list it or leave data.ignore out");
    Masks.csv(folder.resolve("classes.csv"), "0,a,1,1,1", "1,b,2,2,2", "255,c,3,3,3");
    assertThat(each().maskClasses()).hasSize(3);
    assertThat(mask(each().train(), 0)).startsWith(0, 0, 0, 0, 1, 1, 1, 1, 2);
  }

  @Test
  void aListThatLeavesWhiteOutOfBlackAndWhiteIsRefused() {
    masks("png", grey("png", BufferedImage.TYPE_BYTE_GRAY, ImagesWithMasksTest::disc));
    Masks.csv(folder.resolve("classes.csv"), "0,a,1,1,1", "1,b,2,2,2");
    eachFails(
        "the masks have the numbers 0 and 255 alone, and classes.csv lists 0, 1; give the class that"
            + " is white the id 255");
    assertThat(each("ignore", "255").maskClasses()).hasSize(2);
  }

  @Test
  void imagesAndMasksAreTurnedAlike() {
    byte[] mask = grey("png", BufferedImage.TYPE_BYTE_GRAY, (x, y) -> y < 4 ? 0 : 1);
    masks("png", Drawn.turned(mask));
    for (String area : List.of("a", "b", "c", "d")) {
      Path image = folder.resolve("images/" + area + ".png");
      Bytes.write(image, Drawn.turned(DataFolder.read(image)));
    }
    assertThat(mask(each().train(), 0)).startsWith(0, 0, 0, 0, 0).endsWith(1);
    Dataset turned = each("orientation", "exif");
    assertThat(mask(turned.train(), 0)).startsWith(1, 1, 1, 1, 1).endsWith(0);
    assertThat(Bytes.image(turned.train(), 0)[1]).isEqualTo((byte) 30);
  }

  @Test
  void aSecondOpeningReadsNothingAndIsTheSame(@TempDir Path cache) throws IOException {
    masks("jpg", grey("jpeg", BufferedImage.TYPE_BYTE_GRAY, ImagesWithMasksTest::disc));
    FileTime longAgo = FileTime.fromMillis(1_600_000_000_000L);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, longAgo);
      }
    }
    Dataset first = new ImagesWithMasks().open(Requests.cached(folder, cache, "area", ".*"));
    assertThat(first.evidence()).isEqualTo(Dataset.Evidence.CONTENT);
    Path mask = folder.resolve("masks/a.jpg");
    byte[] kept = Files.readAllBytes(mask);
    Files.write(mask, new byte[kept.length]);
    Files.setLastModifiedTime(mask, longAgo); // what is not read is not noticed
    Dataset second = new ImagesWithMasks().open(Requests.cached(folder, cache, "area", ".*"));
    assertThat(second.evidence()).isEqualTo(Dataset.Evidence.LISTING);
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
    assertThat(second.maskClasses()).isEqualTo(first.maskClasses());
    Files.write(mask, kept);
    assertDisc(second);
    Files.setLastModifiedTime(mask, longAgo);
    Path notes;
    try (Stream<Path> files = Files.list(cache.resolve("read-masks"))) {
      notes = files.toList().get(0);
    }
    String text = Files.readString(notes);
    Files.writeString(notes, text.replaceFirst("[0-9]", "x")); // damaged: masks are decoded again
    assertDisc(new ImagesWithMasks().open(Requests.cached(folder, cache, "area", ".*")));
  }

  @Test
  void foldersBehindLinksAreFound() throws IOException {
    areas();
    Path real = Files.createDirectories(folder.resolve("real/deep"));
    Files.move(folder.resolve("images"), real.resolve("images"));
    Files.move(folder.resolve("masks"), real.resolve("masks"));
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.createSymbolicLink(root.resolve("train"), real);
    // they are found, and they lie elsewhere
    assertThatThrownBy(() -> new ImagesWithMasks().open(Requests.of(root)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lies behind a link that leads out of " + root);
    Files.move(folder.resolve("real"), root.resolve(".real"));
    Files.delete(root.resolve("train"));
    Files.createSymbolicLink(root.resolve("train"), Path.of(".real/deep"));
    Dataset found = new ImagesWithMasks().open(Requests.of(root));
    assertThat(found.train().size() + found.split("test").size()).isEqualTo(15);
  }
}
