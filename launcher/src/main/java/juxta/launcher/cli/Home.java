package juxta.launcher.cli;

import java.nio.file.Path;

/**
 * Where things lie.
 *
 * @param plugins the plug-in folder
 * @param lock the file with the plug-ins' hashes
 * @param cache downloads and derived files
 */
public record Home(Path plugins, Path lock, Path cache) {
  /**
   * The places of this installation: {@code juxta.home} is set by the start script.
   *
   * @return the places
   */
  public static Home ofProcess() {
    Path home = Path.of(System.getProperty("juxta.home", "."));
    Path plugins = Path.of(System.getProperty("juxta.plugins", home.resolve("plugins").toString()));
    String cache = System.getenv("JUXTA_CACHE");
    String shared = System.getenv("XDG_CACHE_HOME");
    Path base =
        shared == null || shared.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(shared);
    return new Home(
        plugins,
        plugins.resolveSibling("plugins.lock"),
        cache == null || cache.isBlank() ? base.resolve("juxta") : Path.of(cache));
  }
}
