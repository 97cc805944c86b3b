package juxta.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import juxta.api.Matrix;
import juxta.api.UserException;
import org.tensorflow.Tensor;

/**
 * Exact search: every query is multiplied with every vector, on TensorFlow. It finds the true
 * neighbours, needs no time to build, and is fast enough to about a million vectors. All vectors
 * are in memory: 4 bytes a feature.
 *
 * <p>Products of a device are rounded; what may be among the best is ranked by products that are
 * computed in one fixed order, so the ranking is the same on every device.
 */
public final class ExactIndex implements VectorIndex {
  /** Products that are in memory at once: 64 MB. */
  private static final int PRODUCTS = 1 << 24;

  private static final int MOST_QUERIES = 64;

  private final int dimensions;
  private final int capacity; // rows of a block
  private final ExactFolder folder;
  private final BlockProducts products;
  private final List<Block> blocks;
  // fair: else searches that never pause would keep the writer out
  private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
  private boolean closed;

  private ExactIndex(int dimensions, int capacity, ExactFolder folder, List<Block> blocks) {
    this.dimensions = dimensions;
    this.capacity = capacity;
    this.folder = folder;
    this.blocks = blocks;
    this.products = new BlockProducts(dimensions);
  }

  /**
   * Opens the index in a folder. If there is none yet it is empty, and {@link #save} makes it.
   *
   * @param folder where the index is, or will be
   * @param dimensions length of the vectors, 1 or more
   * @return the index
   * @throws UserException if the folder holds a damaged index, an index of another kind, or one of
   *     vectors of another length
   */
  public static ExactIndex open(Path folder, int dimensions) {
    Kind.EXACT.check(folder, dimensions);
    return open(folder, dimensions, Block.capacity(dimensions));
  }

  /** Opens an index with blocks of another size: tests have few rows. */
  static ExactIndex open(Path folder, int dimensions, int capacity) {
    ExactFolder files = new ExactFolder(folder, dimensions, capacity);
    return new ExactIndex(dimensions, capacity, files, files.load());
  }

  @Override
  public int size() {
    lock.readLock().lock();
    try {
      return rows();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public void upsert(List<String> ids, Matrix vectors) {
    Map<String, float[]> units = UnitRows.byId(ids, vectors, dimensions);
    lock.writeLock().lock();
    try {
      checkOpen();
      Math.addExact(rows(), units.size());
      units.forEach(this::put);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void put(String id, float[] unit) {
    for (Block block : blocks) {
      Optional<Integer> place = block.place(id);
      if (place.isPresent()) {
        block.set(place.get(), unit);
        return;
      }
    }
    if (blocks.isEmpty() || last().full()) {
      blocks.add(new Block(dimensions, capacity));
    }
    last().add(id, unit);
  }

  private Block last() {
    return blocks.get(blocks.size() - 1);
  }

  @Override
  public int remove(Collection<String> ids) {
    Set<String> unwanted = Set.copyOf(ids);
    lock.writeLock().lock();
    try {
      checkOpen();
      int removed = 0;
      for (Block block : blocks) {
        if (!Collections.disjoint(unwanted, block.ids())) {
          removed += block.remove(unwanted);
        }
      }
      join();
      return removed;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Joins neighbours that are half empty together, so that removals leave no trail of scraps. */
  private void join() {
    float[] row = new float[dimensions];
    for (int i = blocks.size() - 1; i >= 0; i--) {
      Block block = blocks.get(i);
      boolean joins =
          i > 0 && blocks.get(i - 1).size() + block.size() <= capacity / 2 && block.size() > 0;
      for (int r = 0; joins && r < block.size(); r++) {
        block.read(r, row);
        blocks.get(i - 1).add(block.ids().get(r), row);
      }
      if (joins || block.size() == 0) {
        blocks.remove(i).close();
      }
    }
  }

  @Override
  public List<List<Hit>> search(Matrix queries, int k, Predicate<String> wanted) {
    Matrix units = UnitRows.queries(queries, dimensions, k);
    lock.readLock().lock();
    try {
      checkOpen();
      int n = rows();
      if (n == 0) {
        return Collections.nCopies(queries.rows(), List.of());
      }
      int group = Math.max(1, Math.min(MOST_QUERIES, PRODUCTS / n));
      List<List<Hit>> hits = new ArrayList<>();
      for (int from = 0; from < units.rows(); from += group) {
        int to = Math.min(units.rows(), from + group);
        hits.addAll(search(units, from, to, n, new Ranking(blocks, Math.min(k, n), wanted)));
      }
      return hits;
    } finally {
      lock.readLock().unlock();
    }
  }

  private List<List<Hit>> search(Matrix units, int from, int to, int n, Ranking ranking) {
    float[][] all = new float[to - from][n];
    try (Tensor some = products.some(units, from, to)) {
      int offset = 0;
      for (Block block : blocks) {
        products.into(some, block, all, offset);
        offset += block.size();
      }
    }
    return IntStream.range(from, to)
        .parallel()
        .mapToObj(q -> ranking.of(units.row(q), all[q - from]))
        .toList();
  }

  /** Writes the parts that changed, then makes all of them valid at once. */
  @Override
  public void save() {
    // searches go on: of the blocks only the names of their files change
    lock.readLock().lock();
    try {
      checkOpen();
      folder.save(blocks);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        blocks.forEach(Block::close);
        products.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private int rows() {
    return blocks.stream().mapToInt(Block::size).sum();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the index is closed");
    }
  }
}
