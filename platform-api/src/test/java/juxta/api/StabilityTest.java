package juxta.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StabilityTest {
  /** The annotation is kept in classes, not for reflection, so the sources are read. */
  @Test
  void everyPublicTypeSaysHowStableItIs() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/java/juxta/api"))) {
      for (Path file : files.filter(f -> !f.endsWith("package-info.java")).toList()) {
        assertThat(Files.readString(file))
            .as(file.toString())
            .containsPattern(
                "@API\\(status = API.Status.(STABLE|EXPERIMENTAL), since = \"[0-9.]+\"\\)\n"
                    + "(@\\w+\n)*public ");
      }
    }
  }
}
