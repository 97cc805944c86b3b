package juxta.toolkit.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.UserException;
import juxta.picture.WholeFile;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Problems;
import juxta.toolkit.io.Digest;

/**
 * Finds out about the picture files of a folder. What a file holds is read once and kept in the
 * cache: later on, a file of the same name, length and time of change is taken to be the same, so
 * that opening a folder again costs a listing and not a reading.
 */
public final class FileFacts {
  /** A file that was changed less than this before it was read may change again unnoticed. */
  private static final long YOUNG = TimeUnit.SECONDS.toNanos(2);

  private final String prefix;
  private final FileFactsTable table;
  private final BiConsumer<String, Double> progress;
  private final Map<String, FileFactsTable.Entry> known;
  private volatile boolean read;
  private boolean kept;

  /**
   * Prepares.
   *
   * @param root the data set's folder
   * @param cache folder for derived files
   * @param progress told how much is done
   */
  public FileFacts(Path root, Path cache, BiConsumer<String, Double> progress) {
    Path folder = root.toAbsolutePath().normalize();
    this.prefix = folder + folder.getFileSystem().getSeparator();
    this.table = FileFactsTable.of(folder, cache);
    this.progress = progress;
    this.known = new HashMap<>(table.read());
  }

  /**
   * Facts of files; reads those that are new or changed, on all cores.
   *
   * @param files the files
   * @return a fact each
   * @throws UserException naming all files that cannot be read
   */
  public List<FileFact> of(List<Path> files) {
    return of(files, (index, content) -> {});
  }

  /** Is shown the content of files that are read. */
  @FunctionalInterface
  public interface Look {
    /**
     * Looks at a file, on one of several threads.
     *
     * @param index number of the file in the list
     * @param content all of it
     * @throws UserException if it is damaged
     */
    void at(int index, byte[] content);
  }

  /**
   * Facts of files, with a look at those that have to be read.
   *
   * @param files the files
   * @param look is shown their content
   * @return a fact each
   * @throws UserException naming all files that cannot be read
   */
  public List<FileFact> of(List<Path> files, Look look) {
    FileFactsTable.Entry[] found = new FileFactsTable.Entry[files.size()];
    String[] names = files.stream().map(this::name).toArray(String[]::new);
    List<Optional<String>> faults =
        Problems.faults(
            found.length,
            index ->
                found[index] =
                    entry(files.get(index), names[index], content -> look.at(index, content)),
            "reading images",
            progress);
    if (faults.stream().anyMatch(Optional::isPresent)) {
      Problems.report(all(files, faults), "files");
    }
    for (int i = 0; i < found.length; i++) {
      known.put(names[i], found[i]);
    }
    return Arrays.stream(found).map(FileFactsTable.Entry::fact).toList();
  }

  /**
   * Where one is damaged the others are decoded, so that all that are damaged are named at once.
   */
  private List<String> all(List<Path> files, List<Optional<String>> faults) {
    List<Optional<String>> more =
        Problems.faults(
            files.size(),
            index -> {
              if (faults.get(index).isEmpty()) {
                PictureFiles.raw(files.get(index), PictureFiles.content(files.get(index)));
              }
            },
            "looking for other damaged images",
            progress);
    return IntStream.range(0, files.size())
        .mapToObj(i -> faults.get(i).or(() -> more.get(i)))
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  private FileFactsTable.Entry entry(Path file, String name, Consumer<byte[]> look) {
    long bytes;
    long changed;
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      bytes = attributes.size();
      changed = nanos(attributes.lastModifiedTime().toInstant());
    } catch (IOException e) {
      throw DataFolder.unreadable(file, e);
    }
    FileFactsTable.Entry before = known.get(name);
    if (before != null && before.bytes() == bytes && before.changed() == changed) {
      return before;
    }
    checkPlace(file, name);
    read = true;
    long now = nanos(Instant.now());
    byte[] content = PictureFiles.content(file);
    byte[] digest = Digest.sha256().add(content).bytes();
    FileFact fact = new FileFact(digest, PictureFiles.header(file, content));
    if (!WholeFile.seems(content)) {
      PictureFiles.raw(file, content);
    }
    look.accept(content);
    // A time that no file has says that this one is to be read again.
    return new FileFactsTable.Entry(bytes, now - changed > YOUNG ? changed : -1, fact);
  }

  /** A name below the folder must not lead out of it by a link. */
  private void checkPlace(Path file, String name) {
    if (!Path.of(name).isAbsolute()) {
      DataFolder.checkWithin(file, Path.of(prefix));
    }
  }

  /**
   * Whether files had to be read, or facts of all were known.
   *
   * @return what fingerprints that are made of the facts rest on
   */
  public Dataset.Evidence evidence() {
    return read ? Dataset.Evidence.CONTENT : Dataset.Evidence.LISTING;
  }

  /** Keeps what was found out; to be called when nothing speaks against the files. */
  public void keep() {
    if (!read || kept) {
      return;
    }
    kept = true;
    try {
      table.write(known);
    } catch (UserException e) {
      // The data are open all the same; the next opening is only slower.
      System.getLogger(FileFacts.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
    }
  }

  private String name(Path file) {
    String whole = file.toAbsolutePath().normalize().toString();
    return whole.startsWith(prefix) ? whole.substring(prefix.length()) : whole;
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }
}
