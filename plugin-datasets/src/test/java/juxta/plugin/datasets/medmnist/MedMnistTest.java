package juxta.plugin.datasets.medmnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.FileServer;
import juxta.plugin.datasets.NumpyFiles;
import juxta.plugin.datasets.Requests;
import juxta.plugin.datasets.file.Download;
import juxta.toolkit.io.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MedMnistTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("pneumoniamnist.npz");
  }

  private static Dataset open(Path path, String... settings) {
    return new MedMnist().open(Requests.of(path, settings));
  }

  private static byte[] pixels(Map<String, byte[]> arrays, String name, int record, int length) {
    byte[] all = arrays.get(name);
    int records = name.startsWith("train") ? 6 : name.startsWith("val") ? 3 : 4;
    int start = all.length - records * length;
    return Arrays.copyOfRange(all, start + record * length, start + (record + 1) * length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void readsTheThreePartsAsSplits(int channels) {
    Map<String, byte[]> arrays = NumpyFiles.medMnist(4, 5, channels);
    Bytes.write(file(), NumpyFiles.npz(arrays));
    Dataset data = open(file());
    assertThat(data.id()).isEqualTo("medmnist");
    assertThat(data.splits().keySet()).containsExactly("train", "validation", "test");
    assertThat(data.splits().values().stream().map(Split::size)).containsExactly(6, 3, 4);
    assertThat(data.train().fields())
        .containsExactly(
            Field.of("image", FieldType.UINT8, 4, 5, channels), Field.of("label", FieldType.INT32));
    assertThat(data.classes()).containsExactly("normal", "pneumonia");
    int length = 20 * channels;
    IntStream.range(0, 60)
        .parallel()
        .forEach(
            i -> {
              assertThat(Bytes.image(data.train(), i % 6))
                  .isEqualTo(pixels(arrays, "train_images", i % 6, length));
              assertThat(Bytes.label(data.train(), i % 6)).isEqualTo(i % 2);
            });
    assertThat(Bytes.image(data.split("validation"), 2))
        .isEqualTo(pixels(arrays, "val_images", 2, length));
    assertThat(Bytes.image(data.split("test"), 3))
        .isEqualTo(pixels(arrays, "test_images", 3, length));
  }

  @Test
  void largeArraysAreUnpackedOnceAndReadTheSame() throws IOException {
    NumpyFiles.medMnist(file(), 7, 5, 3);
    Dataset kept = open(file());
    MedMnist small = new MedMnist(MedMnistSet::wanted, 3 * 7 * 5 * 3); // validation just fits
    Path cache = folder.resolve("cache");
    Bytes.write(cache.resolve("medmnist/pneumoniamnist.npz"), Files.readAllBytes(file()));
    Dataset mapped = small.open(Requests.without(cache, "set", "pneumoniamnist"));
    assertThat(mapped.fingerprint()).isEqualTo(kept.fingerprint());
    for (String split : kept.splits().keySet()) {
      for (int i = 0; i < kept.split(split).size(); i++) {
        assertThat(Bytes.image(mapped.split(split), i))
            .isEqualTo(Bytes.image(kept.split(split), i));
      }
    }
    Path unpacked = cache.resolve("medmnist/unpacked");
    try (Stream<Path> files = Files.list(unpacked)) {
      assertThat(files.map(f -> f.getFileName().toString().replaceFirst("^[0-9a-f]{8}", "")))
          .containsExactlyInAnyOrder("-6-7-5-3.bytes", "-4-7-5-3.bytes");
    }
    assertThat(small.open(Requests.without(cache, "set", "pneumoniamnist")).fingerprint())
        .isEqualTo(kept.fingerprint());
  }

  @Test
  void theFingerprintIsThatOfTheContent() {
    Map<String, byte[]> arrays = NumpyFiles.medMnist(4, 4, 1);
    Set<String> prints = new HashSet<>();
    prints.add(open(Bytes.write(file(), NumpyFiles.npz(arrays))).fingerprint());
    prints.add(open(Bytes.write(folder.resolve("x.npz"), NumpyFiles.npz(arrays))).fingerprint());
    assertThat(prints).hasSize(1);
    for (String name : List.of("train_images", "test_images", "val_labels")) {
      byte[] array = arrays.get(name);
      array[array.length - 1] ^= 1;
      prints.add(open(Bytes.write(file(), NumpyFiles.npz(arrays))).fingerprint());
    }
    assertThat(prints).hasSize(4);
  }

  @Test
  void findsTheFileOfASetAndSize() {
    NumpyFiles.medMnist(folder.resolve("breastmnist.npz"), 4, 4, 1);
    assertThat(open(folder).classes()).containsExactly("malignant", "normal, benign");
    NumpyFiles.medMnist(folder.resolve("bloodmnist_64.npz"), 8, 8, 3);
    assertThatThrownBy(() -> open(folder))
        .hasMessageContaining("holds 2 .npz files; name one of them, or say which by data.set");
    Dataset blood = open(folder, "set", "bloodmnist", "size", "64");
    assertThat(blood.classes()).hasSize(8).contains("platelet");
    assertThat(blood.train().field("image").shape()).containsExactly(8L, 8L, 3L);
    assertThat(open(folder.resolve("bloodmnist_64.npz")).classes()).hasSize(8);
    assertThatThrownBy(() -> open(folder, "set", "bloodmnist"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds no bloodmnist.npz; name the folder that has it");
    assertThatThrownBy(() -> open(folder, "size", "32"))
        .hasMessage(
            "medmnist: there are no images of 32 pixels; set data.size to 28, 64, 128 or 224");
    // a copy under another name is known by the setting only
    Path copy = NumpyFiles.medMnist(folder.resolve("copy.npz"), 4, 4, 1);
    assertThat(open(copy).classes()).containsExactly("0", "1");
    assertThat(open(copy, "set", "breastmnist").classes()).contains("malignant");
    assertThatThrownBy(() -> open(folder.resolve("absent.npz")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("absent.npz");
    assertThatThrownBy(() -> new MedMnist().open(Requests.without(folder)))
        .hasMessageContaining("which set? Name a file")
        .hasMessageContaining("organsmnist");
  }

  @Test
  void downloadsWhatIsAbsent() {
    byte[] content = NumpyFiles.npz(NumpyFiles.medMnist(4, 4, 1));
    String md5 = Digest.of("MD5").add(content).hex();
    MedMnist provider =
        new MedMnist(
            (set, side) ->
                new Download.Wanted(set.stem(side) + ".npz", Download.Wanted.UNKNOWN, "MD5", md5),
            1 << 20);
    Path cache = folder.resolve("cache");
    try (FileServer server = new FileServer()) {
      server.files.put("dermamnist_128.npz", content);
      Dataset data =
          provider.open(
              Requests.without(
                  cache, "set", "dermamnist", "size", "128", "url", server.address().toString()));
      assertThat(data.classes()).hasSize(7);
      assertThat(cache.resolve("medmnist/dermamnist_128.npz")).hasBinaryContent(content);
    }
    provider.open(
        Requests.without(cache, "set", "dermamnist", "size", "128", "url", "http://localhost:1/"));
    assertThatThrownBy(
            () ->
                provider.open(
                    Requests.without(cache, "set", "pathmnist", "url", "http://localhost:1/")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("http://localhost:1/pathmnist.npz: cannot be downloaded (")
        .hasMessageEndingWith(
            "; connect to the network and run again, or name a file that you have:"
                + " --data medmnist:/path/pathmnist.npz");
  }

  @Test
  void theSetsAreThePublishedOnes() {
    assertThat(MedMnistSet.ALL.stream().map(set -> set.classes().size()))
        .containsExactly(9, 14, 7, 4, 2, 5, 2, 8, 8, 11, 11, 11);
    List<String> sums = MedMnistSet.ALL.stream().flatMap(set -> set.md5().stream()).toList();
    assertThat(sums)
        .hasSize(48)
        .doesNotHaveDuplicates()
        .allSatisfy(sum -> assertThat(sum).matches("[0-9a-f]{32}"));
    MedMnistSet path = MedMnistSet.named("pathmnist").orElseThrow();
    assertThat(path.wanted(28).name()).isEqualTo("pathmnist.npz");
    assertThat(path.wanted(28).checksum()).isEqualTo("a8b06965200029087d5bd730944a56c1");
    assertThat(path.wanted(224).name()).isEqualTo("pathmnist_224.npz");
    assertThat(path.wanted(224).checksum()).isEqualTo("2c51a510bcdc9cf8ddb2af93af1eadec");
  }

  @Test
  void ofSeveralLabelsOneIsTheClass() {
    Map<String, byte[]> arrays = NumpyFiles.medMnist(4, 4, 1);
    for (String part : List.of("train", "val", "test")) {
      int records = part.equals("train") ? 6 : part.equals("val") ? 3 : 4;
      byte[] labels = new byte[14 * records];
      for (int i = 0; i < records; i++) {
        labels[14 * i + 2] = (byte) (i == 1 ? 1 : 0);
        labels[14 * i + 3] = 1;
      }
      arrays.put(part + "_labels", NumpyFiles.npy("|u1", records + ", 14", labels));
    }
    Path chest = Bytes.write(folder.resolve("chestmnist.npz"), NumpyFiles.npz(arrays));
    Dataset data = open(chest, "finding", "effusion");
    assertThat(data.classes()).containsExactly("no effusion", "effusion");
    assertThat(IntStream.range(0, 6).map(i -> Bytes.label(data.train(), i)))
        .containsExactly(0, 1, 0, 0, 0, 0);
    assertThat(Bytes.label(open(chest, "finding", "infiltration").train(), 0)).isEqualTo(1);
    for (String[] settings : new String[][] {{}, {"finding", "cold"}}) {
      assertThatThrownBy(() -> open(chest, settings))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("has 14 labels a record, of which one can be the class; set")
          .hasMessageContaining("data.finding to one of atelectasis, cardiomegaly");
    }
    NumpyFiles.medMnist(file(), 4, 4, 1);
    assertThatThrownBy(() -> open(file(), "finding", "effusion"))
        .hasMessageContaining("has one label a record; leave data.finding away");
  }

  private void refused(String array, byte[] content, String why) {
    Map<String, byte[]> arrays = NumpyFiles.medMnist(4, 4, 1);
    arrays.put(array, content);
    Bytes.write(file(), NumpyFiles.npz(arrays));
    assertThatThrownBy(() -> open(file()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void mistakesInFilesAreNamed() {
    byte[] six = new byte[6];
    byte[] images = new byte[96];
    refused(
        "train_images",
        NumpyFiles.npy("|O", "6, 4, 4", images),
        "Python objects are not read, since reading them may run code");
    refused("train_labels", NumpyFiles.npy("|O", "6, 1", new byte[48]), "Python objects");
    refused(
        "train_images",
        NumpyFiles.npy("|u1", "60, 4, 4", images),
        "an array of shape [60, 4, 4] takes 960 bytes, but 96 are there");
    refused(
        "train_images",
        NumpyFiles.npy("|u1", "9999999999, 4, 4", images),
        "takes 159999999984 bytes, but 96 are there");
    refused("train_images", "no array".getBytes(), "train_images.npy: at byte 0");
    refused("val_images", new byte[0], "val_images.npy: at byte 0");
    refused(
        "train_images",
        NumpyFiles.npy("<f4", "6, 2, 2", images),
        "train_images are F32 of shape [6, 2, 2] instead of U8 (bytes) of shape [N, H, W]");
    refused("train_images", NumpyFiles.npy("|u1", "6, 16", images), "of shape [6, 16] instead");
    refused(
        "train_images",
        NumpyFiles.npy("|u1", "6, 2, 2, 4", images),
        "MedMNIST's 3D sets are not read");
    refused("train_images", NumpyFiles.npy("|u1", "0, 4, 4", new byte[0]), "[0, 4, 4]");
    refused(
        "test_images",
        NumpyFiles.npy("|u1", "4, 4, 2", new byte[32]),
        "test_images are of shape [4, 2, 1], but train_images of [4, 4, 1]");
    refused(
        "train_labels",
        NumpyFiles.npy("|u1", "6, 1", Bytes.of(0, 1, 0, 2, 0, 0)),
        "record 3 of train_labels has the label 2, labels of pneumoniamnist go from 0 to 1");
    refused(
        "val_labels",
        NumpyFiles.npy("<i4", "3, 1", Bytes.of(0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0)),
        "record 1 of val_labels has the label -1");
    refused(
        "train_labels",
        NumpyFiles.npy("|u1", "5, 1", new byte[5]),
        "has 5 labels in train_labels for the 6 images of train_images");
    refused(
        "train_labels",
        NumpyFiles.npy("<f4", "6, 1", new byte[24]),
        "train_labels are F32 of shape [6, 1] instead of whole numbers of shape [N, 1]");
    refused("train_labels", NumpyFiles.npy("|u1", "6, 1, 1", six), "of shape [6, 1, 1] instead");
    refused(
        "train_labels",
        NumpyFiles.npy("<i8", "6, 1", Bytes.join(Bytes.of(0, 0, 0, 0, 1, 0, 0, 0), new byte[40])),
        "do not fit into 32 bits");
  }

  @Test
  void missingArraysAreNamedTogether() {
    Map<String, byte[]> arrays = NumpyFiles.medMnist(4, 4, 1);
    arrays.keySet().removeAll(List.of("val_images", "test_labels"));
    Bytes.write(file(), NumpyFiles.npz(arrays));
    assertThatThrownBy(() -> open(file()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file() + ": has no array val_images, test_labels; MedMNIST's");
  }

  /** However a file is damaged, the user gets a line that names it, or the same records. */
  @Test
  void damageIsNoticed() {
    byte[] sound = NumpyFiles.npz(NumpyFiles.medMnist(4, 4, 1));
    String print = open(Bytes.write(file(), sound)).fingerprint();
    Random random = new Random(1);
    int refused = 0;
    for (int trial = 0; trial < 200; trial++) {
      byte[] bytes = sound.clone();
      if (trial % 2 == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      } else {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Bytes.write(file(), bytes);
      try {
        assertThat(open(file()).fingerprint()).isEqualTo(print);
      } catch (UserException e) {
        assertThat(e).hasMessageContaining("pneumoniamnist.npz");
        assertThat(e.problems()).hasSize(1);
        refused++;
      }
    }
    assertThat(refused).isBetween(100, 200);
  }
}
