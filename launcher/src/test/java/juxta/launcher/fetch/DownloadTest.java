package juxta.launcher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadTest {
  private static final byte[] BODY = new byte[300_000];
  private static final Download DOWNLOAD = new Download(1 << 20, (what, share) -> {});

  static {
    new Random(5).nextBytes(BODY);
  }

  @TempDir Path root;

  @Test
  void aFileComesWholeAlsoWhereItsLengthIsNotSaid() throws IOException {
    try (RawServer server =
        new RawServer((request, out) -> RawServer.send(out, "200 OK", BODY, "X-Nothing: 1"))) {
      DOWNLOAD.fetch(server.at("/a.jar"), part());
      assertThat(Files.readAllBytes(part())).isEqualTo(BODY);
    }
  }

  @Test
  void aTransferThatBreaksGoesOnWhereItWas() throws IOException {
    try (RawServer server = new RawServer(new Breaking("\"one\"", 100_000))) {
      DOWNLOAD.fetch(server.at("/a.jar"), part());
      assertThat(Files.readAllBytes(part())).isEqualTo(BODY);
      assertThat(server.requests()).hasSize(3);
      assertThat(server.requests().get(2).headers())
          .containsEntry("range", "bytes=200000-")
          .containsEntry("if-range", "\"one\"");
    }
  }

  @Test
  void whatHasComeIsContinuedByTheNextCommand() throws IOException {
    try (RawServer server = new RawServer(new Breaking("\"one\"", 60_000))) {
      assertThatThrownBy(() -> DOWNLOAD.fetch(server.at("/a.jar"), part()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("run it again to go on from there");
      assertThat(Files.size(part())).isEqualTo(180_000); // three attempts
      DOWNLOAD.fetch(server.at("/a.jar"), part());
      assertThat(Files.readAllBytes(part())).isEqualTo(BODY);
    }
  }

  /** Bytes of two versions in one file would be neither. */
  @Test
  void aFileThatChangedMeanwhileIsFetchedFromItsBeginning() throws IOException {
    Files.write(part(), new byte[1000]);
    Files.writeString(mark(), "\"former\"");
    try (RawServer server = new RawServer(new Breaking("\"one\"", BODY.length))) {
      DOWNLOAD.fetch(server.at("/a.jar"), part());
      assertThat(server.requests().get(0).headers()).containsEntry("range", "bytes=1000-");
      assertThat(Files.readAllBytes(part())).isEqualTo(BODY);
    }
  }

  @Test
  void withoutAMarkNothingIsContinued() throws IOException {
    Files.write(part(), new byte[1000]);
    try (RawServer server =
        new RawServer((request, out) -> RawServer.send(out, "200 OK", BODY, length(BODY)))) {
      DOWNLOAD.fetch(server.at("/a.jar"), part());
      assertThat(server.requests().get(0).headers()).doesNotContainKey("range");
      assertThat(Files.readAllBytes(part())).isEqualTo(BODY);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          404 Not Found    | is not there (status 404); check the address
          403 Forbidden    | may not be read (status 403); log in with a browser and install the file
          503 Busy         | the server answers with status 503; try again later
          204 Nothing      | the server answers with status 204; try again later
          """)
  void whatAServerRefusesIsSaid(String status, String said) {
    try (RawServer server =
        new RawServer((request, out) -> RawServer.send(out, status, new byte[0]))) {
      URI address = server.at("/a.jar");
      assertThatThrownBy(() -> DOWNLOAD.fetch(address, part()))
          .isInstanceOf(UserException.class)
          .hasMessage(address + ": " + said);
    }
  }

  @Test
  void redirectionsAreFollowedOnTheWebOnly() throws IOException {
    try (RawServer server =
        new RawServer(
            (request, out) -> {
              switch (request.path()) {
                case "/moved" -> redirect(out, "/whole.jar");
                case "/loop" -> redirect(out, "/loop");
                case "/file" -> redirect(out, "file:///etc/passwd");
                case "/nowhere" -> RawServer.send(out, "302 Found", new byte[0]);
                default -> RawServer.send(out, "200 OK", BODY, length(BODY));
              }
            })) {
      DOWNLOAD.fetch(server.at("/moved"), part());
      assertThat(Files.readAllBytes(part())).isEqualTo(BODY);
      refused(server.at("/loop"), "redirects without an end");
      refused(server.at("/file"), "redirects to file:///etc/passwd, where it is not followed");
      refused(server.at("/nowhere"), "redirects to");
    }
    URI safe = URI.create("https://example.org/a.jar");
    assertThatThrownBy(() -> Download.redirected(safe, safe, "http://example.org/a.jar"))
        .hasMessageContaining("redirects to http://example.org/a.jar, where it is not followed");
    assertThat(Download.redirected(safe, safe, "/b.jar"))
        .isEqualTo(URI.create("https://example.org/b.jar"));
  }

  @Test
  void whatIsTooLongIsNotTaken() throws IOException {
    byte[] longer = new byte[(1 << 20) + 1];
    try (RawServer server =
        new RawServer(
            (request, out) -> {
              if (request.path().equals("/said")) {
                RawServer.send(out, "200 OK", new byte[0], "Content-Length: 99999999999");
              } else {
                RawServer.send(out, "200 OK", longer);
              }
            })) {
      refused(server.at("/said"), "is longer than 1 MB; give --max-mb");
      assertThat(part()).doesNotExist();
      refused(server.at("/unsaid"), "is longer than 1 MB; give --max-mb");
      assertThat(Files.size(part())).isLessThanOrEqualTo(1 << 20);
    }
  }

  @Test
  void whoCannotBeReachedIsNamed() throws IOException {
    URI closed;
    try (RawServer server = new RawServer((request, out) -> {})) {
      closed = server.at("/a.jar");
      refused(
          URI.create(closed.toString().replace("http:", "https:")),
          "check the server's certificate");
    }
    refused(closed, "cannot be reached");
    refused(URI.create("http://nowhere.invalid/a.jar"), "no server of that name is known");
  }

  private void refused(URI address, String said) {
    assertThatThrownBy(() -> DOWNLOAD.fetch(address, part()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(address + ": ")
        .hasMessageContaining(said);
  }

  private Path part() {
    return root.resolve("a.part");
  }

  private Path mark() {
    return root.resolve("a.part.mark");
  }

  private static String length(byte[] body) {
    return "Content-Length: " + body.length;
  }

  private static void redirect(OutputStream out, String to) throws IOException {
    RawServer.send(out, "302 Found", new byte[0], "Location: " + to);
  }

  /** Sends so many bytes of the body a time; goes on for those who know its mark. */
  private record Breaking(String mark, int bytes) implements RawServer.Answers {
    @Override
    public void answer(RawServer.Request request, OutputStream out) throws IOException {
      String range = request.headers().get("range");
      boolean goesOn = range != null && mark.equals(request.headers().get("if-range"));
      int from = goesOn ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
      byte[] sent = Arrays.copyOfRange(BODY, from, Math.min(BODY.length, from + bytes));
      RawServer.send(
          out,
          goesOn ? "206 Partial" : "200 OK",
          sent,
          "Content-Length: " + (BODY.length - from),
          "ETag: " + mark,
          "Content-Range: bytes " + from + "-" + (BODY.length - 1) + "/" + BODY.length);
    }
  }
}
