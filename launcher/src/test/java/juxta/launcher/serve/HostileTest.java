package juxta.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import juxta.launcher.search.HugePng;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What attackers send; after each of it the server still answers. */
class HostileTest {
  private static final byte[] NOTHING = new byte[0];
  private static final String PICTURE = "/api/search/picture";

  @TempDir private static Path folder;
  private static Served served;

  @BeforeAll
  static void serve() throws IOException {
    Files.writeString(folder.resolve("secret.txt"), "secret");
    served = Served.texts(folder);
  }

  @AfterAll
  static void close() {
    served.close();
  }

  @AfterEach
  void goesOn() {
    assertThat(Raw.get(served.port(), "/api/search?q=male").status()).isEqualTo(200);
    assertThat(served.faults).isEmpty();
  }

  private static int status(String method, String path, byte[] body, String... headers) {
    Raw.Answer answer = Raw.ask(served.port(), method, path, body, headers);
    if (answer.status() >= 400 && answer.header("content-type").startsWith("application/json")) {
      try {
        String problem = new ObjectMapper().readTree(answer.body()).get("problem").asText();
        assertThat(problem).isNotBlank().doesNotContain("\n");
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    assertThat(answer.text()).doesNotContain("secret").doesNotContain("juxta.launcher");
    return answer.status();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/secret.txt",
        "/../secret.txt",
        "/../../../../etc/passwd",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%5csecret.txt",
        "//etc/passwd",
        "/page/index.html",
        "/index.html%00.png",
        "/app.js/",
        "/APP.JS",
        "/api",
        "/api/",
        "/api/nothing",
        "/api/../secret.txt",
        "/api/picture/",
        "/api/picture/../../../etc/passwd",
        "/api/picture/..%2f..%2fsecret.txt",
        "/api/picture/%2fetc%2fpasswd",
        "/api/picture/%00",
        "/api/picture/00000000000000000000000000000000",
        "/api/like/00000000000000000000000000000000",
        "/api/like/x",
        "/.git/config",
        "/run.json"
      })
  void nothingButThePageIsServed(String path) {
    assertThat(status("GET", path, NOTHING)).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/search?q=male&k=0",
        "/api/search?q=male&k=21",
        "/api/search?q=male&k=-1",
        "/api/search?q=male&k=1e3",
        "/api/search?q=male&k=99999999999999999999",
        "/api/search?q=male&where=nothing",
        "/api/search?q=male&where=sex%3Dbird",
        "/api/search?q=male&where=%3D",
        "/api/search?q=%zz",
        "/api/search?q=%",
        "/api/picture/00000000000000000000000000000000?side=1",
        "/api/picture/00000000000000000000000000000000?side=100000"
      })
  void senselessQuestionsAreRefused(String path) {
    assertThat(status("GET", path, NOTHING)).isEqualTo(400);
  }

  @Test
  void longOnesToo() {
    assertThat(status("GET", "/api/search?q=" + "a".repeat(20_000), NOTHING)).isEqualTo(400);
    assertThat(status("GET", "/api/search?q=male" + "&where=sex%3Dmale".repeat(100), NOTHING))
        .isEqualTo(400);
  }

  @Test
  void methods() {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW")) {
      assertThat(status(method, "/", NOTHING)).as(method).isEqualTo(405);
      assertThat(status(method, "/api/run", NOTHING)).as(method).isEqualTo(405);
    }
    Raw.Answer wrong = Raw.get(served.port(), PICTURE);
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.header("allow")).isEqualTo("POST");
    Raw.Answer head = Raw.ask(served.port(), "HEAD", "/", NOTHING);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("content-length")).isNotEqualTo("0");
  }

  /** A name that someone made to point to this machine. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "127.0.0.1.evil.example",
        "",
        "192.168.0.9",
        "localhost.",
        "a b"
      })
  void foreignNames(String host) {
    assertThat(status("GET", "/", NOTHING, "Host: " + host)).isIn(400, 403);
    assertThat(status("GET", "/api/run", NOTHING, "Host: " + host)).isIn(400, 403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:1", "LOCALHOST", "127.0.0.1", "[::1]:8080"})
  void namesOfThisMachine(String host) {
    assertThat(status("GET", "/api/run", NOTHING, "Host: " + host)).isEqualTo(200);
  }

  @Test
  void pagesFromElsewhere() {
    String own = "http://127.0.0.1:" + served.port();
    assertThat(status("GET", "/api/run", NOTHING, "Origin: " + own)).isEqualTo(200);
    assertThat(status("GET", "/api/run", NOTHING, "Sec-Fetch-Site: same-origin")).isEqualTo(200);
    assertThat(status("GET", "/", NOTHING, "Sec-Fetch-Site: cross-site")).isEqualTo(200);
    for (String header :
        List.of(
            "Origin: http://evil.example",
            "Origin: null",
            "Origin: https://127.0.0.1:" + served.port(),
            "Origin: http://127.0.0.1:1",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site")) {
      assertThat(status("GET", "/api/run", NOTHING, header)).as(header).isEqualTo(403);
      assertThat(status("POST", PICTURE, new byte[9], header)).as(header).isEqualTo(403);
    }
  }

  @Test
  void whatIsNoPicture() {
    assertThat(status("POST", PICTURE, NOTHING)).isEqualTo(400);
    assertThat(status("POST", PICTURE, "hello".getBytes(StandardCharsets.UTF_8))).isEqualTo(400);
    assertThat(status("POST", PICTURE, HugePng.of(40_000, 40_000))).isEqualTo(400);
    byte[] polyglot = "GIF89a/*<html><script>alert(1)</script>*/".getBytes(StandardCharsets.UTF_8);
    assertThat(status("POST", PICTURE, polyglot)).isEqualTo(400);
  }

  /** A picture that is a page as well is a picture; nothing of it comes back. */
  @Test
  void aPictureWithAPageInIt() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_INDEXED), "gif", file);
    file.write("<script>alert('polyglot')</script>".getBytes(StandardCharsets.UTF_8));
    Raw.Answer answer = Raw.ask(served.port(), "POST", PICTURE, file.toByteArray());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).startsWith("application/json");
    assertThat(answer.text()).doesNotContain("polyglot").contains("results");
  }

  @Test
  void tooLargeIsKnownFromTheHeaders() {
    try (Raw raw = new Raw(served.port())) {
      raw.send(
          "POST " + PICTURE + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30000000\r\n\r\n",
          NOTHING);
      assertThat(raw.read(false).status()).isEqualTo(413);
    }
  }

  @Test
  void tooLargeIsFoundOutWhereTheHeadersDoNotSay() {
    try (Raw raw = new Raw(served.port())) {
      raw.send(
          "POST " + PICTURE + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n",
          NOTHING);
      byte[] chunk = new byte[1 << 20];
      for (int i = 0; i < 21; i++) {
        raw.send("100000\r\n", chunk);
        raw.send("\r\n", NOTHING);
      }
      assertThat(raw.read(false).status()).isEqualTo(413);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET\r\n\r\n",
        "\0\1\2\3\r\n\r\n",
        "GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        "POST /api/search/picture HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        "POST /api/search/picture HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1x\r\n\r\n"
      })
  void brokenRequests(String request) {
    try (Raw raw = new Raw(served.port())) {
      raw.send(request, NOTHING);
      try {
        assertThat(raw.read(false).status()).isBetween(400, 499);
      } catch (java.io.UncheckedIOException e) {
        assertThat(e).hasMessageContaining("the connection ended");
      }
    }
  }

  @Test
  void whoLeavesInTheMiddleDoesNoHarm() {
    for (int i = 0; i < 50; i++) {
      try (Raw raw = new Raw(served.port())) {
        raw.send(
            "POST " + PICTURE + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc",
            NOTHING);
      }
    }
  }

  @Test
  void everyAnswerTellsTheBrowserToBeCareful() {
    for (String path : List.of("/", "/app.js", "/api/run", "/nothing", "/api/search?q=")) {
      Raw.Answer answer = Raw.get(served.port(), path);
      assertThat(answer.header("content-security-policy"))
          .contains("default-src 'none'")
          .contains("script-src 'self'")
          .doesNotContain("unsafe");
      assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
      assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
    }
  }

  /** What the page would need for markup or scripts from data. */
  @Test
  void thePageHasNoInlineScriptsAndNothingFromElsewhere() {
    String html = Raw.get(served.port(), "/").text();
    assertThat(html)
        .doesNotContain("<style")
        .doesNotContain(" style=")
        .doesNotContainPattern("<script(?! src=\"/app.js\" defer>)")
        .doesNotContainPattern(" on[a-z]+=");
    for (String file : List.of("/", "/app.js", "/app.css")) {
      assertThat(Raw.get(served.port(), file).text().replace("http://www.w3.org/2000/svg", ""))
          .doesNotContain(
              "http://", "https://", "innerHTML", "outerHTML", "insertAdjacent", "eval(");
    }
  }
}
