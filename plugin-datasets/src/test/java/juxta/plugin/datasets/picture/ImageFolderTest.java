package juxta.plugin.datasets.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
            Field.of("image", FieldType.UINT8, 3, 4, 3), Field.of("label", FieldType.INT32));
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
}
