package juxta.launcher.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import juxta.toolkit.io.Digest;

/** A Maven repository in a folder, with settings that name it in place of all others. */
public final class LocalRepository {
  private final Path root;

  public LocalRepository(Path root) {
    this.root = root;
  }

  /** Settings of a user who has nothing else; lines are added to them. */
  public Path settings(String... more) throws IOException {
    return Files.writeString(
        root.resolve("settings.xml"),
        """
        <settings>
          <localRepository>%s</localRepository>
          %s
          <mirrors>
            <mirror><id>here</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
          </mirrors>
        </settings>
        """
            .formatted(
                root.resolve("local"), String.join("\n", more), root.resolve("remote").toUri()));
  }

  /**
   * Adds an artifact of group {@code org.mine}; dependencies as {@code
   * group:artifact:version:scope}.
   */
  public LocalRepository add(String artifact, String version, Path jar, String... dependencies)
      throws IOException {
    Path folder = root.resolve("remote/org/mine").resolve(artifact).resolve(version);
    Files.createDirectories(folder);
    String name = artifact + "-" + version;
    summed(folder.resolve(name + ".jar"), Files.readAllBytes(jar));
    String pom =
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.mine</groupId><artifactId>%s</artifactId><version>%s</version>
          <licenses><license><name>Apache-2.0</name></license></licenses>
          <dependencies>%s</dependencies>
        </project>
        """
            .formatted(
                artifact,
                version,
                List.of(dependencies).stream()
                    .map(LocalRepository::dependency)
                    .collect(Collectors.joining("\n")));
    summed(folder.resolve(name + ".pom"), pom.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private static String dependency(String text) {
    String[] parts = text.split(":");
    return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version><scope>%s</scope></dependency>"
        .formatted((Object[]) parts);
  }

  /** Says which versions there are. */
  public void list(String artifact, String... versions) throws IOException {
    String all =
        List.of(versions).stream()
            .map(version -> "<version>" + version + "</version>")
            .collect(Collectors.joining());
    summed(
        root.resolve("remote/org/mine").resolve(artifact).resolve("maven-metadata.xml"),
        """
        <metadata><groupId>org.mine</groupId><artifactId>%s</artifactId>
          <versioning><versions>%s</versions></versioning></metadata>
        """
            .formatted(artifact, all)
            .getBytes(StandardCharsets.UTF_8));
  }

  public Path file(String artifact, String version, String ending) {
    return root.resolve("remote/org/mine")
        .resolve(artifact)
        .resolve(version)
        .resolve(artifact + "-" + version + ending);
  }

  private static void summed(Path file, byte[] content) {
    try {
      Files.write(file, content);
      Files.writeString(
          file.resolveSibling(file.getFileName() + ".sha1"), Digest.of("SHA-1").add(content).hex());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
