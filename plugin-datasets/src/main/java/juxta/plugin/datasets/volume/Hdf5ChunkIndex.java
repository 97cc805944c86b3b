package juxta.plugin.datasets.volume;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds the chunks of a data set.
 *
 * @param bytes the file
 * @param place for errors
 * @param space of the data set
 * @param chunk lengths of a chunk's axes
 * @param length bytes of a chunk without filters
 */
record Hdf5ChunkIndex(Hdf5Bytes bytes, Hdf5Place place, Hdf5Space space, long[] chunk, int length) {
  /** Chunks by the number that they have when those of the last axis are counted fastest. */
  Map<Long, Hdf5Chunk> tree(long address) {
    Map<Long, Hdf5Chunk> found = new HashMap<>();
    for (Hdf5Tree.Entry entry : new Hdf5Tree(bytes).first(address, 16 + 8 * space.rank())) {
      long stored = entry.key().getInt() & 0xFFFFFFFFL;
      int skipped = entry.key().getInt();
      long[] at = new long[space.rank()];
      Arrays.setAll(at, axis -> entry.key().getLong());
      put(found, at, new Hdf5Chunk(entry.address(), stored, skipped));
    }
    return found;
  }

  /** Those of the second kind of tree, whose records count in chunks. */
  Map<Long, Hdf5Chunk> secondTree(long address, boolean filtered) {
    Map<Long, Hdf5Chunk> found = new HashMap<>();
    for (ByteBuffer record : new Hdf5Tree(bytes).second(address)) {
      int places = 8 * space.rank();
      Hdf5Chunk one = entry(record, record.remaining() - places, filtered);
      long[] at = new long[space.rank()];
      Arrays.setAll(at, axis -> Math.multiplyExact(record.getLong(), chunk[axis]));
      put(found, at, one);
    }
    return found;
  }

  private void put(Map<Long, Hdf5Chunk> found, long[] at, Hdf5Chunk one) {
    long[] counts = Hdf5Space.chunks(space.sizes(), chunk);
    long number = 0;
    for (int axis = 0; axis < space.rank(); axis++) {
      if (at[axis] < 0 || at[axis] % chunk[axis] != 0 || at[axis] / chunk[axis] >= counts[axis]) {
        throw place.damaged("has a chunk at the impossible place " + Arrays.toString(at));
      }
      number = number * counts[axis] + at[axis] / chunk[axis];
    }
    put(found, number, one);
  }

  private void put(Map<Long, Hdf5Chunk> found, long number, Hdf5Chunk one) {
    if (one.address() == Hdf5Bytes.UNDEFINED) {
      return; // never written
    }
    if (found.put(number, one) != null) {
      throw place.damaged("has two chunks at one place");
    }
  }

  /** One chunk after the other, none of them filtered. */
  Map<Long, Hdf5Chunk> inOrder(long address) {
    Map<Long, Hdf5Chunk> found = new HashMap<>();
    long[] grown = Hdf5Space.chunks(space.most(), chunk);
    long count = Arrays.stream(grown).reduce(1, Math::multiplyExact);
    bytes.at(address, Math.multiplyExact(count, (long) length));
    for (long i = 0; i < count; i++) {
      put(found, grown, i, new Hdf5Chunk(address + i * length, length, 0));
    }
    return found;
  }

  /** Puts a chunk that is numbered as if all axes had grown; one behind the axes is dropped. */
  private void put(Map<Long, Hdf5Chunk> found, long[] grown, long index, Hdf5Chunk one) {
    put(found, grown, IntStream.range(0, space.rank()).toArray(), index, one);
  }

  /**
   * The same for axes in another order.
   *
   * @param order the slowest axis first
   */
  private void put(
      Map<Long, Hdf5Chunk> found, long[] grown, int[] order, long index, Hdf5Chunk one) {
    long[] counts = Hdf5Space.chunks(space.sizes(), chunk);
    long[] at = new long[space.rank()];
    long rest = index;
    for (int i = space.rank() - 1; i >= 0; i--) {
      int axis = order[i];
      at[axis] = i == 0 ? rest : rest % grown[axis];
      rest = i == 0 ? 0 : rest / grown[axis];
      if (at[axis] >= counts[axis]) {
        return;
      }
      at[axis] *= chunk[axis];
    }
    put(found, at, one);
  }

  /** An array that grows along the one axis without limit, which is its slowest. */
  Map<Long, Hdf5Chunk> growing(long address, boolean filtered) {
    int[] free = IntStream.range(0, space.rank()).filter(axis -> space.most()[axis] < 0).toArray();
    if (free.length != 1) {
      throw place.damaged("has an array of chunks that does not fit its axes");
    }
    int[] order =
        IntStream.concat(
                IntStream.of(free), IntStream.range(0, space.rank()).filter(a -> a != free[0]))
            .toArray();
    long[] grown = Hdf5Space.chunks(space.most(), chunk);
    Map<Long, Hdf5Chunk> found = new HashMap<>();
    new Hdf5GrowingArray(bytes, place)
        .read(
            address,
            filtered,
            (first, count, from) -> {
              int width = from.remaining() / (int) count;
              for (long i = 0; i < count; i++) {
                put(found, grown, order, first + i, entry(from, width, filtered));
              }
            });
    return found;
  }

  /** An array of as many entries as there may be chunks, in pages if it is long. */
  Map<Long, Hdf5Chunk> array(long address, boolean filtered) {
    int offsets = bytes.storage().getSizeOfOffsets();
    int lengths = bytes.storage().getSizeOfLengths();
    ByteBuffer head =
        new Hdf5Tree(bytes).checked(address, 8 + lengths + offsets, "FAHD").position(5);
    int client = head.get();
    int width = head.get() & 0xFF;
    int pageBits = head.get();
    long entries = bytes.length(head);
    long block = bytes.address(head);
    long[] grown = Hdf5Space.chunks(space.most(), chunk);
    if (client != (filtered ? 1 : 0)
        || pageBits < 0
        || pageBits > 30
        || entries != Arrays.stream(grown).reduce(1, Math::multiplyExact)) {
      throw place.damaged("has an array of chunks that does not fit its axes");
    }
    Map<Long, Hdf5Chunk> found = new HashMap<>();
    if (block == Hdf5Bytes.UNDEFINED) {
      return found;
    }
    long page = 1L << pageBits;
    int prefix = 6 + offsets;
    if (entries <= page) {
      ByteBuffer all =
          new Hdf5Tree(bytes).checked(block, prefix + entries * width, "FADB").position(prefix);
      entries(all, 0, entries, width, filtered, grown, found);
      return found;
    }
    long pages = (entries + page - 1) / page;
    int bitmap = Math.toIntExact((pages + 7) / 8);
    ByteBuffer first = new Hdf5Tree(bytes).checked(block, prefix + bitmap, "FADB");
    long at = block + prefix + bitmap + 4;
    for (long i = 0; i < pages; i++) {
      long here = Math.min(page, entries - i * page);
      if ((first.get(prefix + (int) (i / 8)) & 0x80 >> i % 8) != 0) {
        entries(
            new Hdf5Tree(bytes).checked(at, here * width, ""),
            i * page,
            here,
            width,
            filtered,
            grown,
            found);
      }
      at += here * width + 4;
    }
    return found;
  }

  private void entries(
      ByteBuffer from,
      long first,
      long count,
      int width,
      boolean filtered,
      long[] grown,
      Map<Long, Hdf5Chunk> found) {
    for (long i = 0; i < count; i++) {
      put(found, grown, first + i, entry(from, width, filtered));
    }
  }

  /** What an index says of a chunk, in so many bytes. */
  private Hdf5Chunk entry(ByteBuffer from, int width, boolean filtered) {
    long address = bytes.address(from);
    if (!filtered) {
      return new Hdf5Chunk(address, length, 0);
    }
    long stored = Hdf5Bytes.unsigned(from, width - bytes.storage().getSizeOfOffsets() - 4);
    return new Hdf5Chunk(address, stored, from.getInt());
  }
}
