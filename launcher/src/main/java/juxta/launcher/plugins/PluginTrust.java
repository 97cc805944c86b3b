package juxta.launcher.plugins;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import juxta.api.UserException;
import juxta.engine.catalogue.Nearest;

/** The user's decision that jars that are new or have changed may be loaded. */
public final class PluginTrust {
  private PluginTrust() {}

  /**
   * Trusts the jars of one plug-in as they are now, and forgets those of it that are gone.
   *
   * @param pluginsFolder the plug-in folder
   * @param lockFile the lock file
   * @param name the folder's name, or the jar's with or without {@code .jar}, or without its
   *     version where only one has it
   * @return paths of the jars that are now trusted
   * @throws UserException if there is no such plug-in or the lock file cannot be written
   */
  public static List<String> trust(Path pluginsFolder, Path lockFile, String name) {
    List<Candidate> all = Candidate.scan(pluginsFolder);
    List<Candidate> named =
        all.stream().filter(c -> c.name().equals(name) || c.path().equals(name)).toList();
    List<Candidate> versions =
        all.stream().filter(c -> c.name().replaceFirst("-[0-9].*", "").equals(name)).toList();
    List<Candidate> meant = named.isEmpty() && versions.size() == 1 ? versions : named;
    if (meant.isEmpty()) {
      List<String> names = all.stream().map(Candidate::name).toList();
      throw new UserException(
          "no plug-in '%s' in %s%s".formatted(name, pluginsFolder, Nearest.among(name, names)));
    }
    TreeMap<String, String> kept = new TreeMap<>(PluginLock.read(lockFile).hashes());
    kept.keySet().removeIf(path -> meant.stream().anyMatch(c -> holds(c, path)));
    return write(new PluginLock(kept), jars(pluginsFolder, meant), lockFile);
  }

  private static boolean holds(Candidate candidate, String path) {
    return candidate.path().equals(path)
        || candidate.isFolder() && path.startsWith(candidate.path() + "/");
  }

  private static List<Jar> jars(Path folder, List<Candidate> candidates) {
    try {
      return candidates.stream()
          .flatMap(candidate -> candidate.files().stream())
          .map(file -> Jar.read(folder, file))
          .toList();
    } catch (Refusal refusal) {
      throw new UserException(refusal.fault().toString(), refusal);
    }
  }

  private static List<String> write(PluginLock lock, List<Jar> jars, Path lockFile) {
    try {
      lock.with(jars).write(lockFile);
    } catch (IOException e) {
      throw new UserException(
          lockFile + ": cannot be written (" + Failures.name(e) + "); check its permissions", e);
    }
    return jars.stream().map(Jar::path).toList();
  }
}
