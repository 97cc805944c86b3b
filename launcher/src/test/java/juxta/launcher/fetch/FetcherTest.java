package juxta.launcher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import juxta.api.UserException;
import juxta.launcher.fetch.Fetcher.Wanted;
import juxta.toolkit.io.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes is looked at as a stranger's: it goes nowhere but to its folder, and not for long. */
class FetcherTest {
  private static final byte[] CLASS = {1, 2, 3};

  @TempDir Path root;

  private Path jar;

  @BeforeEach
  void jar() {
    jar = Zips.write(root.resolve("plugin-mine-1.0.jar"), "mine/Mine.class", CLASS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ftp://a.b/c.jar        | 'ftp://a.b/c.jar' is no http or https address; name a file by its path
          file:///c.jar          | 'file:///c.jar' is no http or https address; name a file by its path
          https:///c.jar         | 'https:///c.jar' names no server; correct the address
          https://u:p@a.b/c.jar  | the address of a.b has a user's name or password in it
          http://a b/c.jar       | is no address
          org.mine:mine          | 'org.mine:mine' has no version; write org.mine:mine:VERSION
          none.jar               | none.jar: is no file; name a jar
          src                    | src: is a folder; make a zip of it
          """)
  void whatIsNoSourceIsSaid(String word, String said) {
    assertThatThrownBy(() -> Source.of(word))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(said);
  }

  @Test
  void sources() {
    assertThat(Source.of("org.mine:mine:1.0-rc.1").kind()).isEqualTo(Source.Kind.maven);
    assertThat(Source.of("HTTPS://a.b/mine.zip?raw=1").lastPart()).isEqualTo("mine.zip");
    assertThat(Source.of(jar.toString()))
        .isEqualTo(new Source(Source.Kind.file, jar.toAbsolutePath().toString()));
  }

  @Test
  void aJarIsNamedWithoutItsVersion() {
    Fetched fetched = fetch(jar, Optional.empty());
    assertThat(fetched.name()).isEqualTo("plugin-mine");
    assertThat(fetched.files()).singleElement();
    assertThat(fetched.checked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mine/", "plugins/mine/"})
  void aZipHoldsThePluginAndItsLibraries(String folder) {
    Path zip =
        Zips.write(
            root.resolve("mine-1.0.zip"),
            folder + "plugin.jar",
            jar,
            folder + "library.jar",
            jar,
            folder + "README.md",
            CLASS);
    Fetched fetched = fetch(zip, Optional.empty());
    assertThat(fetched.name()).isEqualTo("mine");
    assertThat(fetched.files())
        .extracting(file -> file.file().getFileName().toString())
        .containsExactly("plugin.jar", "library.jar");
    assertThat(fetched.leftOut()).containsExactly(folder + "README.md: is no jar");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.jar",
        "mine/../../evil.jar",
        "/evil.jar",
        "mine\\..\\evil.jar",
        "C:/evil.jar",
        "../evil.txt",
        "mine/e\u0007vil.jar"
      })
  void entriesThatLeadElsewhereAreRefused(String name) {
    Path zip = Zips.write(root.resolve("mine.zip"), "mine/plugin.jar", jar, name, jar);
    assertThatThrownBy(() -> fetch(zip, Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("which may lead elsewhere; do not trust it");
    assertThat(root.resolve("evil.jar")).doesNotExist();
    assertThat(root.toFile().list()).hasSize(3); // what the test wrote, and the fetcher's folder
  }

  @Test
  void aZipThatUnpacksToTooMuchIsRefused() throws IOException {
    byte[] zeros = new byte[3 << 20];
    Path zip = Zips.write(root.resolve("mine.zip"), "a.jar", zeros, "b.jar", zeros);
    assertThat(Files.size(zip)).isLessThan(20_000);
    assertThatThrownBy(() -> fetch(zip, Optional.empty()))
        .hasMessageContaining("unpacks to more than 4 MB; give --max-mb");
  }

  @Test
  void otherZipsAreRefusedInALine() throws IOException {
    Path two = Zips.write(root.resolve("two.zip"), "a/a.jar", jar, "b/b.jar", jar);
    assertThatThrownBy(() -> fetch(two, Optional.empty())).hasMessageContaining("several folders");
    Path twice = Zips.write(root.resolve("twice.zip"), "a/a.jar", jar, "a/A.jar", jar);
    assertThatThrownBy(() -> fetch(twice, Optional.empty())).hasMessageContaining("A.jar twice");
    Path page = Files.writeString(root.resolve("page.jar"), "<html>404</html>");
    assertThatThrownBy(() -> fetch(page, Optional.empty()))
        .hasMessageContaining("is neither a jar nor a zip");
    Path named = Files.copy(jar, root.resolve("-x.jar"));
    assertThatThrownBy(() -> fetch(named, Optional.empty()))
        .hasMessageContaining("cannot be the name of a plug-in");
  }

  @Test
  void checksumsAreComparedWhereThereAreSome() throws IOException {
    String sum = Digest.sha256().add(jar).hex();
    String other = "0".repeat(64);
    assertThat(fetch(jar, Optional.of(sum.toUpperCase(java.util.Locale.ROOT))).checked())
        .isEqualTo("--sha256");
    assertThatThrownBy(() -> fetch(jar, Optional.of(other)))
        .hasMessage(
            jar
                + ": has the SHA-256 "
                + sum
                + " where --sha256 says "
                + other
                + "; it was thrown"
                + " away");
    assertThatThrownBy(() -> fetch(jar, Optional.of("abc"))).hasMessageContaining("64 hexadecimal");
    Path beside = root.resolve("plugin-mine-1.0.jar.sha256");
    Files.writeString(beside, other + "  other.jar\n" + sum + "  plugin-mine-1.0.jar\n");
    assertThat(fetch(jar, Optional.empty()).checked())
        .isEqualTo("plugin-mine-1.0.jar.sha256 beside it");
    Files.writeString(beside, other + "\n");
    assertThatThrownBy(() -> fetch(jar, Optional.empty())).hasMessageContaining("thrown away");
  }

  @Test
  void addressesHaveTheirChecksumsBesideThem() throws IOException {
    byte[] body = Files.readAllBytes(jar);
    String sum = Digest.sha256().add(body).hex();
    try (RawServer server =
        new RawServer(
            (request, out) -> {
              switch (request.path()) {
                case "/good/mine-1.jar", "/bad/mine-1.jar", "/none/mine-1.jar" ->
                    RawServer.send(out, "200 OK", body, "Content-Length: " + body.length);
                case "/good/mine-1.jar.sha256" ->
                    RawServer.send(out, "200 OK", (sum + "\n").getBytes(StandardCharsets.UTF_8));
                case "/bad/mine-1.jar.sha256" ->
                    RawServer.send(out, "200 OK", "0".repeat(64).getBytes(StandardCharsets.UTF_8));
                default -> RawServer.send(out, "404 No", new byte[0]);
              }
            })) {
      Fetched good = fetch(server, "/good/mine-1.jar");
      assertThat(good.name()).isEqualTo("mine");
      assertThat(good.checked()).isEqualTo("mine-1.jar.sha256 beside it");
      assertThat(fetch(server, "/none/mine-1.jar").checked()).contains("came over http");
      assertThatThrownBy(() -> fetch(server, "/bad/mine-1.jar"))
          .hasMessageContaining("it was thrown away");
      assertThat(root.resolve("cache/plugins")).isEmptyDirectory();
    }
  }

  private Fetched fetch(RawServer server, String path) throws IOException {
    return fetcher()
        .fetch(
            new Wanted(Source.of(server.at(path).toString()), false, Optional.empty()), folder());
  }

  private Fetched fetch(Path file, Optional<String> sha256) {
    return fetcher().fetch(new Wanted(Source.of(file.toString()), false, sha256), folder());
  }

  private Path folder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(root.resolve("fetched")), "one");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Fetcher fetcher() {
    return new Fetcher(
        root.resolve("cache"),
        new MavenRepositories(root.resolve("none"), root.resolve("none.xml")),
        4 << 20,
        (what, share) -> {});
  }
}
