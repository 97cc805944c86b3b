package juxta.plugin.datasets.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.FileServer;
import juxta.plugin.datasets.Requests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {
  private static final Map<String, byte[]> PACKED = packed(10);

  @TempDir Path temporary;
  private Path cache;
  private Path absent;

  @BeforeEach
  void paths() {
    cache = temporary.resolve("cache");
    absent = temporary.resolve("absent");
  }

  /** Three training pictures and one test picture of 2x3 pixels. */
  private static Map<String, byte[]> packed(int first) {
    byte[] pixels = new byte[18];
    for (int i = 0; i < 18; i++) {
      pixels[i] = (byte) (first + i);
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("train-images-idx3-ubyte.gz", IdxTest.gzip(IdxTest.idx(pixels, 3, 3, 2)));
    files.put("train-labels-idx1-ubyte.gz", IdxTest.gzip(IdxTest.idx(Bytes.of(4, 0, 9), 3)));
    files.put("t10k-images-idx3-ubyte.gz", IdxTest.gzip(IdxTest.idx(new byte[6], 1, 3, 2)));
    files.put("t10k-labels-idx1-ubyte.gz", IdxTest.gzip(IdxTest.idx(Bytes.of(8), 1)));
    return files;
  }

  private static void write(Path folder, Map<String, byte[]> files) {
    files.forEach((name, content) -> Bytes.write(folder.resolve(name), content));
  }

  private FashionMnist provider(Path system) {
    return new FashionMnist(
        system,
        PACKED.entrySet().stream()
            .map(file -> FileServer.wanted(file.getKey(), file.getValue()))
            .toList());
  }

  private static void check(Dataset data) {
    Split train = data.train();
    assertThat(train.fields())
        .containsExactly(
            Field.of("image", FieldType.UINT8, 3, 2, 1), Field.of("label", FieldType.INT32));
    assertThat(IntStream.range(0, 3).map(i -> Bytes.label(train, i))).containsExactly(4, 0, 9);
    IntStream.range(0, 90)
        .parallel()
        .forEach(
            i -> assertThat(Bytes.image(train, i % 3)[5]).isEqualTo((byte) (15 + 6 * (i % 3))));
    assertThat(data.split("test").size()).isEqualTo(1);
    assertThat(data.classes()).hasSize(10).contains("ankle boot");
  }

  @Test
  void prefersTheFolderGivenThenTheSystemThenTheCache() {
    Path given = temporary.resolve("given");
    Path system = temporary.resolve("system");
    write(cache.resolve("fashion-mnist"), PACKED);
    check(provider(absent).open(Requests.without(cache)));
    write(system, packed(20));
    assertThat(Bytes.image(provider(system).open(Requests.without(cache)).train(), 0)[0])
        .isEqualTo((byte) 20);
    write(given, packed(30));
    assertThat(Bytes.image(provider(system).open(Requests.of(given)).train(), 0)[0])
        .isEqualTo((byte) 30);
  }

  @Test
  void downloadsWhatIsAbsent() {
    try (FileServer server = new FileServer()) {
      server.files.putAll(PACKED);
      check(provider(absent).open(Requests.without(cache, "url", server.address().toString())));
    }
    check(provider(absent).open(Requests.without(cache, "url", "http://localhost:1/")));
  }

  @Test
  void saysWhatToDoOffline() {
    assertThatThrownBy(
            () -> provider(absent).open(Requests.without(cache, "url", "http://localhost:1/")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "http://localhost:1/train-images-idx3-ubyte.gz: cannot be downloaded (")
        .hasMessageEndingWith(
            "; connect to the network and run again, or install the Debian package"
                + " dataset-fashion-mnist, or name a folder that has the files:"
                + " --data fashion-mnist:/path");
    for (String bad : List.of("ftp://x/", "no address", "")) {
      assertThatThrownBy(() -> provider(absent).open(Requests.without(cache, "url", bad)))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("url: '" + bad + "' is no http or https address");
    }
  }

  @Test
  void filesThatDoNotFitTogetherAreMistakes() {
    Path folder = temporary.resolve("given");
    write(folder, PACKED);
    Path labels = folder.resolve("train-labels-idx1-ubyte.gz");
    Bytes.write(labels, IdxTest.gzip(IdxTest.idx(Bytes.of(4, 0), 2)));
    assertThatThrownBy(() -> new Mnist().open(Requests.of(folder)))
        .hasMessageStartingWith(labels + ": holds 2 labels for the 3 pictures of ");
    Bytes.write(labels, IdxTest.gzip(IdxTest.idx(Bytes.of(4, 0, 10), 3)));
    assertThatThrownBy(() -> new Mnist().open(Requests.of(folder)))
        .hasMessageStartingWith(labels + ": label 10 at offset 10 is out of range");
    Bytes.write(labels, PACKED.get("train-labels-idx1-ubyte.gz"));
    Path test = folder.resolve("t10k-images-idx3-ubyte.gz");
    Bytes.write(test, IdxTest.gzip(IdxTest.idx(new byte[6], 1, 2, 3)));
    assertThatThrownBy(() -> new Mnist().open(Requests.of(folder)))
        .hasMessageStartingWith(test + ": holds pictures of 3x2 where ")
        .hasMessageContaining(" holds 2x3; ");
  }

  @Test
  void readsUnpackedFilesOfEitherName() {
    Path folder = temporary.resolve("given");
    write(folder, PACKED);
    assertThat(folder.resolve("t10k-labels-idx1-ubyte.gz").toFile().delete()).isTrue();
    assertThatThrownBy(() -> new Mnist().open(Requests.of(folder)))
        .hasMessage(
            "mnist: "
                + folder
                + " holds no t10k-labels-idx1-ubyte or t10k-labels-idx1-ubyte.gz; add the file");
    Bytes.write(folder.resolve("t10k-labels.idx1-ubyte"), IdxTest.idx(Bytes.of(8), 1));
    assertThat(Bytes.label(new Mnist().open(Requests.of(folder)).split("test"), 0)).isEqualTo(8);
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> new Mnist().open(Requests.without(cache)))
        .hasMessageStartingWith(
            "mnist: found no train-images-idx3-ubyte in " + cache.resolve("mnist") + "; name");
    assertThatThrownBy(() -> new FashionMnist().open(Requests.of(absent)))
        .hasMessageContaining("or leave the path away to download them");
  }
}
