package juxta.plugin.datasets.volume;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Lengths of the axes of a data set.
 *
 * @param sizes as they are
 * @param most as far as they may grow, -1 without limit
 */
record Hdf5Space(long[] sizes, long[] most) {
  static Hdf5Space of(Hdf5Bytes bytes, ByteBuffer message) {
    int version = message.get();
    int rank = message.get() & 0xFF;
    int flags = message.get();
    message.position(version == 1 ? 8 : 4);
    long[] sizes = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      sizes[axis] = bytes.length(message);
    }
    long[] most = sizes.clone();
    for (int axis = 0; (flags & 1) != 0 && axis < rank; axis++) {
      most[axis] = bytes.most(message);
    }
    return new Hdf5Space(sizes, most);
  }

  int rank() {
    return sizes.length;
  }

  /** How many chunks lie along each axis. */
  static long[] chunks(long[] sizes, long... chunk) {
    long[] chunks = new long[sizes.length];
    Arrays.setAll(chunks, axis -> (sizes[axis] + chunk[axis] - 1) / chunk[axis]);
    return chunks;
  }
}
