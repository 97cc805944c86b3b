package juxta.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients do to each other. Nothing here depends on how fast the machine is. */
class ConnectionsTest {
  private static final byte[] NOTHING = new byte[0];
  private static final int LARGE = 1 << 20;
  private static final long NEVER = 1 << 20;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  /** Requests whose path begins with {@code /later} wait here; others are answered at once. */
  private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();

  private record Held(Request request, Consumer<Reply> to) {
    void answer() {
      to.accept(Reply.of("text/plain", request.head().path().getBytes()));
    }
  }

  private final Handler handler =
      new Handler() {
        @Override
        public Optional<Reply> refusal(Head head) {
          return Optional.empty();
        }

        @Override
        public void answer(Request request, Consumer<Reply> to) {
          if (request.head().path().startsWith("/later")) {
            held.add(new Held(request, to));
          } else if (request.head().path().equals("/much")) {
            to.accept(Reply.of("text/plain", new byte[32 << 20]));
          } else {
            to.accept(
                Reply.of("text/plain", (request.head().path() + request.body().length).getBytes()));
          }
        }
      };

  private int serve(Limits limits) {
    try {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      Connections connections = new Connections(any, handler, limits, faults::add);
      open.add(connections);
      return connections.port();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Limits limits(int connections, long seconds, long bodyBytes, int waiting) {
    return new Limits(
        connections, seconds, seconds, seconds, seconds, 1, seconds, bodyBytes, waiting);
  }

  private static Limits patient() {
    return limits(1000, NEVER, Body.MOST_BYTES, 1000);
  }

  private Raw raw(int port) {
    Raw raw = new Raw(port);
    open.add(0, raw);
    return raw;
  }

  private Raw sent(int port, String text) {
    Raw raw = raw(port);
    raw.send(text, NOTHING);
    return raw;
  }

  private Held next() throws InterruptedException {
    Held next = held.poll(30, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private static String upload(String path, int bytes) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + bytes + "\r\n\r\n";
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    assertThat(faults).isEmpty();
  }

  /** None of these ends before the honest one has its answers. */
  @Test
  void nobodyWaitsForThoseThatAreSlow() {
    int port = serve(patient());
    for (int i = 0; i < 50; i++) {
      raw(port);
      sent(port, "GET / HT");
      sent(port, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
      sent(port, upload("/small", 100) + "ab");
      sent(port, upload("/large", LARGE) + "ab");
      sent(port, "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nff");
      sent(port, "GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    for (int i = 0; i < 4; i++) { // these do not take their answers
      sent(port, "GET /much HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    try (Raw honest = new Raw(port)) {
      assertThat(honest.ask("GET", "/a", NOTHING).text()).isEqualTo("/a0");
      assertThat(honest.ask("POST", "/b", new byte[1000]).text()).isEqualTo("/b1000");
      assertThat(honest.ask("GET", "/c", NOTHING).text()).isEqualTo("/c0");
    }
  }

  /** Large bodies wait for room; when too many wait, the next is sent away. */
  @Test
  void uploadsWaitInAQueueThatHasAnEnd() throws Exception {
    int port = serve(limits(1000, NEVER, 2 * LARGE, 3));
    List<Raw> uploads = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      uploads.add(sent(port, upload("/later" + i, LARGE)));
      seen(port);
    }
    Raw.Answer refused = sent(port, upload("/later", LARGE)).read(false);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("retry-after")).isNotEmpty();
    assertThat(refused.text()).contains("try again");
    assertThat(Raw.ask(port, "POST", "/b", new byte[9]).text()).isEqualTo("/b9");
    for (int i = 0; i < 5; i++) {
      uploads.get(i).send("", new byte[LARGE]);
      Held one = next(); // the first that waits has its room now
      assertThat(one.request().head().path()).isEqualTo("/later" + i);
      assertThat(one.request().body()).hasSize(LARGE);
      one.answer();
      assertThat(uploads.get(i).read(false).status()).isEqualTo(200);
    }
  }

  /** What was sent before is seen once something that was sent later is answered. */
  private static void seen(int port) {
    assertThat(Raw.get(port, "/a").text()).isEqualTo("/a0");
  }

  /** Whoever works for a client can see that it has left. */
  @Test
  void aClientThatLeftIsKnown() throws Exception {
    int port = serve(patient());
    Raw raw = new Raw(port);
    raw.send(upload("/later", 3), "abc".getBytes());
    Held one = next();
    assertThat(one.request().gone().getAsBoolean()).isFalse();
    raw.close();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!one.request().gone().getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(one.request().gone().getAsBoolean()).isTrue();
    one.answer(); // into the void
    assertThat(Raw.get(port, "/a").status()).isEqualTo(200);
  }

  /** The place of one that does nothing is given to one that comes. */
  @Test
  void whoComesLastIsServedWhenAllPlacesAreTaken() {
    int port = serve(limits(4, NEVER, LARGE, 1));
    List<Raw> slow = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      slow.add(sent(port, "GET / HTTP/1.1\r\n"));
      assertThat(Raw.get(port, "/a").status()).isEqualTo(200);
    }
    assertThat(slow.get(0).closedWithoutAnswer()).isTrue();
  }

  @Test
  void headsAndBodiesHaveDeadlines() {
    int port = serve(limits(100, 1, LARGE, 1));
    Raw silent = raw(port);
    Raw head = sent(port, "GET / HTTP/1.1\r\nHos");
    Raw body = sent(port, upload("/a", 10) + "abc");
    Raw first = sent(port, upload("/a", LARGE) + "abc");
    Raw unread = sent(port, "GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(silent.closedWithoutAnswer()).isTrue();
    assertThat(head.closedWithoutAnswer()).isTrue();
    assertThat(body.read(false).status()).isEqualTo(408);
    assertThat(first.read(false).status()).isEqualTo(408);
    assertThat(unread.read(false).status()).isEqualTo(200);
    assertThat(unread.closedWithoutAnswer()).isTrue(); // nothing more was asked
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n",
        "-1\r\n",
        "+5\r\nabcde\r\n0\r\n\r\n",
        "0x5\r\nabcde\r\n0\r\n\r\n",
        "5 5\r\nabcde\r\n",
        " 5\r\nabcde\r\n",
        "\r\n",
        "5\nabcde\r\n",
        "5\r\nabcdefg\r\n0\r\n\r\n",
        "ffffffffffffffffffffffff\r\n",
        "5;",
      })
  void badChunkSizes(String chunks) {
    int port = serve(patient());
    String filler = chunks.equals("5;") ? "x".repeat(5000) : "";
    Raw raw =
        sent(
            port,
            "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + filler);
    assertThat(raw.read(false).status()).isEqualTo(400);
  }

  @Test
  void chunksAsTheyShouldBe() {
    int port = serve(patient());
    Raw raw =
        sent(
            port,
            "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n00A;note=x\r\n0123456789\r\n0\r\nTrailer: y\r\n\r\n");
    assertThat(raw.read(false).text()).isEqualTo("/a13");
    assertThat(raw.ask("GET", "/b", NOTHING).text()).isEqualTo("/b0");
  }

  @Test
  void oneByteAfterTheOther() {
    int port = serve(patient());
    Raw raw = raw(port);
    for (char c : (upload("/a", 5) + "abcde").toCharArray()) {
      raw.send(String.valueOf(c), NOTHING);
    }
    assertThat(raw.read(false).text()).isEqualTo("/a5");
  }

  @Test
  void severalRequestsAtOnce() {
    int port = serve(patient());
    Raw raw =
        sent(
            port,
            upload("/a", 3)
                + "abcGET /b HTTP/1.1\r\nHost: x\r\n\r\n"
                + "GET /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(raw.read(false).text()).isEqualTo("/a3");
    assertThat(raw.read(false).text()).isEqualTo("/b0");
    assertThat(raw.read(false).text()).isEqualTo("/c0");
    assertThat(raw.closedWithoutAnswer()).isTrue();
  }

  /** What proxies and servers may understand in two ways. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 3\r\nContent-Length: 4\r\n",
        "Content-Length: +3\r\n",
        "Content-Length: 3,3\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length : 3\r\n",
        "X: y\r\n folded\r\n",
        "nothing\r\n",
        ": empty\r\n"
      })
  void twoMeanings(String headers) {
    int port = serve(patient());
    Raw raw = sent(port, "POST /a HTTP/1.1\r\nHost: x\r\n" + headers + "\r\nabc");
    assertThat(raw.read(false).status()).isEqualTo(400);
    assertThat(raw.closedWithoutAnswer()).isTrue();
  }

  @Test
  void whoAsksWhetherToSendIsTold() {
    int port = serve(patient());
    Raw raw =
        sent(
            port,
            "POST /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    assertThat(raw.read(false).status()).isEqualTo(100);
    raw.send("abc", NOTHING);
    assertThat(raw.read(false).text()).isEqualTo("/a3");
  }

  @Test
  void aHeadWithoutEnd() {
    int port = serve(patient());
    Raw raw = sent(port, "GET /" + "a".repeat(70_000));
    assertThat(raw.read(false).status()).isEqualTo(400);
  }
}
