package juxta.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import juxta.api.Matrix;
import juxta.api.UserException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;

/**
 * Approximate search in a graph of near neighbours (<a
 * href="https://arxiv.org/abs/1603.09320">HNSW</a>), kept by Lucene in a folder: for more vectors
 * than {@link ExactIndex} is fast enough for, or than fit into memory. A search finds most of the
 * true neighbours and looks at few vectors; {@link HnswSettings} trades one for the other.
 *
 * <p>Any number of processes may search in one folder; one of them may change it, and holds it from
 * its first change until it closes the index. A search waits for a change that is under way only if
 * there was another change since the last search.
 */
public final class HnswIndex implements VectorIndex {
  /** Changes after which the index looks for itself, so that what it remembers stays small. */
  private static final int MOST_PENDING = 100_000;

  private static final long REMOVED = -1;

  private final int dimensions;
  private final HnswSettings settings;
  private final HnswFolder folder;

  // Changes are made under this object's lock. Searches take what was there last; after a change
  // the next one brings it up to date.
  private volatile SearcherManager searchers;
  private volatile boolean stale;
  private Optional<IndexWriter> writer = Optional.empty();
  private final Map<String, Long> pending = new HashMap<>(); // places of what searches cannot see
  private long next; // place of the next new vector

  private HnswIndex(int dimensions, HnswSettings settings, HnswFolder folder) throws IOException {
    this.dimensions = dimensions;
    this.settings = settings;
    this.folder = folder;
    if (folder.isEmpty()) {
      writer = Optional.of(folder.writer(settings));
      searchers = folder.searchers(writer);
    } else {
      next = folder.next(dimensions);
      searchers = folder.searchers(writer);
    }
  }

  /**
   * Opens the index in a folder. If there is none yet it is empty, and {@link #save} makes it.
   *
   * @param folder where the index is, or will be
   * @param dimensions length of the vectors, 1 to 16,384
   * @param settings of the graph; {@code m} and {@code beamWidth} hold for vectors that are added
   *     from now on
   * @return the index
   * @throws UserException if the folder holds a damaged index, an index of another kind, or one of
   *     vectors of another length
   */
  public static HnswIndex open(Path folder, int dimensions, HnswSettings settings) {
    Kind.HNSW.check(folder, dimensions);
    if (dimensions > HnswFormat.MOST_DIMENSIONS) {
      throw new UserException(
          "an hnsw index holds vectors with up to "
              + HnswFormat.MOST_DIMENSIONS
              + " features, not "
              + dimensions
              + "; use an exact index");
    }
    HnswFolder files = new HnswFolder(folder, dimensions);
    try {
      return new HnswIndex(dimensions, settings, files);
    } catch (IOException | RuntimeException e) {
      files.close();
      throw files.fault("open", e);
    }
  }

  @Override
  public int size() {
    return look(searcher -> searcher.getIndexReader().numDocs());
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public synchronized void upsert(List<String> ids, Matrix vectors) {
    Map<String, float[]> units = UnitRows.byId(ids, vectors, dimensions);
    try {
      IndexWriter changing = writer();
      stale = true;
      for (Map.Entry<String, float[]> unit : units.entrySet()) {
        String id = unit.getKey();
        OptionalLong found = place(id);
        long place = found.isPresent() ? found.getAsLong() : next++;
        changing.updateDocument(
            HnswDocuments.term(id), HnswDocuments.document(id, unit.getValue(), place));
        pending.put(id, place);
      }
      forget();
    } catch (IOException e) {
      throw folder.fault("change", e);
    }
  }

  @Override
  public synchronized int remove(Collection<String> ids) {
    int removed = 0;
    try {
      IndexWriter changing = writer();
      stale = true;
      for (String id : Set.copyOf(ids)) {
        if (place(id).isPresent()) {
          changing.deleteDocuments(HnswDocuments.term(id));
          pending.put(id, REMOVED);
          removed++;
        }
      }
      forget();
    } catch (IOException e) {
      throw folder.fault("change", e);
    }
    return removed;
  }

  private OptionalLong place(String id) throws IOException {
    Long place = pending.get(id);
    if (place != null) {
      return place == REMOVED ? OptionalLong.empty() : OptionalLong.of(place);
    }
    IndexSearcher searcher = searchers.acquire();
    try {
      return HnswDocuments.place(searcher, id);
    } finally {
      searchers.release(searcher);
    }
  }

  private void forget() throws IOException {
    if (pending.size() > MOST_PENDING) {
      refresh();
    }
  }

  /** The writer; the first call locks the folder. */
  private IndexWriter writer() throws IOException {
    if (writer.isEmpty()) {
      writer = Optional.of(folder.writer(settings));
      // another process may have saved changes since the index was opened
      next = folder.next(dimensions);
      searchers = folder.searchers(writer);
    }
    return writer.get();
  }

  @Override
  public List<List<Hit>> search(Matrix queries, int k, Predicate<String> wanted) {
    Matrix units = UnitRows.queries(queries, dimensions, k);
    HnswFilter filter = new HnswFilter(wanted);
    return look(
        searcher ->
            IntStream.range(0, units.rows())
                .parallel()
                .mapToObj(i -> search(searcher, units.row(i), k, filter))
                .toList());
  }

  private List<Hit> search(IndexSearcher searcher, float[] query, int k, HnswFilter wanted) {
    try {
      return HnswDocuments.search(searcher, query, k, settings.ef(), wanted);
    } catch (IOException e) {
      throw folder.fault("read", e);
    }
  }

  private <T> T look(Function<IndexSearcher, T> look) {
    try {
      if (stale) {
        refresh();
      }
      SearcherManager current = searchers;
      IndexSearcher searcher = current.acquire();
      try {
        return look.apply(searcher);
      } finally {
        current.release(searcher);
      }
    } catch (IOException e) {
      throw folder.fault("read", e);
    }
  }

  private synchronized void refresh() throws IOException {
    if (stale) {
      searchers.maybeRefreshBlocking();
      pending.clear();
      stale = false;
    }
  }

  @Override
  public synchronized void save() {
    if (writer.isPresent()) {
      try {
        folder.commit(writer.get(), next);
        stale = true; // parts may have been merged, which makes searches faster
      } catch (IOException e) {
        throw folder.fault("save", e);
      }
    }
  }

  @Override
  public synchronized void close() {
    folder.close();
  }
}
