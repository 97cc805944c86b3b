package juxta.plugin.datasets.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.Requests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Stl10Test {
  private static final int PLANE = 96 * 96;

  @TempDir Path folder;

  /** Red is the row, green the column, blue is constant. */
  private static byte[] picture(int blue) {
    byte[] planes = new byte[3 * PLANE];
    for (int x = 0; x < 96; x++) {
      for (int y = 0; y < 96; y++) {
        planes[x * 96 + y] = (byte) y;
        planes[PLANE + x * 96 + y] = (byte) x;
        planes[2 * PLANE + x * 96 + y] = (byte) blue;
      }
    }
    return planes;
  }

  @BeforeEach
  void write() {
    Bytes.write(folder.resolve("train_X.bin"), Bytes.join(picture(7), picture(8)));
    Bytes.write(folder.resolve("train_y.bin"), Bytes.of(10, 1));
    Bytes.write(folder.resolve("test_X.bin"), picture(9));
    Bytes.write(folder.resolve("test_y.bin"), Bytes.of(3));
  }

  private Dataset open() {
    return new Stl10().open(Requests.of(folder));
  }

  @Test
  void turnsColumnsIntoRowsAndLabelsIntoIndices() {
    Dataset data = open();
    assertThat(data.splits().keySet()).containsExactly("train", "test");
    assertThat(Bytes.label(data.train(), 0)).isEqualTo(9);
    assertThat(Bytes.label(data.train(), 1)).isZero();
    byte[] image = Bytes.image(data.train(), 1);
    for (int i = 0; i < PLANE; i++) {
      assertThat(image[3 * i]).isEqualTo((byte) (i / 96));
      assertThat(image[3 * i + 1]).isEqualTo((byte) (i % 96));
      assertThat(image[3 * i + 2]).isEqualTo((byte) 8);
    }
  }

  @Test
  void readsPicturesWithoutLabels() {
    Bytes.write(folder.resolve("unlabeled_X.bin"), Bytes.join(picture(1), picture(2), picture(3)));
    Dataset data = open();
    assertThat(data.split("unlabelled").size()).isEqualTo(3);
    assertThat(data.split("unlabelled").has("label")).isFalse();
    IntStream.range(0, 60)
        .parallel()
        .forEach(
            i ->
                assertThat(Bytes.image(data.split("unlabelled"), i % 3)[2])
                    .isEqualTo((byte) (1 + i % 3)));
  }

  @Test
  void faultsNameFileAndOffset() {
    Path pictures = folder.resolve("train_X.bin");
    Bytes.write(pictures, Bytes.first(picture(1), 20000));
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            pictures + ": 20000 bytes are no multiple of the 27648 bytes of a record");
    Bytes.write(pictures, picture(1));
    assertThatThrownBy(this::open).hasMessageContaining("holds 2 labels for the 1 pictures");
    Path labels = Bytes.write(folder.resolve("train_y.bin"), Bytes.of(11));
    assertThatThrownBy(this::open)
        .hasMessageStartingWith(labels + ": label 11 at offset 0 is out of range");
    Bytes.write(labels, Bytes.of(0));
    assertThatThrownBy(this::open).hasMessageContaining("label 0 at offset 0");
  }

  @Test
  void saysWhatIsMissing(@TempDir Path empty) {
    assertThatThrownBy(() -> new Stl10().open(Requests.of(empty)))
        .hasMessageContaining("holds no train_X.bin; name the folder that holds");
    Bytes.write(empty.resolve("train_X.bin"), picture(1));
    assertThatThrownBy(() -> new Stl10().open(Requests.of(empty)))
        .hasMessageStartingWith(empty.resolve("train_y.bin") + ": cannot be read");
  }
}
