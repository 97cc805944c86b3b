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
        echo '[INFO] Building Juxta picture 0.1.0         [1/2]'
        echo '[INFO] --- compiler:3.14.0:compile (default-compile) @ platform-picture ---'
        echo '[INFO] Building Juxta distribution 0.1.0    [2/2]'
        if [ -f faulty ]; then
          cat faulty
          exit 1
        fi
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
    assertThat(builds()).singleElement().asString().startsWith("-B ").endsWith(" package");
    change();
    assertThat(start()).contains("building Juxta");
    assertThat(builds()).hasSize(2);
  }

  @Test
  void saysHowFarTheBuildIs() throws IOException {
    assertThat(start())
        .contains(
            "building Juxta, 1 of 2: Juxta picture\n"
                + "building Juxta, 2 of 2: Juxta distribution\n"
                + "started list methods")
        .doesNotContain("INFO");
    assertThat(clone.resolve("distribution/target/build.log")).content().contains("compiler:3.14");
  }

  @Test
  void ofABuildThatFailsItShowsWhatWentWrongAndStartsNothing() throws IOException {
    write(
        "faulty",
        """
        [ERROR] COMPILATION ERROR :
        [ERROR] /c/Broken.java:[1,24] illegal start of expression
        [INFO] 1 error
        [ERROR] Failed to execute goal compile on project plugin-grass: Compilation failure
        [ERROR] /c/Broken.java:[1,24] illegal start of expression
        [ERROR] -> [Help 1]
        [ERROR]
        [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
        [ERROR] Re-run Maven using the -X switch to enable full debug logging.
        [ERROR] For more information about the errors and possible solutions, please read:
        [ERROR] [Help 1] http://cwiki.apache.org/confluence/display/MAVEN/MojoFailureException
        [ERROR] After correcting the problems, you can resume the build with the command
        [ERROR]   mvn <args> -rf :plugin-grass
        """);
    String said = start();
    assertThat(said.substring(said.indexOf("juxta: ")).lines())
        .hasSize(4)
        .first()
        .asString()
        .startsWith("juxta: the build failed; all of it is in ")
        .endsWith("distribution/target/build.log");
    assertThat(said)
        .containsOnlyOnce("  /c/Broken.java:[1,24] illegal start of expression\n")
        .doesNotContain("Help", "mvn", "started");
    Files.delete(clone.resolve("faulty"));
    assertThat(start()).contains("started list methods");
  }

  @Test
  void ofABuildThatEndsWithoutAnErrorOfMavenItShowsTheLastLines() throws IOException {
    write("faulty", "The JAVA_HOME environment variable is not defined correctly\n");
    assertThat(start())
        .contains("\n  The JAVA_HOME environment variable")
        .doesNotContain("started");
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
    assertThat(builds().get(1)).startsWith("-Pgpu -Pcuda -B ");
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
