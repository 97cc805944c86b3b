package juxta.plugin.datasets.volume;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads the numbers of a data set, wherever the file has them.
 *
 * @param bytes the file
 * @param place for errors
 * @param header of the data set
 * @param space its axes
 * @param numbers how they are stored
 */
record Hdf5Layout(
    Hdf5Bytes bytes, Hdf5Place place, Hdf5Header header, Hdf5Space space, Hdf5Numbers numbers) {
  private static final int COMPACT = 0;
  private static final int CONTIGUOUS = 1;
  private static final int CHUNKED = 2;
  private static final int VIRTUAL = 3;

  private static final int WHOLE_EDGES = 1;
  private static final int FILTERED = 2;

  /** All numbers, the last axis fastest. */
  float[] read() {
    if (header.find(Hdf5Header.EXTERNAL).isPresent()) {
      throw place.stored("lies in other files");
    }
    ByteBuffer layout =
        header
            .find(Hdf5Header.LAYOUT)
            .orElseThrow(() -> place.damaged("does not say where its numbers lie"));
    int version = layout.get();
    if (version < 1 || version > 4) {
      throw place.stored("is laid out in version " + version + " of the format");
    }
    return version < 3 ? old(layout) : read(layout, version);
  }

  private float[] old(ByteBuffer layout) {
    int rank = layout.get();
    int kind = layout.get();
    layout.position(8);
    long address = kind == COMPACT ? Hdf5Bytes.UNDEFINED : bytes.address(layout);
    switch (kind) {
      case CONTIGUOUS -> {
        return inOnePiece(address);
      }
      case CHUNKED -> {
        return chunks(tree(address, chunk(layout, rank, 4)), 0);
      }
      case COMPACT -> {
        layout.position(layout.position() + 4 * rank);
        int size = layout.getInt();
        return plain(layout.slice(layout.position(), size));
      }
      default -> throw place.stored("is laid out in the unknown way " + kind);
    }
  }

  private float[] read(ByteBuffer layout, int version) {
    int kind = layout.get();
    switch (kind) {
      case COMPACT -> {
        int size = layout.getShort() & 0xFFFF;
        return plain(layout.slice(layout.position(), size));
      }
      case CONTIGUOUS -> {
        return inOnePiece(bytes.address(layout));
      }
      case CHUNKED -> {
        if (version == 3) {
          int rank = layout.get();
          long address = bytes.address(layout);
          return chunks(tree(address, chunk(layout, rank, 4)), 0);
        }
        int flags = layout.get();
        int rank = layout.get();
        int width = layout.get();
        return indexed(layout, chunk(layout, rank, width), flags);
      }
      case VIRTUAL -> throw place.stored("is put together from data sets of other files");
      default -> throw place.stored("is laid out in the unknown way " + kind);
    }
  }

  /** Chunks, and how large they are. */
  private record Found(long[] chunk, Map<Long, Hdf5Chunk> chunks) {}

  /** Lengths of a chunk's axes; the last one that a file tells is that of a number. */
  private long[] chunk(ByteBuffer layout, int rank, int width) {
    if (rank != space.rank() + 1) {
      throw place.damaged("has chunks of another number of axes");
    }
    long[] chunk = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      chunk[axis] = Hdf5Bytes.unsigned(layout, width);
    }
    if (chunk[rank - 1] != numbers.bytes()) {
      throw place.damaged("has chunks of other numbers");
    }
    long[] lengths = Arrays.copyOf(chunk, rank - 1);
    Hdf5.check(place.file(), "a chunk of '" + place.name() + "'", lengths);
    return lengths;
  }

  private int chunkBytes(long... chunk) {
    return Math.toIntExact(Arrays.stream(chunk).reduce(1, Math::multiplyExact) * numbers.bytes());
  }

  private Hdf5ChunkIndex index(long... chunk) {
    return new Hdf5ChunkIndex(bytes, place, space, chunk, chunkBytes(chunk));
  }

  private Found tree(long address, long... chunk) {
    return new Found(chunk, address == Hdf5Bytes.UNDEFINED ? Map.of() : index(chunk).tree(address));
  }

  private float[] indexed(ByteBuffer layout, long[] chunk, int flags) {
    int kind = layout.get();
    long stored = chunkBytes(chunk);
    int skipped = 0;
    boolean filtered = !filters().filters().isEmpty();
    switch (kind) {
      case 1 -> {
        if ((flags & FILTERED) != 0) {
          stored = bytes.length(layout);
          skipped = layout.getInt();
        } else if (filtered) {
          throw place.damaged("has filters but its one chunk went through none");
        }
      }
      case 2 -> {}
      case 3 -> layout.get();
      case 4 -> layout.position(layout.position() + 5);
      case 5 -> layout.position(layout.position() + 6);
      default -> throw place.stored("has its chunks in an index of the unknown kind " + kind);
    }
    long address = bytes.address(layout);
    if (address == Hdf5Bytes.UNDEFINED) {
      return filled();
    }
    Map<Long, Hdf5Chunk> chunks =
        switch (kind) {
          case 1 -> Map.of(0L, new Hdf5Chunk(address, stored, skipped));
          case 2 -> index(chunk).inOrder(address);
          case 3 -> index(chunk).array(address, filtered);
          case 4 -> index(chunk).growing(address, filtered);
          default -> index(chunk).secondTree(address, filtered);
        };
    return chunks(new Found(chunk, chunks), flags);
  }

  private float[] filled() {
    int count = Math.toIntExact(Arrays.stream(space.sizes()).reduce(1, Math::multiplyExact));
    float[] all = new float[count];
    float fill = Hdf5Fill.of(header, numbers);
    if (fill != 0) {
      Arrays.fill(all, fill);
    }
    return all;
  }

  private float[] inOnePiece(long address) {
    long count = Arrays.stream(space.sizes()).reduce(1, Math::multiplyExact);
    return address == Hdf5Bytes.UNDEFINED
        ? filled()
        : plain(bytes.at(address, Math.multiplyExact(count, (long) numbers.bytes())));
  }

  private float[] plain(ByteBuffer data) {
    int count = Math.toIntExact(Arrays.stream(space.sizes()).reduce(1, Math::multiplyExact));
    if (data.remaining() < (long) count * numbers.bytes()) {
      throw place.damaged("is cut off");
    }
    ByteBuffer from = data.slice().order(numbers.order());
    float[] all = new float[count];
    for (int i = 0; i < count; i++) {
      all[i] = numbers.at(from, i * numbers.bytes());
    }
    return all;
  }

  private Hdf5Filters filters() {
    if (header.shared(Hdf5Header.FILTERS)) {
      throw place.shared("its filters");
    }
    return header
        .find(Hdf5Header.FILTERS)
        .map(message -> Hdf5Filters.of(place, message, numbers.bytes()))
        .orElse(new Hdf5Filters(place, List.of()));
  }

  private float[] chunks(Found found, int flags) {
    Hdf5Filters filters = filters();
    int length = chunkBytes(found.chunk);
    float[] all = filled();
    long[] counts = Hdf5Space.chunks(space.sizes(), found.chunk);
    found.chunks.forEach(
        (number, chunk) -> {
          long[] start = new long[space.rank()];
          long rest = number;
          boolean edge = false;
          for (int axis = space.rank() - 1; axis >= 0; axis--) {
            start[axis] = rest % counts[axis] * found.chunk[axis];
            rest /= counts[axis];
            edge |= start[axis] + found.chunk[axis] > space.sizes()[axis];
          }
          int skipped = edge && (flags & WHOLE_EDGES) != 0 ? -1 : chunk.skipped();
          byte[] plain = filters.undo(bytes.at(chunk.address(), chunk.bytes()), skipped, length);
          put(ByteBuffer.wrap(plain).order(numbers.order()), start, found.chunk, all);
        });
    return all;
  }

  /** Puts what of a chunk lies within the axes in its place, row by row of the last axis. */
  private void put(ByteBuffer plain, long[] start, long[] chunk, float[] all) {
    int last = space.rank() - 1;
    int row = (int) Math.min(chunk[last], space.sizes()[last] - start[last]);
    long rows = 1;
    for (int axis = 0; axis < last; axis++) {
      rows *= chunk[axis];
    }
    for (long r = 0; r < rows; r++) {
      long rest = r;
      long to = 0;
      long step = space.sizes()[last];
      boolean inside = true;
      for (int axis = last - 1; axis >= 0; axis--) {
        long at = start[axis] + rest % chunk[axis];
        rest /= chunk[axis];
        inside &= at < space.sizes()[axis];
        to += at * step;
        step *= space.sizes()[axis];
      }
      if (inside) {
        int from = (int) (r * chunk[last] * numbers.bytes());
        int target = (int) (to + start[last]);
        for (int i = 0; i < row; i++) {
          all[target + i] = numbers.at(plain, from + i * numbers.bytes());
        }
      }
    }
  }
}
