package juxta.launcher.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import juxta.api.UserException;

/**
 * The user's Maven repositories. Maven's jars share packages and cannot be modules: they lie in
 * {@code lib/resolver}, a class path of its own that is opened here alone; the two sides know no
 * class of each other.
 *
 * @param resolver the folder with Maven's jars
 * @param settings the user's {@code settings.xml}; need not exist
 */
public record MavenRepositories(Path resolver, Path settings) {
  private static final String ENTRY = "juxta.maven.MavenResolver";

  /**
   * What Juxta brings, and is cut off with all that it needs: nothing of it comes from a
   * repository.
   */
  private static final List<String> OF_THE_PLATFORM =
      List.of("org.juxta:*", "org.tensorflow:*", "org.bytedeco:javacpp");

  /**
   * Those of this process.
   *
   * @return {@code lib/resolver} of the installation and {@code ~/.m2/settings.xml}, or what the
   *     properties {@code juxta.resolver} and {@code juxta.maven-settings} name
   */
  public static MavenRepositories ofProcess() {
    Path home = Path.of(System.getProperty("juxta.home", "."));
    Path user = Path.of(System.getProperty("user.home"), ".m2", "settings.xml");
    return new MavenRepositories(
        Path.of(System.getProperty("juxta.resolver", home.resolve("lib/resolver").toString())),
        Path.of(System.getProperty("juxta.maven-settings", user.toString())));
  }

  /**
   * An artifact that was resolved.
   *
   * @param version its version
   * @param artifacts it and the libraries that it needs when it runs, each with {@code
   *     coordinates}, {@code file} and {@code from}
   * @param excluded those of its dependencies that Juxta brings
   * @param licences the licences that its pom names
   */
  record Resolved(
      String version,
      List<Map<String, String>> artifacts,
      List<String> excluded,
      List<String> licences) {}

  /**
   * Resolves an artifact.
   *
   * @param coordinates group:artifact:version
   * @param newest whether the newest release from that version on is meant
   * @param progress told what is coming and its share
   */
  Resolved resolve(String coordinates, boolean newest, BiConsumer<String, Double> progress) {
    try (URLClassLoader loader = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader())) {
      Function<Map<String, Object>, Map<String, Object>> maven = entry(loader);
      Map<String, Object> answer =
          maven.apply(
              Map.of(
                  "coordinates", coordinates,
                  "newest", newest,
                  "settings", settings.toString(),
                  "excluded", OF_THE_PLATFORM,
                  "progress", progress));
      if (answer.get("error") instanceof String error) {
        throw new UserException(
            coordinates + ": " + error.replaceFirst("^\\Q" + coordinates + "\\E: ", ""));
      }
      return new Resolved(
          (String) answer.get("version"),
          cast(answer.get("artifacts")),
          cast(answer.get("excluded")),
          cast(answer.get("licences")));
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(resolver + " is damaged", e);
    }
  }

  @SuppressWarnings("unchecked") // what the other side promises
  private static Function<Map<String, Object>, Map<String, Object>> entry(ClassLoader loader)
      throws ReflectiveOperationException {
    return (Function<Map<String, Object>, Map<String, Object>>)
        loader.loadClass(ENTRY).getConstructor().newInstance();
  }

  @SuppressWarnings("unchecked") // what the other side promises
  private static <T> T cast(Object value) {
    return (T) value;
  }

  private URL[] jars() throws IOException {
    if (!Files.isDirectory(resolver)) {
      throw new UserException(
          resolver
              + ": is not there, and with it what reads Maven repositories; unpack Juxta again");
    }
    List<URL> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(resolver)) {
      files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .forEach(j -> jars.add(url(j)));
    }
    return jars.toArray(URL[]::new);
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
