package juxta.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server with pgvector for tests: PGlite, which npm fetches once into the target
 * folder. Where npm or node is missing, or npm cannot fetch it, the test is skipped.
 */
final class PgServer {
  private static final Path SOURCE = Path.of("src/test/postgres");
  private static final Path FOLDER = Path.of("target/postgres");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", ".npmrc", "server.js");

  private final Process process;
  private final String port;

  private PgServer(Process process, String port) {
    this.process = process;
    this.port = port;
  }

  static PgServer start() throws IOException, InterruptedException {
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
    return new PgServer(process, line.substring("port ".length()));
  }

  /** The address of a table, with a further parameter. */
  String address(String table) {
    return "jdbc:postgresql://127.0.0.1:"
        + port
        + "/postgres?user=postgres&password=secret&sslmode=disable&table="
        + table;
  }

  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    Path done = FOLDER.resolve("installed.json");
    boolean same =
        Files.exists(done) && Files.mismatch(done, SOURCE.resolve("package-lock.json")) < 0;
    for (String file : FILES) {
      Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (same) {
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
        "skipped: npm could not fetch PostgreSQL for the test, see platform-search/target/postgres"
            + "/npm.log");
    Files.copy(SOURCE.resolve("package-lock.json"), done, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Process started(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      return Assumptions.abort(
          "skipped: needs node and npm, which fetch PostgreSQL for the test (" + e + ")");
    }
  }

  void stop() throws IOException, InterruptedException {
    process.getOutputStream().close(); // it ends when its input does
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
