package juxta.launcher.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.engine.run.FolderLock;
import juxta.engine.train.Monitor;
import juxta.search.Indexes;
import juxta.search.VectorIndex;

/**
 * Brings the index of a run up to date with a data set and opens it. Images are known by their
 * content: new ones are embedded, those that are gone are removed, all others stay. A change of the
 * weights or of the kind of index makes it anew. What is done is saved now and then; an update that
 * was killed goes on where it was.
 */
public final class Indexing {
  private static final int CHUNK = 64;
  private static final long SAVE_NANOS = 60_000_000_000L;

  private final Embedder embedder;
  private final Dataset data;
  private final List<String> splits;
  private final Path folder;
  private final Monitor monitor;
  private final Consumer<String> say;
  private int embedded;

  /**
   * Prepares.
   *
   * @param embedder the model
   * @param data what is indexed
   * @param splits which splits of it; all of them if none is named
   * @param folder where the index lies, or will lie
   * @param monitor is told how far it is
   * @param say takes lines for the user
   * @throws UserException if the data lack a split, or what the model needs
   */
  public Indexing(
      Embedder embedder,
      Dataset data,
      List<String> splits,
      Path folder,
      Monitor monitor,
      Consumer<String> say) {
    this.embedder = embedder;
    this.data = data;
    this.splits = splits.isEmpty() ? List.copyOf(data.splits().keySet()) : List.copyOf(splits);
    this.folder = folder;
    this.monitor = monitor;
    this.say = say;
    for (String name : this.splits) {
      Split split = data.split(name);
      embedder.inputs().forEach(input -> check(input, split));
    }
  }

  private void check(Field wanted, Split split) {
    Field field = split.field(wanted.name());
    boolean fits = field.type() == wanted.type() && field.shape().size() == wanted.shape().size();
    for (int i = 0; fits && i < field.shape().size(); i++) {
      long length = wanted.shape().get(i);
      fits = length < 0 || length == field.shape().get(i);
    }
    if (!fits) {
      throw new UserException(
          "data set '"
              + data.id()
              + "': field '"
              + wanted.name()
              + "' has shape "
              + field.shape()
              + " and the model takes "
              + wanted.shape()
              + "; choose a size that fits with --set data.…, or search the data it was trained"
              + " with");
    }
  }

  /**
   * Number of images that were embedded.
   *
   * @return 0 if the index was up to date
   */
  public int embedded() {
    return embedded;
  }

  /**
   * Brings the index up to date and opens it.
   *
   * @param kind {@code exact}, {@code hnsw} or an address of PostgreSQL; if empty, the kind that is
   *     there, else the one that suits the number of images
   * @return the images
   */
  @SuppressWarnings("try") // the lock is held, not used
  public Gallery open(Optional<String> kind) {
    try (FolderLock lock = UpdateLock.of(folder, say)) {
      CardsFile file = new CardsFile(folder);
      Optional<CardsFile.Contents> found = file.read();
      Place place = Place.of(kind.orElseGet(() -> suitable(found)), embedder.model(), folder);
      Optional<CardsFile.Contents> usable =
          found.filter(f -> fits(f.header(), place) && holds(place, f));
      if (usable.isEmpty() || !upToDate(usable.get())) {
        usable = Optional.of(update(place, usable, found, file));
        deleteOthers(place);
      }
      CardsFile.Contents now = usable.get();
      return new Gallery(place.kind(), now.cards(), place.open(now.header().dimensions()));
    }
  }

  private String suitable(Optional<CardsFile.Contents> found) {
    long images = splits.stream().mapToLong(name -> data.split(name).size()).sum();
    return found
        .map(f -> f.header().kind())
        .filter(word -> !word.equals(Place.POSTGRESQL))
        .orElse(images <= Indexes.MOST_EXACT ? "exact" : "hnsw");
  }

  private boolean fits(CardsFile.Header header, Place place) {
    return header.model().equals(embedder.model())
        && header.kind().equals(place.kind())
        && header.vectors().equals(place.name());
  }

  private boolean upToDate(CardsFile.Contents found) {
    CardsFile.Header header = found.header();
    return header.complete()
        && header.data().equals(data.fingerprint())
        && header.splits().equals(splits);
  }

  /** Whether the vectors are all there: someone may have emptied the table. */
  private static boolean holds(Place place, CardsFile.Contents contents) {
    try (VectorIndex index = place.open(contents.header().dimensions())) {
      return index.size() >= contents.cards().size();
    }
  }

  private CardsFile.Contents update(
      Place place,
      Optional<CardsFile.Contents> usable,
      Optional<CardsFile.Contents> found,
      CardsFile file) {
    Map<String, Card> known = new LinkedHashMap<>();
    usable.ifPresent(u -> u.cards().forEach(card -> known.put(card.id(), card)));
    if (usable.isEmpty() && !place.kind().equals(Place.POSTGRESQL)) {
      delete(place.folder()); // what an update left that came to nothing
    }
    monitor.phase("indexing", 0, 0, 0);
    Update update = new Update(place, known, file);
    try {
      CardsFile.Contents made = update.run();
      Set<String> gone = new HashSet<>(known.keySet());
      boolean sameTable = found.isPresent() && found.get().header().vectors().equals(place.name());
      if (usable.isEmpty() && sameTable) {
        found.get().cards().forEach(card -> gone.add(card.id())); // of other weights
      }
      made.cards().forEach(card -> gone.remove(card.id()));
      update.finish(made, gone);
      embedded = update.embedded;
      return made;
    } finally {
      update.close();
      monitor.end();
    }
  }

  /** The vectors of former models and other kinds. */
  private void deleteOthers(Place place) {
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .filter(entry -> entry.getFileName().toString().startsWith("vectors-"))
          .filter(entry -> !entry.getFileName().toString().equals(place.name()))
          .toList()
          .forEach(this::delete);
    } catch (IOException e) {
      say.accept("warning: former indexes could not be looked for in " + folder);
    }
  }

  private void delete(Path former) {
    if (Files.notExists(former)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(former)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      say.accept("warning: a former index could not be deleted in " + former);
    }
  }

  /** One pass over the data. */
  private final class Update implements AutoCloseable {
    private final Place place;
    private final Map<String, Card> known;
    private final CardsFile file;
    private final Cards reader = new Cards(data);
    private final UnaryOperator<String> numbering = Content.numbering();
    private final List<Card> cards = new ArrayList<>();
    private Optional<VectorIndex> index = Optional.empty();
    private long saved = System.nanoTime();
    private int embedded;

    Update(Place place, Map<String, Card> known, CardsFile file) {
      this.place = place;
      this.known = known;
      this.file = file;
    }

    CardsFile.Contents run() {
      long total = splits.stream().mapToLong(name -> data.split(name).size()).sum();
      long done = 0;
      for (String name : splits) {
        int size = data.split(name).size();
        for (int from = 0; from < size; from += CHUNK) {
          int to = Math.min(size, from + CHUNK);
          chunk(name, from, to);
          done += to - from;
          monitor.progress(done, total, "images");
          if (System.nanoTime() - saved > SAVE_NANOS) {
            save();
          }
        }
      }
      if (index.isEmpty()) {
        open(dimensions()); // nothing is new: the length is that of any image's vector
      }
      return new CardsFile.Contents(header(), cards);
    }

    private void chunk(String name, int from, int to) {
      Split split = data.split(name);
      List<Map<String, Value>> records =
          IntStream.range(from, to).parallel().mapToObj(row -> record(split, row)).toList();
      Map<String, Map<String, Value>> fresh = new LinkedHashMap<>();
      for (int i = 0; i < records.size(); i++) {
        String id = numbering.apply(Content.id(embedder.inputs(), records.get(i)));
        cards.add(reader.of(id, name, from + i));
        if (!known.containsKey(id)) {
          fresh.put(id, records.get(i));
        }
      }
      byShape(fresh).forEach(this::embed);
    }

    private Map<String, Value> record(Split split, int row) {
      Map<String, Value> values = new LinkedHashMap<>();
      embedder.inputs().forEach(input -> values.put(input.name(), split.value(input.name(), row)));
      return values;
    }

    /** A graph takes images of one size at a time. */
    private static List<Map<String, Map<String, Value>>> byShape(
        Map<String, Map<String, Value>> records) {
      Map<List<List<Long>>, Map<String, Map<String, Value>>> groups = new LinkedHashMap<>();
      records.forEach(
          (id, record) ->
              groups
                  .computeIfAbsent(
                      record.values().stream().map(Value::shape).toList(),
                      shape -> new LinkedHashMap<>())
                  .put(id, record));
      return List.copyOf(groups.values());
    }

    private void embed(Map<String, Map<String, Value>> records) {
      Matrix vectors = embedder.images(List.copyOf(records.values()));
      if (index.isEmpty()) {
        open(vectors.columns());
      }
      index.get().upsert(List.copyOf(records.keySet()), vectors);
      embedded += records.size();
    }

    private int dimensions() {
      return embedder.images(List.of(record(data.split(splits.get(0)), 0))).columns();
    }

    private void open(int dimensions) {
      index = Optional.of(place.open(dimensions));
    }

    private CardsFile.Header header() {
      return CardsFile.Header.of(
          embedder.model(),
          place.kind(),
          place.name(),
          index.orElseThrow().dimensions(),
          data.fingerprint(),
          splits);
    }

    /** What was embedded so far lasts, beside what was there before. */
    private void save() {
      if (index.isPresent()) {
        index.get().save();
        Map<String, Card> all = new LinkedHashMap<>(known);
        cards.forEach(card -> all.put(card.id(), card));
        file.write(header().unfinished(), List.copyOf(all.values()));
      }
      saved = System.nanoTime();
    }

    /** At no moment the cards name a vector that is not there. */
    void finish(CardsFile.Contents made, Set<String> gone) {
      index.orElseThrow().save();
      if (!gone.isEmpty()) {
        file.write(made.header().unfinished(), made.cards());
        index.orElseThrow().remove(gone);
        index.orElseThrow().save();
      }
      file.write(made.header(), made.cards());
    }

    @Override
    public void close() {
      index.ifPresent(VectorIndex::close);
    }
  }
}
