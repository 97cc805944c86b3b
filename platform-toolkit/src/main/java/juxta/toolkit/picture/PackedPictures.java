package juxta.toolkit.picture;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Problems;
import juxta.toolkit.data.Progress;

/**
 * Decoded pictures in files below the cache's folder, mapped into memory. They are decoded when
 * they are first opened; a process that is killed meanwhile leaves the files that it finished, and
 * the next goes on after them. A picture that turns out to be damaged is decoded again, and its
 * file is made anew at the next opening.
 */
public final class PackedPictures {
  /** Lets users ask for it; a setting of the provider. */
  public static final Setting<String> SETTING =
      Setting.choice("cache", "none", "none", "packed")
          .describe(
              "packed: decode and resize all images once, into files below the cache's folder that"
                  + " later epochs and runs read; none: decode anew what does not fit into memory")
          .source("own choice: nothing is written to the disk unless asked for");

  /** Bytes of a file: what is lost where a process is killed. */
  private static final int SHARD = 1 << 28;

  private static final long PAUSE = 200;

  private final Path folder;
  private final Pack pack;
  private final int perShard;
  private final BiConsumer<String, Double> progress;
  private final AtomicReferenceArray<Shard> shards;
  private final Set<Path> damaged = ConcurrentHashMap.newKeySet();

  private PackedPictures(Path folder, Pack pack, int bytes, BiConsumer<String, Double> progress) {
    this.folder = folder;
    this.pack = pack;
    this.perShard = Math.max(1, bytes / pack.length());
    this.progress = progress;
    int count = pack.digests().size();
    this.shards = new AtomicReferenceArray<>((count + perShard - 1) / perShard);
  }

  /**
   * Whether the user asked for it.
   *
   * @param settings with {@link #SETTING}
   * @return true if images are to be packed
   */
  public static boolean asked(Settings settings) {
    return settings.get(SETTING).equals("packed");
  }

  /**
   * Opens packed pictures; packs those that are not yet.
   *
   * @param pack the pictures
   * @param cache folder for derived files
   * @param progress told how much is done
   * @return gives a decoded picture
   * @throws UserException naming all files that cannot be decoded, or the space that lacks
   */
  public static IntFunction<byte[]> open(
      Pack pack, Path cache, BiConsumer<String, Double> progress) {
    return open(pack, cache, progress, SHARD);
  }

  /** The same with files of so many bytes. */
  static IntFunction<byte[]> open(
      Pack pack, Path cache, BiConsumer<String, Double> progress, int bytes) {
    Path folder = cache.resolve("packed").resolve(pack.key());
    PackedPictures pictures = new PackedPictures(folder, pack, bytes, progress);
    if (pictures.missing() > 0 && !pictures.build()) {
      return pack.decode();
    }
    return pictures::picture;
  }

  private int count(int shard) {
    return Math.min(perShard, pack.digests().size() - shard * perShard);
  }

  private Path file(int shard) {
    return folder.resolve(String.format(Locale.ROOT, "%05d.shard", shard));
  }

  /** Opens what is there; returns the number of pictures that are not. */
  private int missing() {
    int missing = 0;
    for (int i = 0; i < shards.length(); i++) {
      if (shards.get(i) == null) {
        shards.set(i, Shard.open(file(i), count(i), pack.length()).orElse(null));
      }
      missing += shards.get(i) == null ? count(i) : 0;
    }
    return missing;
  }

  /** Returns false if nothing can be kept there. */
  private boolean build() {
    Path lock = folder.resolve("lock");
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock alone = alone(channel)) {
        int missing = missing(); // another process may have packed them meanwhile
        clear();
        if (missing > 0 && alone.isValid()) {
          checkSpace();
          write(missing);
        }
        return true;
      }
    } catch (IOException e) {
      System.getLogger(PackedPictures.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "images are not packed: nothing can be written to {0} ({1}); they are decoded anew"
                  + " whenever they are asked for",
              folder,
              DataFolder.reason(e));
      return false;
    }
  }

  /** Waits until no other process packs the same pictures. */
  private FileLock alone(FileChannel channel) throws IOException {
    while (true) {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException e) {
        // another thread of this process has it
        System.getLogger(PackedPictures.class.getName())
            .log(System.Logger.Level.DEBUG, "waiting for {0}", folder);
      }
      progress.accept("waiting for another process that packs the same images", 0.0);
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + folder, e);
      }
    }
  }

  /** What a killed process left half written. */
  private void clear() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> DataFolder.name(f).endsWith(".tmp")).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void checkSpace() throws IOException {
    long needed = 0;
    for (int i = 0; i < shards.length(); i++) {
      needed += shards.get(i) == null ? Shard.bytes(count(i), pack.length()) : 0;
    }
    FileStore store = Files.getFileStore(folder);
    if (store.getUsableSpace() < needed) {
      throw new UserException(
          ("packed images need %s but only %s are free in %s; free some space, let JUXTA_CACHE name"
                  + " a folder on a larger disk, or leave data.cache=packed out")
              .formatted(size(needed), size(store.getUsableSpace()), folder));
    }
  }

  private static String size(long bytes) {
    return bytes < 1e9
        ? String.format(Locale.ROOT, "%.0f MB", Math.ceil(bytes / 1e6))
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  private void write(int missing) {
    Progress done = new Progress(missing, "packing images", progress);
    Queue<String> faults = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < shards.length(); i++) {
      int first = i * perShard;
      if (shards.get(i) == null
          && Shard.write(file(i), count(i), pack.length(), at -> made(first + at, faults, done))) {
        shards.set(i, Shard.open(file(i), count(i), pack.length()).orElse(null));
      }
    }
    Problems.report(faults.stream().distinct().sorted().toList(), "files");
  }

  private Optional<byte[]> made(int picture, Queue<String> faults, Progress done) {
    try {
      return Optional.of(pack.decode().apply(picture));
    } catch (UserException e) {
      faults.add(e.getMessage());
      return Optional.empty();
    } finally {
      done.one();
    }
  }

  private byte[] picture(int index) {
    int at = index / perShard;
    return Optional.ofNullable(shards.get(at))
        .flatMap(shard -> shard.record(index % perShard))
        .orElseGet(
            () -> {
              giveUp(file(at));
              return pack.decode().apply(index);
            });
  }

  /** A file that is damaged is made anew at the next opening; until then its sound records do. */
  private void giveUp(Path file) {
    if (!damaged.add(file)) {
      return;
    }
    System.getLogger(PackedPictures.class.getName())
        .log(
            System.Logger.Level.WARNING,
            "{0}: is damaged; its images are decoded anew, and the file is made anew at the next"
                + " opening",
            file);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.getLogger(PackedPictures.class.getName())
          .log(System.Logger.Level.WARNING, "{0}: cannot be deleted; delete it", file);
    }
  }
}
