package juxta.launcher.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import juxta.launcher.search.Films;
import juxta.launcher.search.HugePng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred clients at once. {@code -Djuxta.load.seconds=60} makes it a full minute. */
class LoadTest {
  private static final int CLIENTS = 200;
  private static final long SECONDS = Long.getLong("juxta.load.seconds", 2);
  private static final long NANOS = 1_000_000_000L;

  @TempDir private Path folder;

  @Test
  void manyClientsAtOnce() throws Exception {
    try (Served served = Served.texts(folder)) {
      round(served, NANOS / 2);
      int threads = serverThreads();
      int files = openFiles();
      long answered = round(served, SECONDS * NANOS);
      System.out.println("load test: " + answered / SECONDS + " answers a second");
      assertThat(answered).isGreaterThanOrEqualTo(CLIENTS);
      assertThat(serverThreads()).isLessThanOrEqualTo(Math.max(threads, 16));
      // connections of clients that have gone are closed when the server next looks
      long end = System.nanoTime() + 20 * NANOS;
      while (openFiles() > files + 10 && System.nanoTime() < end) {
        assertThat(Raw.get(served.port(), "/api/run").status()).isEqualTo(200);
      }
      assertThat(openFiles()).isLessThanOrEqualTo(files + 10);
      assertThat(served.faults).isEmpty();
    }
  }

  /** The searches are answered before any of the others has ended, and none of these is lost. */
  @Test
  void slowClientsAndLargePicturesAreInNobodysWay() {
    Limits limits = new Limits(100, 1 << 20, 1 << 20, 1 << 20, 1 << 20, 1, 1 << 20, 1 << 25, 2);
    byte[] large = HugePng.whole(2000, 2000);
    List<Raw> clients = new ArrayList<>();
    try (Served served = Served.texts(folder, limits)) {
      for (int i = 0; i < 40; i++) {
        clients.add(new Raw(served.port()));
        clients.get(i).send("GET /api/search?q=male HTTP/1.1\r\nHost: local", new byte[0]);
      }
      String upload = "POST /api/search/picture HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";
      for (int i = 40; i < 48; i++) {
        clients.add(new Raw(served.port()));
        clients.get(i).send(upload + large.length + "\r\n\r\n", large);
      }
      for (int i = 0; i < 20; i++) {
        assertThat(Raw.get(served.port(), "/api/search?q=male").status()).isEqualTo(200);
      }
      int found = 0;
      for (Raw client : clients.subList(40, 48)) {
        Raw.Answer answer = client.read(false);
        assertThat(answer.status()).isIn(200, 503);
        assertThat(answer.header("retry-after").isEmpty()).isEqualTo(answer.status() == 200);
        found += answer.status() == 200 ? 1 : 0;
      }
      assertThat(found).isPositive();
      for (Raw client : clients.subList(0, 40)) {
        client.send("host\r\n\r\n", new byte[0]);
        assertThat(client.read(false).status()).isEqualTo(200);
      }
      assertThat(served.faults).isEmpty();
    } finally {
      clients.forEach(Raw::close);
    }
  }

  /** All clients ask until time is up; each must get every answer. Returns how many there were. */
  private static long round(Served served, long nanos) throws Exception {
    String id = served.gallery.cards().get(0).id();
    byte[] picture = Raw.get(served.port(), "/api/picture/" + id).body();
    long end = System.nanoTime() + nanos;
    ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<Long>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        clients.add(() -> client(served.port(), client, id, picture, end));
      }
      long sum = 0;
      for (Future<Long> done : pool.invokeAll(clients)) {
        sum += done.get();
      }
      return sum;
    } finally {
      pool.shutdownNow();
    }
  }

  private static long client(int port, int client, String id, byte[] picture, long end) {
    long answers = 0;
    try (Raw raw = new Raw(port)) {
      do {
        int kind = (int) ((client + answers) % 5);
        String text = Films.text((int) (client + answers)).replace(" ", "%20");
        Raw.Answer answer =
            kind == 4
                ? raw.ask("POST", "/api/search/picture", picture)
                : raw.ask(
                    "GET",
                    List.of(
                            "/api/search?k=20&q=" + text,
                            "/api/picture/" + id,
                            "/api/like/" + id,
                            "/api/random")
                        .get(kind),
                    new byte[0]);
        if (answer.status() != 200) {
          throw new AssertionError(kind + ": " + answer.status() + " " + answer.text());
        }
        answers++;
      } while (System.nanoTime() < end);
    }
    return answers;
  }

  private static int serverThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("serve-"))
            .count();
  }

  /** Open files of this process; where the system does not tell, none. */
  private static int openFiles() {
    String[] files = new File("/proc/self/fd").list();
    return files == null ? 0 : files.length;
  }
}
