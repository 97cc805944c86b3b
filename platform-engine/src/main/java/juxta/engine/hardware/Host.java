package juxta.engine.hardware;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A machine as its files, variables and tools show it; tests put one together in a folder.
 *
 * @param root where its file system begins
 * @param environment the process's variables
 */
public record Host(Path root, Map<String, String> environment) {
  private static final long PATIENCE_SECONDS = 15;

  /**
   * The machine that this process runs on.
   *
   * @return the machine
   */
  public static Host here() {
    return new Host(Path.of("/"), System.getenv());
  }

  /** A file or folder by its absolute name. */
  Path path(String absolute) {
    return root.resolve(absolute.replaceFirst("^/+", ""));
  }

  /** What a file holds; empty where it is not there or may not be read. */
  Optional<String> read(String absolute) {
    try {
      return Optional.of(Files.readString(path(absolute)));
    } catch (IOException | SecurityException e) {
      return Optional.empty();
    }
  }

  /** What lies in a folder, by name; nothing where there is none. */
  List<Path> list(String absolute) {
    try (Stream<Path> entries = Files.list(path(absolute))) {
      return entries.sorted().toList();
    } catch (IOException | SecurityException e) {
      return List.of();
    }
  }

  /** A variable that is set to something. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** What a tool prints; empty where there is none, or where it fails. */
  Optional<String> run(String tool, String... arguments) {
    Optional<Path> found =
        Arrays.stream(variable("PATH").orElse("").split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, tool))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(found.get().toString()));
    command.addAll(List.of(arguments));
    try {
      Path out = Files.createTempFile("juxta", ".out"); // a tool that hangs holds no stream of ours
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          return Optional.empty();
        }
        return process.exitValue() == 0
            ? Optional.of(Files.readString(out, StandardCharsets.ISO_8859_1))
            : Optional.empty();
      } finally {
        Files.deleteIfExists(out);
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
