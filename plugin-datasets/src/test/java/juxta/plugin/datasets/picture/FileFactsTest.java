package juxta.plugin.datasets.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import juxta.api.Dataset;
import juxta.api.Dataset.Evidence;
import juxta.api.DatasetProvider;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.Drawn;
import juxta.plugin.datasets.Requests;
import juxta.plugin.datasets.instance.Instances;
import juxta.plugin.datasets.text.ImageText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFactsTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_600_000_000_000L);

  @TempDir Path root;
  @TempDir Path cache;

  @BeforeEach
  void images() throws IOException {
    for (int i = 0; i < 12; i++) {
      old(Drawn.png(root.resolve(i % 2 == 0 ? "ant" : "bee").resolve(i + ".png"), 4, 3, i));
    }
  }

  private static Path old(Path file) throws IOException {
    return Files.setLastModifiedTime(file, LONG_AGO);
  }

  private Dataset open() {
    return new ImageFolder().open(Requests.cached(root, cache));
  }

  private Path table() throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("read-files"))) {
      return files.toList().get(0);
    }
  }

  private static List<ByteBuffer> images(Dataset data) {
    return IntStream.range(0, data.train().size())
        .mapToObj(i -> ByteBuffer.wrap(Bytes.image(data.train(), i)))
        .toList();
  }

  @Test
  void aSecondOpeningReadsNothingAndHasTheSameFingerprint() throws IOException {
    Dataset first = open();
    assertThat(first.evidence()).isEqualTo(Evidence.CONTENT);
    // What is not read is not noticed: that is what a listing can tell and what it cannot.
    Path file = root.resolve("ant/4.png");
    byte[] kept = Files.readAllBytes(file);
    Files.write(file, new byte[kept.length]);
    old(file);
    Dataset second = open();
    assertThat(second.evidence()).isEqualTo(Evidence.LISTING);
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
    Files.write(file, kept);
    assertThat(images(second)).isEqualTo(images(first));
  }

  @Test
  void changedFilesAloneAreReadAnew() throws IOException {
    String before = open().fingerprint();
    old(Drawn.png(root.resolve("ant/4.png"), 4, 3, 100));
    Files.setLastModifiedTime(root.resolve("ant/4.png"), FileTime.fromMillis(1_600_000_000_001L));
    Dataset changed = open();
    assertThat(changed.evidence()).isEqualTo(Evidence.CONTENT);
    assertThat(changed.fingerprint()).isNotEqualTo(before);
    Path elsewhere = cache.resolve("none");
    assertThat(new ImageFolder().open(Requests.cached(root, elsewhere)).fingerprint())
        .isEqualTo(changed.fingerprint());
    old(Drawn.png(root.resolve("ant/4.png"), 4, 3, 4));
    assertThat(open().fingerprint()).isEqualTo(before);
    assertThat(open().evidence()).isEqualTo(Evidence.LISTING);
  }

  @Test
  void aFileChangedAMomentAgoIsReadAgainNextTime() throws IOException {
    Drawn.png(root.resolve("ant/4.png"), 4, 3, 100);
    open();
    assertThat(open().evidence()).isEqualTo(Evidence.CONTENT);
  }

  @Test
  void aDamagedTableIsMadeAnew() throws IOException {
    String fingerprint = open().fingerprint();
    byte[] whole = Files.readAllBytes(table());
    for (int length = 0; length < whole.length; length += 37) {
      Files.write(table(), Bytes.first(whole, length));
      assertThat(open().evidence()).isEqualTo(Evidence.CONTENT);
    }
    for (int at = 0; at < whole.length; at += 11) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      Files.write(table(), damaged);
      assertThat(open().evidence()).isEqualTo(Evidence.CONTENT);
    }
    Dataset again = open();
    assertThat(again.evidence()).isEqualTo(Evidence.LISTING);
    assertThat(again.fingerprint()).isEqualTo(fingerprint);
  }

  @Test
  void withoutAFolderForTheTableDataAreReadEveryTime() throws IOException {
    Files.write(cache.resolve("read-files"), new byte[1]);
    assertThat(open().fingerprint()).isEqualTo(open().fingerprint());
    assertThat(open().evidence()).isEqualTo(Evidence.CONTENT);
  }

  @Test
  void damageIsNamedAtEveryOpeningUntilItIsMended() throws IOException {
    Path cut = root.resolve("ant/4.png");
    byte[] whole = Files.readAllBytes(cut);
    Path other = root.resolve("bee/7.png");
    for (Path file : List.of(cut, other)) {
      Files.write(file, Bytes.first(whole, 60)); // the header is sound
      old(file);
    }
    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.problems()).hasSize(2))
          .hasMessageContaining(cut.toString())
          .hasMessageContaining(other.toString());
    }
  }

  @Test
  void readersOfPhotographsAndOfTablesListToo() throws IOException {
    Path csv = root.resolve("films.csv");
    Files.writeString(csv, "image,text,patient\nant/0.png,one,a\nant/2.png,two,b\n");
    Map<DatasetProvider, Path> places =
        Map.of(new Instances(), root.resolve("."), new ImageText(), csv);
    places.forEach(
        (provider, place) -> {
          String[] settings =
              provider instanceof Instances ? new String[] {"layout", "folders"} : new String[0];
          Path own = cache.resolve(provider.id());
          Dataset first = provider.open(Requests.cached(place, own, settings));
          Dataset second = provider.open(Requests.cached(place, own, settings));
          assertThat(first.evidence()).as(provider.id()).isEqualTo(Evidence.CONTENT);
          assertThat(second.evidence()).as(provider.id()).isEqualTo(Evidence.LISTING);
          assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
          assertThat(images(second)).isEqualTo(images(first));
        });
  }

  @Test
  void orientationAndDepthAreKnownWithoutReading() throws IOException {
    for (String name : List.of("ant/0.png", "ant/2.png")) {
      Path file = root.resolve(name);
      old(Files.write(file, Drawn.turned(Files.readAllBytes(file))));
    }
    String[] turned = {"orientation", "exif", "side", "4"};
    Dataset first = new ImageFolder().open(Requests.cached(root, cache, turned));
    Dataset second = new ImageFolder().open(Requests.cached(root, cache, turned));
    assertThat(second.evidence()).isEqualTo(Evidence.LISTING);
    assertThat(images(second)).isEqualTo(images(first));
    assertThatThrownBy(
            () -> new ImageFolder().open(Requests.cached(root, cache, "orientation", "exif")))
        .hasMessageContaining(" is 3x4 but ");
  }

  @Test
  void linksOutOfTheFolderAreNotFollowedFromTables(@TempDir Path elsewhere) throws IOException {
    Drawn.png(elsewhere.resolve("secret.png"), 4, 3, 0);
    Files.createSymbolicLink(root.resolve("more"), elsewhere);
    Path csv = root.resolve("films.csv");
    Files.writeString(csv, "image,text,patient,split\nmore/secret.png,one,a,train\n");
    assertThatThrownBy(() -> new ImageText().open(Requests.cached(csv, cache)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("secret.png: lies behind a link that leads out of " + root);
  }
}
