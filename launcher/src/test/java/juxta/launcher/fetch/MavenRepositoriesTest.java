package juxta.launcher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import juxta.api.UserException;
import juxta.engine.run.Folders;
import juxta.launcher.fetch.Fetcher.Wanted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user's settings decide where plug-ins come from. */
class MavenRepositoriesTest {
  @TempDir Path root;

  private LocalRepository repository;
  private Path settings;

  @BeforeEach
  void repository() throws IOException {
    Path jar = Zips.write(root.resolve("some.jar"), "some/Thing.class", new byte[] {1});
    repository =
        new LocalRepository(root)
            .add(
                "plugin-mine",
                "1.0",
                jar,
                "org.mine:lib:2:compile",
                "org.mine:absent-provided:1:provided",
                "org.mine:absent-test:1:test",
                "org.juxta:platform-toolkit:0.0.1:compile",
                "org.tensorflow:tensorflow-core-api:0.0.1:compile")
            .add("plugin-mine", "1.10", jar)
            .add("plugin-mine", "1.9", jar)
            .add("plugin-mine", "1.11-SNAPSHOT", jar)
            .add("lib", "2", jar, "org.mine:lib-of-lib:3:runtime")
            .add("lib-of-lib", "3", jar);
    repository.list("plugin-mine", "1.0", "1.10", "1.11-SNAPSHOT", "1.9");
    settings = repository.settings();
  }

  @Test
  void anArtifactComesWithTheLibrariesThatItNeedsWhenItRuns() throws IOException {
    Fetched fetched = fetch("org.mine:plugin-mine:1.0", false);
    assertThat(fetched.name()).isEqualTo("plugin-mine");
    assertThat(fetched.files())
        .extracting(file -> file.file().getFileName().toString())
        .containsExactly("plugin-mine-1.0.jar", "lib-2.jar", "lib-of-lib-3.jar");
    assertThat(fetched.files())
        .allMatch(file -> file.from().startsWith("org.mine:") && file.from().contains("file:"));
    assertThat(fetched.leftOut())
        .containsExactly(
            "org.juxta:platform-toolkit: Juxta brings it",
            "org.tensorflow:tensorflow-core-api: Juxta brings it");
    assertThat(fetched.licences()).containsExactly("Apache-2.0");
    assertThat(root.resolve("local/org/mine/lib/2/lib-2.jar")).exists(); // as Maven does

    assertThat(fetch("org.mine:plugin-mine:1.0", true).source().location())
        .isEqualTo("org.mine:plugin-mine:1.10");
  }

  @Test
  void aChecksumThatIsWrongOrAbsentIsRefused() throws IOException {
    Path sum = repository.file("lib", "2", ".jar.sha1");
    Files.writeString(sum, "0".repeat(40));
    refused("org.mine:plugin-mine:1.0", "org.mine:lib:jar:2 from", "has the checksum");
    Files.delete(sum);
    refused("org.mine:plugin-mine:1.0", "org.mine:lib:jar:2 from", "has no checksum beside it");
    Files.writeString(repository.file("plugin-mine", "1.9", ".pom.sha1"), "0".repeat(40));
    refused("org.mine:plugin-mine:1.9", "org.mine:plugin-mine:pom:1.9", "has the checksum");
    assertThat(root.resolve("local/org/mine/lib/2/lib-2.jar")).doesNotExist();
  }

  @Test
  void whatIsNotThereIsNamedWithWhereItWasSought() throws IOException {
    refused("org.mine:plugin-nine:1.0", "org.mine:plugin-nine", "from here (file:", "is not there");
    refused("org.mine:plugin-mine:7", "org.mine:plugin-mine", "is not there");
    repository.settings("<offline>true</offline>");
    refused("org.mine:plugin-mine:1.9", "say offline, and it is not in the local repository");
    Files.writeString(settings, "<settings><nonsense></settings>");
    refused("org.mine:plugin-mine:1.9", settings.toString(), "correct the file");
    assertThatThrownBy(
            () ->
                new MavenRepositories(root.resolve("none"), settings)
                    .resolve("a:b:1", false, (what, share) -> {}))
        .hasMessageContaining("none: is not there");
  }

  /** Settings with a profile for each of two empty repositories, and ours that a profile brings. */
  private void profiles(String activation) throws IOException {
    Files.writeString(
        settings,
        """
        <settings>
          <localRepository>%s</localRepository>
          <profiles>
            <profile><id>usual</id>
              <activation><activeByDefault>true</activeByDefault></activation>
              <repositories>
                <repository><id>central</id><url>%2$s/one</url></repository>
                <repository><id>second</id><url>%2$s/two</url></repository>
              </repositories></profile>
            <profile><id>here</id>
              <activation>%3$s</activation>
              <repositories><repository><id>central</id><url>%2$s/remote</url></repository>
              </repositories></profile>
          </profiles>
        </settings>
        """
            .formatted(root.resolve("local"), "file://" + root, activation));
  }

  @Test
  void allRepositoriesThatLackItAreNamed() throws IOException {
    profiles("<os><name>no system</name></os>");
    refused(
        "org.mine:plugin-mine:1.0",
        "from central (file://" + root + "/one), second (file://" + root + "/two): is not there");
  }

  @Test
  void profilesAreActivatedAsMavenDoes() throws IOException {
    Path file = Files.createFile(root.resolve("marker"));
    for (String activation :
        List.of(
            "<os><name>" + System.getProperty("os.name") + "</name></os>",
            "<file><exists>" + file + "</exists></file>",
            "<file><missing>" + file + "-not</missing></file>",
            "<jdk>[17,)</jdk>",
            "<property><name>!env.JUXTA_IS_NOT_SET</name></property>")) {
      profiles(activation);
      assertThat(fetch("org.mine:plugin-mine:1.0", false).name()).isEqualTo("plugin-mine");
      Folders.delete(root.resolve("local"));
    }
    profiles("<property><value>a value of nothing</value></property>");
    refused("org.mine:plugin-mine:1.0", settings.toString(), "correct the file");
  }

  /** Nothing in the clear over the open network, as Maven has it, whatever a profile says. */
  @Test
  void openRepositoriesAreBlocked() throws IOException {
    Files.writeString(
        settings,
        """
        <settings>
          <localRepository>%s</localRepository>
          <profiles><profile><id>open</id>
            <activation><activeByDefault>true</activeByDefault></activation>
            <repositories><repository><id>central</id><url>http://example.invalid/m2</url>
            </repository></repositories></profile></profiles>
        </settings>
        """
            .formatted(root.resolve("local")));
    refused(
        "org.mine:plugin-mine:1.0",
        "Blocked mirror for repositories: [central (http:",
        "write https");
  }

  private void refused(String coordinates, String... said) {
    assertThatThrownBy(() -> fetch(coordinates, false))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(said)
        .hasMessageStartingWith(coordinates.substring(0, 1))
        .message()
        .doesNotContain("\n");
  }

  private Fetched fetch(String coordinates, boolean newest) throws IOException {
    Path folder = Files.createTempDirectory(root, "fetched");
    return new Fetcher(
            root.resolve("cache"),
            new MavenRepositories(Path.of("target", "resolver"), settings),
            4 << 20,
            (what, share) -> {})
        .fetch(new Wanted(Source.of(coordinates), newest, Optional.empty()), folder);
  }
}
