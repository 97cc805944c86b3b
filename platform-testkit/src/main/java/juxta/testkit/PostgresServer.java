package juxta.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server with pgvector for tests: PGlite, which npm fetches once into {@code
 * target/postgres} of the module that is tested. It serves one connection at a time. Where npm or
 * node is missing, or npm cannot fetch it, the test is skipped.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Path FOLDER = Path.of("target/postgres");
  private static final String LOCK = "package-lock.json";

  /** Resources, and what they are called in the folder. */
  private static final Map<String, String> FILES =
      Map.of(
          "package.json", "package.json", LOCK, LOCK, "npmrc", ".npmrc", "server.js", "server.js");

  private final Process process;
  private final String port;

  private PostgresServer(Process process, String port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server with an empty database, on a free port of this machine only.
   *
   * @return the server, ready
   * @throws IOException if it does not start
   * @throws InterruptedException if this thread is interrupted while npm fetches it
   */
  public static PostgresServer start() throws IOException, InterruptedException {
    install();
    Process process =
        started(
            new ProcessBuilder("node", "server.js")
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT));
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    if (line == null || !line.startsWith("port ")) {
      process.destroy();
      throw new IOException("the server did not start: " + line);
    }
    return new PostgresServer(process, line.substring("port ".length()));
  }

  /**
   * The address of its database for JDBC.
   *
   * @return the address, with user and password; further parameters can follow after an ampersand
   */
  public String address() {
    return "jdbc:postgresql://127.0.0.1:"
        + port
        + "/postgres?user=postgres&password=secret&sslmode=disable";
  }

  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    Path done = FOLDER.resolve("installed.json");
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      try (InputStream in = PostgresServer.class.getResourceAsStream("postgres/" + file.getKey())) {
        Files.copy(in, FOLDER.resolve(file.getValue()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (Files.exists(done) && Files.mismatch(done, FOLDER.resolve(LOCK)) < 0) {
      return;
    }
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win");
    Process npm =
        started(
            new ProcessBuilder(windows ? "npm.cmd" : "npm", "ci", "--ignore-scripts")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("npm.log").toFile()));
    boolean ended = npm.waitFor(5, TimeUnit.MINUTES);
    npm.destroy();
    Assumptions.assumeTrue(
        ended && npm.exitValue() == 0,
        "skipped: npm could not fetch PostgreSQL for the test, see "
            + FOLDER.resolve("npm.log").toAbsolutePath());
    Files.copy(FOLDER.resolve(LOCK), done, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Process started(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      return Assumptions.abort(
          "skipped: needs node and npm, which fetch PostgreSQL for the test (" + e + ")");
    }
  }

  /** Ends it; what it held is lost. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close(); // it ends when its input does
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
