package juxta.launcher.author;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import juxta.api.UserException;

/**
 * A plug-in's Maven project: the example under other names.
 *
 * @param names what it is called
 * @param kind what it begins with
 * @param home the Juxta that it is built against and dropped into
 */
public record NewProject(ProjectNames names, ProjectKind kind, Path home) {
  private static final String EXAMPLE = "plugin-example/";
  private static final String MAIN = "src/main/java/";
  private static final String TEST = "src/test/java/";
  private static final Pattern HOME = Pattern.compile("<juxta\\.home>.*</juxta\\.home>");

  /**
   * Writes the project, all of it or nothing.
   *
   * @param folder where to; it must not be there
   * @throws UserException if it is there, or cannot be written
   */
  public void write(Path folder) {
    Path target = folder.toAbsolutePath().normalize();
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserException(
          "juxta new-plugin: "
              + folder
              + " is already there and is left as it is; pass another name or --out");
    }
    Path draft = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      try {
        for (Map.Entry<String, String> file : files().entrySet()) {
          Path path = draft.resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.writeString(path, file.getValue());
          if (file.getValue().startsWith("#!")) {
            path.toFile().setExecutable(true, false);
          }
        }
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        delete(draft);
      }
    } catch (IOException e) {
      throw new UserException(
          "juxta new-plugin: cannot write "
              + folder
              + " ("
              + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
              + "); pass --out, a folder in a place that can be written to",
          e);
    }
  }

  /** Contents by path. */
  Map<String, String> files() {
    String package_ = names.packageName().replace('.', '/') + "/";
    Map<String, String> files = new LinkedHashMap<>();
    UnaryOperator<String> example = file -> renamed(Template.read(EXAMPLE + file));
    files.put("README.md", example.apply("README.md"));
    files.put("pom.xml", example.andThen(this::atHome).apply("pom.xml"));
    files.put("build", example.apply("build"));
    files.put(".gitignore", "target/\n");
    files.put(".mvn/maven.config", example.apply(".mvn/maven.config"));
    for (String file : new String[] {"mvnw", "mvnw.cmd", ".mvn/wrapper/maven-wrapper.properties"}) {
      files.put(file, Template.read(file));
    }
    files.put(MAIN + "module-info.java", example.apply(MAIN + "module-info.java"));
    files.put(MAIN + package_ + names.className() + ".java", renamed(kind.source()));
    files.put(
        TEST + package_ + "ContractTest.java", example.apply(TEST + "example/ContractTest.java"));
    return files;
  }

  private String renamed(String text) {
    return text.replaceAll("\\bjuxta\\.api\\.Method\\b(?= with)", kind.service().getName())
        .replaceAll("\\bSimSiamLite\\b|\\b" + kind.className() + "\\b", names.className())
        .replaceAll("\\bsimsiam-lite\\b|\\b" + kind.id() + "\\b", names.id())
        .replaceAll("\\bexample\\b", names.packageName());
  }

  private String atHome(String pom) {
    String path = home.toAbsolutePath().normalize().toString().replace('\\', '/');
    String element = "<juxta.home>" + escaped(path) + "</juxta.home>";
    return HOME.matcher(pom).replaceFirst(Matcher.quoteReplacement(element));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
