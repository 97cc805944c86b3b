package juxta.plugin.datasets.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.Drawn;
import juxta.plugin.datasets.Requests;
import juxta.toolkit.data.DataFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir Path root;

  private Dataset open(String... settings) {
    return new ImageFolder().open(Requests.of(root, settings));
  }

  private void classes(String... names) {
    int red = 0;
    for (String name : names) {
      for (int i = 0; i < 10; i++) {
        Drawn.png(root.resolve(name).resolve("i" + i + ".png"), 4, 3, red++);
      }
    }
  }

  private static Set<Integer> reds(Split split) {
    Set<Integer> reds = new HashSet<>();
    IntStream.range(0, split.size()).forEach(i -> reds.add(Bytes.image(split, i)[0] & 0xFF));
    return reds;
  }

  @Test
  void readsTrainValAndTestFolders() {
    classes("train/cat", "train/ant", "test/cat", "val/ant");
    Bytes.write(root.resolve("train/cat/.hidden.png"), new byte[3]);
    Bytes.write(root.resolve("train/cat/notes.txt"), new byte[3]);
    Dataset data = open();
    assertThat(data.classes()).containsExactly("ant", "cat");
    assertThat(data.splits().keySet()).containsExactly("train", "validation", "test");
    assertThat(data.train().fields())
        .containsExactly(
            Field.of("image", FieldType.UINT8, 3, 4, 3),
            Field.of("label", FieldType.INT32),
            Field.of("file", FieldType.TEXT));
    assertThat(data.train().value("file", 0).text()).matches("train/ant/[^/]+");
    assertThat(data.train().size()).isEqualTo(20);
    assertThat(Bytes.label(data.train(), 0)).isZero();
    assertThat(Bytes.image(data.train(), 0)[0]).isEqualTo((byte) 10);
    assertThat(Bytes.label(data.split("test"), 9)).isEqualTo(1);
    assertThat(Bytes.label(data.split("validation"), 0)).isZero();
  }

  @Test
  void holdsAShareOfEachClassOut() {
    classes("ant", "bee", "cat");
    Dataset data = open();
    assertThat(data.train().size()).isEqualTo(24);
    assertThat(data.split("test").size()).isEqualTo(6);
    assertThat(IntStream.range(0, 6).map(i -> Bytes.label(data.split("test"), i)))
        .containsExactly(0, 0, 1, 1, 2, 2);
    Set<Integer> all = reds(data.train());
    assertThat(all).doesNotContainAnyElementsOf(reds(data.split("test")));
    assertThat(reds(open().split("test"))).isEqualTo(reds(data.split("test")));
    assertThat(reds(open("split-seed", "7").split("test"))).isNotEqualTo(reds(data.split("test")));
    assertThat(open("test-share", "0").splits().keySet()).containsExactly("train");
  }

  @Test
  void trainFolderAloneIsSplitToo() {
    classes("train/ant", "train/bee");
    assertThat(open("test-share", "0.5").split("test").size()).isEqualTo(10);
  }

  @Test
  void differentSizesNeedASide() {
    classes("ant");
    Path odd = Drawn.png(root.resolve("bee/big.png"), 8, 9, 0);
    assertThatThrownBy(() -> open("test-share", "0"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            root.resolve("ant/i0.png")
                + " is 4x3 but "
                + odd
                + " is 8x9; images must have one size, pass --set data.side=N to resize them to N x"
                + " N");
    assertThat(open("side", "6").train().field("image").shape()).containsExactly(6L, 6L, 3L);
    assertThat(Bytes.image(open("side", "6").train(), 0)).hasSize(108);
  }

  @Test
  void allDamagedFilesAreReportedTogether() {
    classes("ant");
    for (int i = 0; i < 3; i++) {
      Bytes.write(root.resolve("bee/no" + i + ".jpg"), "nothing".getBytes());
    }
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            UserException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(3)
                    .first()
                    .asString()
                    .startsWith(root.resolve("bee/no0.jpg") + ": is no readable image"));
    for (int i = 3; i < 14; i++) {
      Bytes.write(root.resolve("bee/no" + i + ".jpg"), "nothing".getBytes());
    }
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.problems()).hasSize(11).endsWith("and 4 more files like these"));
  }

  @Test
  void aFileCutInTheMiddleIsFoundAtOpening() {
    classes("ant");
    Path cut = root.resolve("ant/i3.png");
    Bytes.write(cut, Bytes.first(DataFolder.read(cut), 60));
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(cut + ": is no readable image (");
  }

  @Test
  void emptyAndAbsentFoldersAndUnknownClassesAreMistakes() {
    assertThatThrownBy(this::open)
        .hasMessage(
            "image-folder: "
                + root
                + " holds no folders with images; name the folder that holds train/<class>/* and"
                + " test/<class>/*, or <class>/*: --data image-folder:/path");
    assertThatThrownBy(() -> new ImageFolder().open(Requests.of(root.resolve("x"))))
        .hasMessageStartingWith("image-folder: there is no folder " + root.resolve("x"));
    classes("train/ant", "test/bee");
    assertThatThrownBy(this::open)
        .hasMessage(
            root.resolve("test/bee")
                + ": there is no class 'bee' in "
                + root.resolve("train")
                + "; add images there or remove this folder");
  }

  @Test
  void fingerprintFollowsContentAndNotPlace(@TempDir Path other) {
    classes("ant");
    String here = open().fingerprint();
    for (int i = 0; i < 10; i++) {
      Drawn.png(other.resolve("ant/i" + i + ".png"), 4, 3, i);
    }
    assertThat(new ImageFolder().open(Requests.of(other)).fingerprint()).isEqualTo(here);
    Drawn.png(root.resolve("ant/i3.png"), 4, 3, 99);
    assertThat(open().fingerprint()).isNotEqualTo(here);
  }

  @Test
  void severalThreadsReadTheSame() {
    classes("ant", "bee");
    Split train = open().train();
    List<byte[]> alone =
        IntStream.range(0, train.size()).mapToObj(i -> Bytes.image(train, i)).toList();
    IntStream.range(0, 400)
        .map(i -> i % train.size())
        .parallel()
        .forEach(i -> assertThat(Bytes.image(train, i)).isEqualTo(alone.get(i)));
  }

  private void refused(String... problems) {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.problems()).containsExactly(problems));
  }

  @Test
  void foldersBelowAClassAreItsOwn() {
    classes("ant", "bee/small/dark");
    Drawn.png(root.resolve("bee/big.png"), 4, 3, 90);
    Dataset data = open("test-share", "0");
    assertThat(data.classes()).containsExactly("ant", "bee");
    assertThat(data.train().size()).isEqualTo(21);
    assertThat(Bytes.image(data.train(), 10)[0]).isEqualTo((byte) 90);
    assertThat(Bytes.label(data.train(), 20)).isEqualTo(1);
  }

  @Test
  void aClassThatCannotBeReadDoesNotDisappear() {
    classes("ant");
    Bytes.write(root.resolve("bee/1.webp"), new byte[9]);
    Bytes.write(root.resolve("bee/x/2.webp"), new byte[9]);
    Bytes.write(root.resolve("bee/3.heic"), new byte[9]);
    refused(
        root.resolve("bee")
            + ": none of its pictures can be decoded (1 .heic, 2 .webp); convert them to PNG or JPEG,"
            + " or remove the folder");
    Drawn.png(root.resolve("bee/4.png"), 4, 3, 0);
    assertThat(open().classes()).containsExactly("ant", "bee");
  }

  @Test
  void foldersOfSplitsHaveSeveralNames() {
    classes("Training/ant", "VALID/ant", "Testing/ant");
    assertThat(open().splits().keySet()).containsExactly("train", "validation", "test");
    classes("val/ant");
    refused(
        root.resolve("val")
            + ": is the split 'validation', and so is "
            + root.resolve("VALID")
            + "; put both into one folder");
  }

  @Test
  void classesThatHoldTheSameFoldersMayBeSplits() {
    classes("trn/ant", "trn/bee", "tst/ant", "tst/bee");
    assertThat(ImageFolder.seemingSplits(root, new TreeSet<>(open().classes())))
        .hasValue(
            "image-folder: the folders trn, tst are taken for classes, though they hold the same"
                + " folders (ant, bee); if they are splits, call them train, val and test");
    classes("tst/cat");
    assertThat(ImageFolder.seemingSplits(root, Set.of("trn", "tst"))).isEmpty();
    classes("trn/cat", "trn");
    assertThat(ImageFolder.seemingSplits(root, Set.of("trn", "tst"))).isEmpty();
  }

  @Test
  void aSplitWithoutOneToTrainOnIsNamed() {
    classes("Test/ant", "Test/bee");
    refused(
        root.resolve("Test")
            + ": is a split, but there is no folder 'train' beside it; name the folder of the images"
            + " to train on 'train'");
  }

  /** One is no picture by its header, one is cut off, and in one the data are damaged. */
  @Test
  void allKindsOfDamageAreReportedTogether() {
    classes("ant");
    Path none = Bytes.write(root.resolve("ant/a.png"), new byte[0]);
    Path cut = root.resolve("ant/i3.png");
    Bytes.write(cut, Bytes.first(DataFolder.read(cut), 60));
    Path damaged = root.resolve("ant/i5.png");
    byte[] bytes = DataFolder.read(damaged);
    bytes[41] ^= 0x7F; // the head of the compressed data
    Bytes.write(damaged, bytes);
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            UserException.class,
            e ->
                assertThat(e.problems().stream().map(line -> line.split(": ")[0]))
                    .containsExactlyInAnyOrder(
                        none.toString(), cut.toString(), damaged.toString()));
  }

  @Test
  void aPictureIsReadByItsContentWhateverItsName() {
    classes("ant");
    Bytes.write(root.resolve("ant/i9.jpg"), DataFolder.read(root.resolve("ant/i9.png")));
    assertThat(open("test-share", "0").train().size()).isEqualTo(11);
  }

  @Test
  void cameraPicturesAreTurnedIfAsked(@TempDir Path cache) {
    classes("ant");
    for (int i = 0; i < 10; i++) {
      Path file = root.resolve("ant/i" + i + ".png");
      Bytes.write(file, Drawn.turned(DataFolder.read(file)));
    }
    Dataset stored = open();
    Dataset turned = open("orientation", "exif");
    assertThat(stored.train().field("image").shape()).containsExactly(3L, 4L, 3L);
    assertThat(turned.train().field("image").shape()).containsExactly(4L, 3L, 3L);
    assertThat(turned.fingerprint()).isNotEqualTo(stored.fingerprint());
    // the lower left corner comes to the upper left
    assertThat(Bytes.image(turned.train(), 0)[1]).isEqualTo((byte) 4);
    assertThat(Bytes.image(stored.train(), 0)[1]).isZero();
    byte[] before = {};
    for (String orientation : List.of("stored", "exif")) {
      String[] settings = {"side", "3", "cache", "packed", "orientation", orientation};
      Dataset packed = new ImageFolder().open(Requests.cached(root, cache, settings));
      assertThat(Bytes.image(packed.train(), 0)).isNotEqualTo(before);
      before = Bytes.image(packed.train(), 0);
    }
    assertThat(before).isEqualTo(Bytes.image(open("side", "3", "orientation", "exif").train(), 0));
  }

  @Test
  void sixteenBitsHaveAWindow() {
    Bytes.write(root.resolve("ant/1.png"), Drawn.deep(0, 1000, 2000, 4000));
    Bytes.write(root.resolve("ant/2.png"), Drawn.deep(0, 1000, 2000, 4000));
    assertThat(Bytes.image(open("test-share", "0").train(), 0))
        .isEqualTo(Bytes.of(0, 0, 0, 3, 3, 3, 7, 7, 7, 15, 15, 15));
    Dataset spread = open("test-share", "0", "grey-16-bit", "percentile");
    assertThat(Bytes.image(spread.train(), 0))
        .isEqualTo(Bytes.of(0, 0, 0, 64, 64, 64, 128, 128, 128, 255, 255, 255));
    assertThat(spread.fingerprint()).isNotEqualTo(open("test-share", "0").fingerprint());
  }
}
