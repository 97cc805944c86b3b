package juxta.launcher.plugins;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import juxta.launcher.fetch.Source;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.io.Json;

/**
 * A change of the plug-in folder, its lock file and its record of sources, which happens whole or
 * not at all: all files lie ready in a folder of the plug-in folder, then the change is written
 * down in one rename, then it is done. A process that is killed before that leaves the former
 * state; of one that is killed after it, the next start of Juxta does the rest.
 *
 * @param staging the folder with what is added, in the plug-in folder
 * @param remove plug-ins that go, by path
 * @param add plug-ins that come from {@code staging/plugins}, by path
 * @param locked SHA-256 of what comes, by path of the jar
 * @param sources where what comes is from, by path of the plug-in
 * @param formerLocked lines of the lock file of what goes
 * @param formerSources sources of what goes
 */
record Change(
    String staging,
    List<String> remove,
    List<String> add,
    SortedMap<String, String> locked,
    SortedMap<String, Source> sources,
    SortedMap<String, String> formerLocked,
    SortedMap<String, Source> formerSources) {
  /** Its name begins with a dot: nothing of it is taken for a plug-in. */
  private static final String RECORD = ".change.json";

  static final String STAGING = ".staging-";

  /** What comes lies in here. */
  static final String COMING = "plugins";

  private static final String GOING = "former";

  /** A change, with what it takes to undo it. */
  static Change of(
      Path lockFile,
      String staging,
      List<String> remove,
      List<String> add,
      SortedMap<String, String> locked,
      SortedMap<String, Source> sources) {
    TreeMap<String, String> formerLocked = new TreeMap<>(PluginLock.read(lockFile).hashes());
    formerLocked.keySet().removeIf(path -> remove.stream().noneMatch(gone -> holds(gone, path)));
    TreeMap<String, Source> formerSources =
        new TreeMap<>(PluginSources.read(PluginSources.beside(lockFile)).sources());
    formerSources.keySet().retainAll(remove);
    return new Change(staging, remove, add, locked, sources, formerLocked, formerSources);
  }

  /**
   * Does it, after it was written down.
   *
   * @throws IOException if it cannot be done; the former state is there, or the next start tries
   *     again
   */
  void commit(Path folder, Path lockFile) throws IOException {
    ByteBuffer text = ByteBuffer.wrap(Json.bytes(this));
    AtomicFile.replace(folder.resolve(RECORD), channel -> AtomicFile.writeAll(channel, text));
    finish(folder, lockFile);
  }

  /** Whether a change was begun that is not done. */
  static boolean isPending(Path folder) {
    return Files.exists(folder.resolve(RECORD));
  }

  /** Whether a file is what a killed process left, once no change is pending. */
  static boolean isLeftOver(Path file) {
    return file.getFileName().toString().startsWith(STAGING) || AtomicFile.isDraft(file, RECORD);
  }

  /** Does what is left of a change; nothing if none was begun. */
  static void finishPending(Path folder, Path lockFile) throws IOException {
    Path record = folder.resolve(RECORD);
    if (!Files.exists(record)) {
      return;
    }
    Change change = Json.read(record, Change.class);
    if (change.add().isEmpty() || Files.isDirectory(folder.resolve(change.staging()))) {
      change.finish(folder, lockFile);
    } else { // somebody deleted what was to come
      note(lockFile, change.add(), change.formerLocked(), change.formerSources());
      Files.delete(record);
    }
  }

  /** Each step can be done again: one that is done already changes nothing. */
  private void finish(Path folder, Path lockFile) throws IOException {
    Path coming = folder.resolve(staging).resolve(COMING);
    Path former = folder.resolve(staging).resolve(GOING);
    try {
      note(lockFile, remove, locked, sources);
      for (String path : remove) {
        boolean replaced = add.contains(path) && !Files.exists(coming.resolve(path));
        if (!replaced && Files.exists(folder.resolve(path))) {
          move(folder.resolve(path), former.resolve(path));
        }
      }
      for (String path : add) {
        if (Files.exists(coming.resolve(path))) {
          move(coming.resolve(path), folder.resolve(path));
        }
      }
    } catch (IOException e) {
      undo(folder, lockFile, e);
      throw e;
    }
    Files.delete(folder.resolve(RECORD));
    discard(folder.resolve(staging));
  }

  /** What cannot be deleted now is swept by the next change. */
  static void discard(Path staging) {
    try {
      delete(staging);
    } catch (IOException e) {
      System.getLogger(Change.class.getName())
          .log(System.Logger.Level.DEBUG, "left over: " + staging, e);
    }
  }

  /** Puts back what went; where that fails too, the record stays for the next start. */
  private void undo(Path folder, Path lockFile, IOException why) {
    Path coming = folder.resolve(staging).resolve(COMING);
    Path former = folder.resolve(staging).resolve(GOING);
    try {
      for (String path : add) {
        if (!Files.exists(coming.resolve(path))) {
          move(folder.resolve(path), coming.resolve(path));
        }
      }
      for (String path : remove) {
        if (Files.exists(former.resolve(path)) && !Files.exists(folder.resolve(path))) {
          move(former.resolve(path), folder.resolve(path));
        }
      }
      note(lockFile, add, formerLocked, formerSources);
      Files.delete(folder.resolve(RECORD));
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void note(
      Path lockFile, List<String> gone, Map<String, String> hashes, Map<String, Source> sources)
      throws IOException {
    PluginLock lock = PluginLock.read(lockFile);
    TreeMap<String, String> lines = new TreeMap<>(lock.hashes());
    lines.keySet().removeIf(path -> gone.stream().anyMatch(plugin -> holds(plugin, path)));
    lines.putAll(hashes);
    if (!lines.equals(lock.hashes())) {
      new PluginLock(lines).write(lockFile);
    }
    Path sourcesFile = PluginSources.beside(lockFile);
    PluginSources known = PluginSources.read(sourcesFile);
    PluginSources changed = known.with(sources, gone);
    if (!changed.equals(known)) {
      changed.write(sourcesFile);
    }
  }

  private static boolean holds(String plugin, String path) {
    return path.equals(plugin) || path.startsWith(plugin + "/");
  }

  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
