package juxta.plugin.datasets.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import juxta.api.UserException;
import juxta.plugin.datasets.Bytes;
import juxta.plugin.datasets.FileServer;
import juxta.toolkit.io.Digest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  private static final byte[] CONTENT = Bytes.random(100_000, 1);
  private static final Download.Wanted WANTED = FileServer.wanted("a.gz", CONTENT);

  @TempDir Path temporary;
  private Path folder;
  private FileServer server;

  @BeforeEach
  void start() {
    folder = temporary.resolve("cache/deep");
    server = new FileServer();
    server.files.put("a.gz", CONTENT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path fetch() {
    return new Download(server.address(), "do this").fetch(WANTED, folder, (text, share) -> {});
  }

  @Test
  void fetchesAWholeFileOnce() {
    List<Double> shares = new ArrayList<>();
    Path file =
        new Download(server.address(), "")
            .fetch(WANTED, folder, (text, share) -> shares.add(share));
    assertThat(file).isEqualTo(folder.resolve("a.gz")).hasBinaryContent(CONTENT);
    assertThat(folder.resolve("a.gz.part")).doesNotExist();
    assertThat(shares).isSorted().endsWith(1.0);
    fetch();
    assertThat(server.ranges).containsExactly("null");
  }

  @Test
  void goesOnWhereItWasCut() {
    server.cutAfter.set(40_000);
    assertThatThrownBy(this::fetch)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(server.address() + "/a.gz: cannot be downloaded (")
        .hasMessageEndingWith("do this");
    assertThat(folder.resolve("a.gz")).doesNotExist();
    assertThat(folder.resolve("a.gz.part")).hasSize(40_000);
    assertThat(fetch()).hasBinaryContent(CONTENT);
    assertThat(server.ranges).containsExactly("null", "bytes=40000-");
  }

  @Test
  void startsAgainWhereTheServerKnowsNoRanges() {
    Bytes.write(folder.resolve("a.gz.part"), Bytes.first(CONTENT, 5000));
    server.knowsRanges = false;
    assertThat(fetch()).hasBinaryContent(CONTENT);
  }

  @Test
  void needsNoServerWhereThePartIsWhole() {
    Bytes.write(folder.resolve("a.gz.part"), CONTENT);
    assertThat(fetch()).hasBinaryContent(CONTENT);
    assertThat(server.ranges).isEmpty();
  }

  @Test
  void throwsAwayAPartThatIsTooLong() {
    Bytes.write(folder.resolve("a.gz.part"), Bytes.random(100_001, 2));
    assertThat(fetch()).hasBinaryContent(CONTENT);
  }

  @Test
  void refusesAWrongChecksum() {
    server.files.put("a.gz", Bytes.random(100_000, 2));
    assertThatThrownBy(this::fetch)
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "/a.gz: has the SHA-256 " + FileServer.wanted("", server.files.get("a.gz")).checksum())
        .hasMessageContaining(" instead of " + WANTED.checksum() + " and was thrown away; do this");
    assertThat(folder).isEmptyDirectory();
    server.files.put("a.gz", CONTENT);
    assertThat(fetch()).hasBinaryContent(CONTENT);
  }

  @Test
  void aFileOfUnknownLengthIsFetchedToo() {
    String md5 = Digest.of("MD5").add(CONTENT).hex();
    Download.Wanted unsized = new Download.Wanted("a.gz", Download.Wanted.UNKNOWN, "MD5", md5);
    Download download = new Download(server.address(), "do this");
    server.cutAfter.set(40_000);
    assertThatThrownBy(() -> download.fetch(unsized, folder, (text, share) -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot be downloaded (");
    assertThat(folder.resolve("a.gz")).doesNotExist();
    assertThat(download.fetch(unsized, folder, (text, share) -> {})).hasBinaryContent(CONTENT);
    assertThat(server.ranges).containsExactly("null", "bytes=40000-");

    Download.Wanted other =
        new Download.Wanted("a.gz", Download.Wanted.UNKNOWN, "MD5", "0" + md5.substring(1));
    assertThatThrownBy(() -> download.fetch(other, temporary.resolve("other"), (text, share) -> {}))
        .hasMessageContaining("/a.gz: has the MD5 " + md5 + " instead of 0")
        .hasMessageEndingWith(" and was thrown away; do this");
  }

  @Test
  void aWholePartOfUnknownLengthIsNotFetchedAgain() {
    String md5 = Digest.of("MD5").add(CONTENT).hex();
    Bytes.write(folder.resolve("a.gz.part"), CONTENT);
    assertThat(
            new Download(server.address(), "")
                .fetch(
                    new Download.Wanted("a.gz", Download.Wanted.UNKNOWN, "MD5", md5),
                    folder,
                    (text, share) -> {}))
        .hasBinaryContent(CONTENT);
  }

  @Test
  void refusesMoreThanWasAnnounced() {
    server.files.put("a.gz", Bytes.random(5_000_000, 2));
    assertThatThrownBy(this::fetch).hasMessageContaining("the file is longer than 100000 bytes");
    assertThat(folder.resolve("a.gz")).doesNotExist();
  }

  @Test
  void saysWhatTheServerAnswers() {
    server.files.clear();
    assertThatThrownBy(this::fetch)
        .hasMessage(
            server.address()
                + "/a.gz: cannot be downloaded (IOException: the server answers with status 404); do"
                + " this");
  }

  @Test
  void saysSoWhereThereIsNoNetwork() throws IOException {
    URI nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://localhost:" + free.getLocalPort() + "/");
    }
    assertThatThrownBy(
            () -> new Download(nobody, "do this").fetch(WANTED, folder, (text, share) -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            nobody + "a.gz: cannot be downloaded \\(ConnectException: .*\\); do this");
    assertThat(Files.exists(folder.resolve("a.gz"))).isFalse();
  }
}
