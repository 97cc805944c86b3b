package juxta.launcher.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import juxta.api.UserException;
import juxta.engine.catalogue.Fault;
import juxta.engine.catalogue.Nearest;
import juxta.engine.catalogue.Plugin;
import juxta.launcher.fetch.Fetcher;
import juxta.launcher.fetch.Fetcher.Wanted;
import juxta.launcher.fetch.Source;

/**
 * Puts plug-ins into the plug-in folder, replaces and removes them. A plug-in is fetched and shown
 * before the user decides; what was decided happens whole or not at all. While it is open, nobody
 * else changes the folder.
 */
public final class PluginInstaller implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 2_000;

  private final Path folder;
  private final Path lockFile;
  private final PluginRegistry registry;
  private final Platform platform = Platform.current();
  private final FolderLock held;

  private PluginInstaller(Path folder, Path lockFile, PluginRegistry registry, FolderLock held) {
    this.folder = folder;
    this.lockFile = lockFile;
    this.registry = registry;
    this.held = held;
  }

  /**
   * Opens the plug-in folder for changes.
   *
   * @param pluginsFolder the plug-in folder; made if absent
   * @param lockFile the lock file
   * @param registry what was loaded from the folder
   * @return the installer, to be closed
   * @throws UserException if the folder cannot be written, or somebody else is changing it
   */
  public static PluginInstaller open(Path pluginsFolder, Path lockFile, PluginRegistry registry) {
    Path folder = pluginsFolder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder);
      FolderLock held =
          FolderLock.take(folder, PATIENCE_MILLIS)
              .orElseThrow(
                  () ->
                      new UserException(
                          folder + ": another juxta plugins is at work; wait until it is done"));
      PluginInstaller installer = new PluginInstaller(folder, lockFile, registry, held);
      installer.sweep();
      return installer;
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private static UserException unwritable(Path folder, IOException e) {
    return new UserException(
        folder
            + ": cannot be changed ("
            + Failures.name(e)
            + "); nothing was: check its permissions and the space on the disk",
        e);
  }

  /** What killed processes left. */
  private void sweep() throws IOException {
    Change.finishPending(folder, lockFile);
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        if (Change.isLeftOver(entry)) {
          Change.delete(entry);
        }
      }
    }
  }

  /** A plug-in that was fetched and looked into, for the user to decide about. */
  public final class Proposal implements AutoCloseable {
    private final Path staging;
    private final Staged staged;
    private final Optional<String> replaced;

    private Proposal(Path staging, Staged staged, Optional<String> replaced) {
      this.staging = staging;
      this.staged = staged;
      this.replaced = replaced;
    }

    /**
     * What would be installed.
     *
     * @return all that can be said before its code runs
     */
    public Bundle bundle() {
      return staged.bundle();
    }

    /**
     * What it takes the place of.
     *
     * @return hashes by path of the jar, as the lock file has them; empty for a new plug-in
     */
    public SortedMap<String, String> former() {
      TreeMap<String, String> hashes = new TreeMap<>(PluginLock.read(lockFile).hashes());
      hashes.keySet().removeIf(path -> replaced.filter(old -> holds(old, path)).isEmpty());
      return hashes;
    }

    /**
     * Name and version of what it takes the place of.
     *
     * @return empty for a new plug-in, or one that was not loaded
     */
    public Optional<String> formerLabel() {
      return registry.plugins().stream()
          .filter(plugin -> replaced.filter(path(plugin)::equals).isPresent())
          .map(Plugin::label)
          .findFirst();
    }

    /**
     * Loads it in a process of its own, and puts it into the folder if that went well.
     *
     * @return its ids by kind
     * @throws UserException if it cannot be loaded, or the folder cannot be changed; nothing was
     *     changed then
     */
    public SortedMap<String, List<String>> install() {
      SortedMap<String, List<String>> ids = prove();
      TreeMap<String, String> hashes = new TreeMap<>();
      bundle().files().forEach(file -> hashes.put(file.path(), file.sha256()));
      TreeMap<String, Source> sources = new TreeMap<>();
      sources.put(bundle().path(), bundle().source());
      commit(
          Change.of(
              lockFile,
              staging.getFileName().toString(),
              replaced.stream().toList(),
              List.of(bundle().path()),
              hashes,
              sources));
      return ids;
    }

    private SortedMap<String, List<String>> prove() {
      Optional<Trial.Report> report =
          new Trial(staging.resolve(Change.COMING), PluginLoader.PATIENCE).report(bundle().path());
      SortedMap<String, List<String>> ids = report.map(Trial.Report::ids).orElse(new TreeMap<>());
      List<Fault> faults = new ArrayList<>(report.map(Trial.Report::faults).orElse(List.of()));
      if (report.isPresent() && ids.isEmpty() && faults.isEmpty()) {
        faults.add(
            new Fault(bundle().path(), "cannot be loaded", "report it to the plug-in's author"));
      }
      if (!faults.isEmpty()) {
        throw new UserException(faults.stream().map(Fault::toString).toList());
      }
      requireFree(ids, bundle().path(), replaced);
      return ids;
    }

    /** Throws away what was not installed. */
    @Override
    public void close() {
      if (!Change.isPending(folder)) {
        Change.discard(staging);
      }
    }
  }

  /**
   * Fetches a new plug-in.
   *
   * @param wanted what is wanted
   * @param fetcher brings it
   * @return the proposal, to be closed
   * @throws UserException if it cannot be had, is no plug-in for this Juxta, or its name, module or
   *     an id is taken
   */
  public Proposal propose(Wanted wanted, Fetcher fetcher) {
    return propose(wanted, fetcher, Optional.empty());
  }

  private Proposal propose(Wanted wanted, Fetcher fetcher, Optional<String> replaced) {
    Path staging = folder.resolve(Change.STAGING + UUID.randomUUID());
    boolean done = false;
    try {
      Path fetched = Files.createDirectories(staging.resolve("fetched"));
      Path coming = Files.createDirectories(staging.resolve(Change.COMING));
      Staged staged;
      try {
        staged = Staged.of(fetcher.fetch(wanted, fetched), coming, platform);
      } catch (Refusal refusal) {
        throw new UserException(refusal.fault().toString(), refusal);
      }
      Change.delete(fetched);
      requirePlace(staged, replaced);
      done = true;
      return new Proposal(staging, staged, replaced);
    } catch (IOException e) {
      throw unwritable(folder, e);
    } finally {
      if (!done) {
        Change.discard(staging);
      }
    }
  }

  /** That neither its name, nor its modules, nor its ids are another's. */
  private void requirePlace(Staged staged, Optional<String> replaced) {
    Bundle bundle = staged.bundle();
    for (String path : List.of(bundle.name(), bundle.name() + ".jar")) {
      if (Files.exists(folder.resolve(path)) && replaced.filter(path::equals).isEmpty()) {
        throw new UserException(
            bundle.source()
                + ": "
                + folder.resolve(path)
                + " is there already; run 'juxta plugins update "
                + bundle.name()
                + "', or 'juxta plugins remove "
                + bundle.name()
                + "' first");
      }
    }
    for (Jar jar : staged.inspection().providers()) {
      String module = staged.inspection().modules().get(jar).name();
      others(replaced)
          .filter(
              other ->
                  other.layer().modules().stream().anyMatch(one -> one.getName().equals(module)))
          .findFirst()
          .ifPresent(
              other -> {
                throw new UserException(
                    Inspection.twins(jar.path(), module, path(other.plugin())).fault().toString());
              });
    }
    requireFree(bundle.services(), bundle.path(), replaced);
  }

  private Stream<LoadedPlugin> others(Optional<String> replaced) {
    return registry.loaded().stream()
        .filter(loaded -> replaced.filter(path(loaded.plugin())::equals).isEmpty());
  }

  private void requireFree(
      SortedMap<String, List<String>> ids, String path, Optional<String> replaced) {
    ids.forEach(
        (kind, all) ->
            others(replaced)
                .map(LoadedPlugin::plugin)
                .forEach(
                    other ->
                        all.stream()
                            .filter(other.components().getOrDefault(kind, List.of())::contains)
                            .findFirst()
                            .ifPresent(
                                id -> {
                                  throw new UserException(
                                      path
                                          + ": "
                                          + kind
                                          + " '"
                                          + id
                                          + "' is taken by plug-in "
                                          + other.label()
                                          + " ("
                                          + path(other)
                                          + "); remove that first, or have the id changed");
                                })));
  }

  private String path(Plugin plugin) {
    return Jar.path(folder, plugin.location());
  }

  /**
   * The plug-ins that were installed from somewhere.
   *
   * @return sources by path
   */
  public SortedMap<String, Source> updatable() {
    TreeMap<String, Source> known =
        new TreeMap<>(PluginSources.read(PluginSources.beside(lockFile)).sources());
    known.keySet().removeIf(path -> !Files.exists(folder.resolve(path)));
    return known;
  }

  /**
   * The plug-in that a user names.
   *
   * @param name the folder's name, the jar's with or without {@code .jar} or version, or that of
   *     its module
   * @return its path in the plug-in folder
   * @throws UserException if there is none, or more than one
   */
  public String require(String name) {
    List<Candidate> all = Candidate.scan(folder);
    Optional<String> module =
        registry.plugins().stream()
            .filter(plugin -> plugin.name().equals(name))
            .map(this::path)
            .findFirst();
    Collection<String> found =
        Stream.<Predicate<Candidate>>of(
                candidate -> candidate.name().equals(name) || candidate.path().equals(name),
                candidate -> candidate.name().replaceFirst("-[0-9].*", "").equals(name),
                candidate -> module.filter(candidate.path()::equals).isPresent())
            .map(meant -> all.stream().filter(meant).map(Candidate::path).toList())
            .filter(paths -> !paths.isEmpty())
            .findFirst()
            .orElse(List.of());
    if (found.size() == 1) {
      return found.iterator().next();
    }
    throw new UserException(
        found.isEmpty()
            ? "no plug-in '%s' in %s%s"
                .formatted(
                    name, folder, Nearest.among(name, all.stream().map(Candidate::name).toList()))
            : "'" + name + "' may be " + String.join(" or ", found) + "; write one of them");
  }

  /**
   * Fetches what takes a plug-in's place.
   *
   * @param path the plug-in that is there
   * @param wanted what is wanted
   * @param fetcher brings it
   * @return the proposal, to be closed
   * @throws UserException see {@link #propose(Wanted, Fetcher)}
   */
  public Proposal update(String path, Wanted wanted, Fetcher fetcher) {
    return propose(wanted, fetcher, Optional.of(path));
  }

  /**
   * The jars of a plug-in.
   *
   * @param path its path in the plug-in folder
   * @return their paths there
   */
  public List<String> files(String path) {
    return Candidate.scan(folder).stream()
        .filter(candidate -> candidate.path().equals(path))
        .flatMap(candidate -> candidate.files().stream())
        .map(file -> Jar.path(folder, file))
        .collect(Collectors.toList());
  }

  /**
   * Removes a plug-in, with all that lies in its folder, and forgets that it was trusted.
   *
   * @param path its path in the plug-in folder
   * @throws UserException if the folder cannot be changed
   */
  public void remove(String path) {
    String staging = Change.STAGING + UUID.randomUUID();
    commit(
        Change.of(lockFile, staging, List.of(path), List.of(), new TreeMap<>(), new TreeMap<>()));
  }

  private void commit(Change change) {
    try {
      change.commit(folder, lockFile);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private static boolean holds(String plugin, String path) {
    return path.equals(plugin) || path.startsWith(plugin + "/");
  }

  /** Lets others change the folder. */
  @Override
  public void close() {
    try {
      held.close();
    } catch (IOException e) {
      return; // the process lets go of it when it ends
    }
  }
}
