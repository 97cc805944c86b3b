package juxta.plugin.datasets.volume;

import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of an HDF5 file, little endian.
 *
 * @param storage where they are
 */
record Hdf5Bytes(HdfBackingStorage storage) {
  static final long UNDEFINED = -1;

  /**
   * Some bytes.
   *
   * @param address where they begin, counted from the file's base address
   * @param length how many
   * @throws IllegalArgumentException if the file does not hold them
   */
  ByteBuffer at(long address, long length) {
    long room = storage.size() - storage.getUserBlockSize();
    if (address < 0 || length < 0 || length > room || address > room - length) {
      throw new IllegalArgumentException(
          length + " bytes at " + address + " lie outside of the file");
    }
    return storage.map(address, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** An address; {@link #UNDEFINED} where there is none. */
  long address(ByteBuffer from) {
    int width = storage.getSizeOfOffsets();
    long address = unsigned(from, width);
    return width < 8 && address == (1L << 8 * width) - 1 ? UNDEFINED : address;
  }

  /** A length that may be without limit, which is negative. */
  long most(ByteBuffer from) {
    int width = storage.getSizeOfLengths();
    long most = unsigned(from, width);
    return width < 8 && most == (1L << 8 * width) - 1 ? UNDEFINED : most;
  }

  /** A length of the width that the file has for them. */
  long length(ByteBuffer from) {
    return unsigned(from, storage.getSizeOfLengths());
  }

  /** A number of some bytes; one that does not fit into 63 bits is negative. */
  static long unsigned(ByteBuffer from, int bytes) {
    if (bytes < 1 || bytes > 8) {
      throw new IllegalArgumentException("numbers of " + bytes + " bytes");
    }
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number |= (from.get() & 0xFFL) << 8 * i;
    }
    return number;
  }
}
