package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** What lies in the folder {@code lib} of a distribution, put together from what the build made. */
final class Libraries {
  private static final String NATIVE = ".*tensorflow-core-native-[0-9.]+-[^/]*\\.jar";

  private Libraries() {}

  /**
   * Lays the jars into a folder.
   *
   * @param folder the folder
   * @param runs whether TensorFlow's native library is among them
   */
  static void collect(Path folder, boolean runs) throws IOException {
    for (String entry : modulePath()) {
      if (!entry.matches(NATIVE)) {
        collect(folder, Path.of(entry));
      } else if (runs) {
        Path jar = Path.of(entry);
        Files.createSymbolicLink(folder.resolve(jar.getFileName()), jar); // of 200 MB
      }
    }
  }

  /** Removes links of the folder. */
  static void unlink(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  /** All that a distribution has in its folder of libraries, and the tests' own. */
  private static List<String> modulePath() {
    List<String> entries = new ArrayList<>();
    for (String path : List.of("jdk.module.path", "java.class.path")) {
      for (String entry : System.getProperty(path, "").split(File.pathSeparator)) {
        boolean product = entry.endsWith(".jar") || entry.endsWith("classes");
        boolean testing =
            entry.matches(
                ".*(test-classes|testkit|junit|assertj|surefire|byte-buddy|opentest4j|apiguardian).*");
        if (product && !testing) {
          entries.add(entry);
        }
      }
    }
    return entries;
  }

  /** A jar as it is; of a module that this build has only compiled so far, a jar of its classes. */
  private static void collect(Path folder, Path entry) throws IOException {
    if (Files.isRegularFile(entry)) {
      Files.copy(entry, folder.resolve(entry.getFileName()));
      return;
    }
    Path module = entry.toAbsolutePath().getParent().getParent();
    Path jar = folder.resolve(module.getFileName() + ".jar");
    int status =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.out, System.err, "-c0f", jar.toString(), "-C", entry.toString(), ".");
    assertThat(status).isZero();
  }
}
