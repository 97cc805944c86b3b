package juxta.plugin.datasets.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.Requests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {
  private static final int PLANE = 1024;

  @TempDir Path folder;

  /** A record whose red plane counts up, green plane is constant and blue plane counts down. */
  private static byte[] record(int... labels) {
    byte[] planes = new byte[3 * PLANE];
    for (int i = 0; i < PLANE; i++) {
      planes[i] = (byte) i;
      planes[PLANE + i] = (byte) (100 + labels[0]);
      planes[2 * PLANE + i] = (byte) (255 - i);
    }
    return Bytes.join(Bytes.of(labels), planes);
  }

  @BeforeEach
  void write() {
    Bytes.write(folder.resolve("data_batch_2.bin"), record(2));
    Bytes.write(folder.resolve("data_batch_1.bin"), Bytes.join(record(0), record(1)));
    Bytes.write(folder.resolve("test_batch.bin"), record(9));
  }

  private Dataset open() {
    return new Cifar10().open(Requests.of(folder));
  }

  @Test
  void readsBatchesInTheOrderOfTheirNames() {
    Split train = open().train();
    assertThat(IntStream.range(0, train.size()).map(i -> Bytes.label(train, i)))
        .containsExactly(0, 1, 2);
    assertThat(Bytes.label(open().split("test"), 0)).isEqualTo(9);
  }

  @Test
  void putsChannelsLast() {
    byte[] image = Bytes.image(open().train(), 1);
    assertThat(image).hasSize(3 * PLANE);
    for (int i = 0; i < PLANE; i++) {
      assertThat(image[3 * i]).isEqualTo((byte) i);
      assertThat(image[3 * i + 1]).isEqualTo((byte) 101);
      assertThat(image[3 * i + 2]).isEqualTo((byte) (255 - i));
    }
  }

  @Test
  void takesClassNamesFromTheFileIfThereIsOne() {
    assertThat(open().classes()).contains("airplane", "truck");
    Bytes.write(folder.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n".getBytes());
    assertThat(open().classes()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    Bytes.write(folder.resolve("batches.meta.txt"), "a\nb\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("names 2 classes where the data have 10");
  }

  @Test
  void findsTheFolderThatTheArchiveUnpacksInto(@TempDir Path outer) {
    Path inner = outer.resolve("cifar-10-batches-bin");
    Bytes.write(inner.resolve("data_batch_1.bin"), record(1));
    Bytes.write(inner.resolve("test_batch.bin"), record(1));
    assertThat(new Cifar10().open(Requests.of(outer)).train().size()).isEqualTo(1);
  }

  @Test
  void findsDataInTheCache(@TempDir Path cache) {
    Bytes.write(cache.resolve("cifar10/data_batch_1.bin"), record(1));
    Bytes.write(cache.resolve("cifar10/test_batch.bin"), record(1));
    assertThat(new Cifar10().open(Requests.without(cache)).train().size()).isEqualTo(1);
  }

  @Test
  void namesTheOffsetWhereACutFileEnds() {
    Path file = folder.resolve("data_batch_1.bin");
    Bytes.write(file, Bytes.first(Bytes.join(record(0), record(1)), 5000));
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessage(
            file
                + ": 5000 bytes are no multiple of the 3073 bytes of a record, the last record begins"
                + " at offset 3073 and has only 1927 bytes; the file is cut off or of another format,"
                + " download it again");
  }

  @Test
  void namesALabelOutOfRange() {
    Path file = Bytes.write(folder.resolve("data_batch_2.bin"), Bytes.join(record(3), record(10)));
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            file + ": label 10 at offset 3073 is out of range, labels go from 0 to 9");
  }

  @Test
  void anEmptyFileIsAMistake() {
    Path file = Bytes.write(folder.resolve("test_batch.bin"), new byte[0]);
    assertThatThrownBy(this::open).hasMessage(file + ": is empty; download the file again");
  }

  @Test
  void saysWhatIsMissing(@TempDir Path empty) {
    assertThatThrownBy(() -> new Cifar10().open(Requests.of(empty)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "cifar10: "
                + empty
                + " holds no test_batch.bin; name the folder that holds data_batch*.bin and"
                + " test_batch.bin: --data cifar10:/path");
    assertThatThrownBy(() -> new Cifar10().open(Requests.without(empty)))
        .hasMessageStartingWith("cifar10: there is no folder " + empty.resolve("cifar10"));
    Bytes.write(empty.resolve("test_batch.bin"), record(1));
    assertThatThrownBy(() -> new Cifar10().open(Requests.of(empty)))
        .hasMessageContaining("holds no training file");
  }

  @Test
  void fingerprintFollowsTheContent() {
    String before = open().fingerprint();
    assertThat(open().fingerprint()).isEqualTo(before);
    Bytes.write(folder.resolve("data_batch_2.bin"), record(3));
    assertThat(open().fingerprint()).isNotEqualTo(before);
  }

  @Test
  void severalThreadsReadTheSame() {
    Split train = open().train();
    List<byte[]> alone = IntStream.range(0, 3).mapToObj(i -> Bytes.image(train, i)).toList();
    IntStream.range(0, 300)
        .parallel()
        .forEach(i -> assertThat(Bytes.image(train, i % 3)).isEqualTo(alone.get(i % 3)));
  }

  @Test
  void cifar100HasTwoLabels(@TempDir Path other) {
    Bytes.write(other.resolve("train.bin"), Bytes.join(record(19, 99), record(3, 4)));
    Bytes.write(other.resolve("test.bin"), record(0, 7));
    Dataset fine = new Cifar100().open(Requests.of(other));
    assertThat(fine.classes()).hasSize(100);
    assertThat(Bytes.label(fine.train(), 0)).isEqualTo(99);
    assertThat(Bytes.image(fine.train(), 1)[1]).isEqualTo((byte) 103);
    Dataset coarse = new Cifar100().open(Requests.of(other, "labels", "coarse"));
    assertThat(coarse.classes()).hasSize(20);
    assertThat(Bytes.label(coarse.train(), 0)).isEqualTo(19);
    assertThat(coarse.fingerprint()).isNotEqualTo(fine.fingerprint());
    Bytes.write(other.resolve("test.bin"), record(20, 7));
    assertThatThrownBy(() -> new Cifar100().open(Requests.of(other, "labels", "coarse")))
        .hasMessageContaining("label 20 at offset 0 is out of range, labels go from 0 to 19");
  }
}
