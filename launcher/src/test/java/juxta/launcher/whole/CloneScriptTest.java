package juxta.launcher.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script at the top of a clone, over a build that does nothing but write down its options. */
@DisabledOnOs(OS.WINDOWS)
class CloneScriptTest {
  private static final Path SCRIPT = Path.of("..", "juxta").toAbsolutePath().normalize();
  private static final String HOME = "distribution/target/juxta-0.1.0/juxta-0.1.0";

  @TempDir Path clone;

  @BeforeEach
  void install() throws IOException {
    Files.copy(SCRIPT, clone.resolve("juxta"));
    Files.createDirectories(clone.resolve("launcher/src/main"));
    write("pom.xml", "");
    write("launcher/pom.xml", "");
    write(
        "mvnw",
        """
        #!/bin/sh
        echo "$*" >>builds
        mkdir -p %s/bin
        printf '#!/bin/sh\\necho started "$@"\\n' >%s/bin/juxta
        chmod 755 %s/bin/juxta
        touch distribution/target/packaged
        """
            .formatted(HOME, HOME, HOME));
    Files.setPosixFilePermissions(
        clone.resolve("mvnw"), PosixFilePermissions.fromString("rwxr-xr-x"));
    age("pom.xml");
    age("launcher/pom.xml");
    age("launcher/src/main");
  }

  @Test
  void buildsOnFirstUseAndWhenSourcesChanged() throws IOException {
    assertThat(start()).contains("building Juxta", "started list methods");
    assertThat(start()).doesNotContain("building").contains("started list methods");
    assertThat(builds()).singleElement().asString().startsWith("-q -B ").endsWith(" package");
    change();
    assertThat(start()).contains("building Juxta");
    assertThat(builds()).hasSize(2);
  }

  @Test
  void aGpuBuildStaysOne() throws IOException {
    start();
    // what ./mvnw -Pgpu,cuda -DskipTests package leaves
    write("distribution/target/profiles", "-Pgpu -Pcuda");
    write("distribution/target/packaged", "");
    assertThat(start()).doesNotContain("building");
    change();
    assertThat(start()).contains("building Juxta");
    assertThat(builds()).hasSize(2);
    assertThat(builds().get(1)).startsWith("-Pgpu -Pcuda -q -B ");
  }

  @Test
  void trustsThePlugInsOfItsOwnBuildAnew() throws IOException {
    start();
    String lock = HOME + "/plugins.lock";
    String others = "5a  mine.jar\n";
    write(lock, "1f  plugin-fba-0.1.0.jar\n2e  plugin-datasets/jhdf-0.13.0.jar\n" + others);
    start();
    assertThat(clone.resolve(lock)).content().contains("plugin-fba");
    age("distribution/target/trusted"); // as after a build by hand
    start();
    assertThat(clone.resolve(lock)).content().isEqualTo(others);
  }

  private void change() throws IOException {
    age("distribution/target/packaged");
    age("distribution/target/trusted");
    write("launcher/src/main/Main.java", "class Main {}");
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(clone.resolve("builds"));
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(clone.resolve(file), content);
  }

  /** Makes a file a minute old. */
  private void age(String file) throws IOException {
    FileTime then = FileTime.from(Instant.now().minusSeconds(60));
    Files.setLastModifiedTime(clone.resolve(file), then);
  }

  private String start() throws IOException {
    Process process =
        new ProcessBuilder("sh", clone.resolve("juxta").toString(), "list", "methods")
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes());
  }
}
