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
