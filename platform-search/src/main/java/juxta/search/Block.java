package juxta.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/**
 * Some rows of an exact index with their ids. The rows lie in one tensor that grows: TensorFlow
 * multiplies with them where they are. The index sees to it that nobody reads while it changes.
 */
final class Block implements AutoCloseable {
  /** Bytes of a full block: small enough to be written anew after a change. */
  private static final long FULL = 64L << 20;

  private static final int FIRST = 64;

  private final int dimensions;
  private final int capacity;
  private final List<String> ids = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private TFloat32 rows; // [allocated, D], the first ones in use
  private Optional<String> file = Optional.empty();

  Block(int dimensions, int capacity) {
    this.dimensions = dimensions;
    this.capacity = capacity;
    this.rows = TFloat32.tensorOf(Shape.of(Math.min(FIRST, capacity), dimensions));
  }

  /** How many rows a block should have at most. */
  static int capacity(int dimensions) {
    return (int) Math.max(1, FULL / (4L * dimensions));
  }

  int size() {
    return ids.size();
  }

  boolean full() {
    return size() == capacity;
  }

  /** All rows that there is room for, [allocated, dimensions]. */
  TFloat32 rows() {
    return rows;
  }

  List<String> ids() {
    return ids;
  }

  /** The row with this id. */
  Optional<Integer> place(String id) {
    return Optional.ofNullable(places.get(id));
  }

  /** Copies rows out. */
  void read(int from, float[] into) {
    floats().offset((long) from * dimensions).read(into);
  }

  /** Replaces a row. */
  void set(int row, float[] vector) {
    write(row, vector);
    file = Optional.empty();
  }

  /** Adds a row at the end of a block that is not full. */
  void add(String id, float[] vector) {
    if (size() == rows.shape().get(0)) {
      grow(Math.min(capacity, 2 * size()));
    }
    write(size(), vector);
    places.put(id, size());
    ids.add(id);
    file = Optional.empty();
  }

  /** Removes rows; those behind move up. Returns how many there were. */
  int remove(Set<String> unwanted) {
    List<String> before = List.copyOf(ids);
    ids.clear();
    places.clear();
    float[] row = new float[dimensions];
    for (int i = 0; i < before.size(); i++) {
      String id = before.get(i);
      if (!unwanted.contains(id)) {
        if (ids.size() < i) {
          read(i, row);
          write(ids.size(), row);
        }
        places.put(id, ids.size());
        ids.add(id);
      }
    }
    int removed = before.size() - ids.size();
    if (removed > 0) {
      file = Optional.empty();
    }
    return removed;
  }

  /** The file that holds just these rows; empty after a change. */
  Optional<String> file() {
    return file;
  }

  void savedAs(String name) {
    file = Optional.of(name);
  }

  @Override
  public void close() {
    rows.close();
  }

  private void grow(int allocated) {
    TFloat32 larger = TFloat32.tensorOf(Shape.of(allocated, dimensions));
    floats().copyTo(larger.asRawTensor().data().asFloats(), (long) size() * dimensions);
    rows.close();
    rows = larger;
  }

  private void write(int row, float[] vector) {
    floats().offset((long) row * dimensions).write(vector);
  }

  private FloatDataBuffer floats() {
    return rows.asRawTensor().data().asFloats();
  }
}
