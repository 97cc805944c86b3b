package juxta.plugin.datasets.volume;

import java.nio.ByteBuffer;

/**
 * The index of chunks along an axis that grows without limit: some entries in a first block, the
 * others in blocks of growing size, and the addresses of these in blocks of their own.
 *
 * @param bytes the file
 * @param place for errors
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html">the format,
 *     VII.D</a>
 */
record Hdf5GrowingArray(Hdf5Bytes bytes, Hdf5Place place) {
  /** Is handed the entries, from the number of the first on. */
  interface Entries {
    void take(long first, long count, ByteBuffer from);
  }

  /**
   * How the array is built.
   *
   * @param width bytes of an entry
   * @param inFirst entries in the first block
   * @param least entries in the smallest other block
   * @param direct addresses of blocks in the first block
   * @param upper of how many blocks of addresses those in the first block take the place
   * @param all kinds of blocks
   * @param page a block of more entries comes in pages
   * @param offsetBytes of a number of an entry
   */
  private record Shape(
      int width,
      int inFirst,
      long least,
      int direct,
      int upper,
      int all,
      long page,
      int offsetBytes) {
    static Shape of(ByteBuffer head) {
      int width = head.get() & 0xFF;
      int bits = head.get() & 0xFF;
      int inFirst = head.get() & 0xFF;
      int least = head.get() & 0xFF;
      int pointers = head.get() & 0xFF;
      int pageBits = head.get() & 0xFF;
      if (Integer.bitCount(least) != 1
          || Integer.bitCount(pointers) != 1
          || bits > 62
          || pageBits > 30) {
        throw new IllegalArgumentException("an array of chunks of an odd shape");
      }
      int all = 1 + bits - Integer.numberOfTrailingZeros(least);
      int upper = Math.min(all, 2 * Integer.numberOfTrailingZeros(pointers));
      return new Shape(
          width, inFirst, least, 2 * (pointers - 1), upper, all, 1L << pageBits, (bits + 7) / 8);
    }

    int blocks(int kind) {
      return 1 << kind / 2;
    }

    long entries(int kind) {
      return least << (kind + 1) / 2;
    }
  }

  /**
   * Reads the entries.
   *
   * @param address of the array's head
   * @param filtered whether chunks went through filters
   * @param entries is handed them
   */
  void read(long address, boolean filtered, Entries entries) {
    int offsets = bytes.storage().getSizeOfOffsets();
    int lengths = bytes.storage().getSizeOfLengths();
    ByteBuffer head = checked(address, 12 + 6L * lengths + offsets, "EAHD").position(5);
    if (head.get() != (filtered ? 1 : 0)) {
      throw place.damaged("has an array of chunks that does not fit its filters");
    }
    Shape shape = Shape.of(head);
    long first = bytes.address(head.position(12 + 6 * lengths));
    if (first == Hdf5Bytes.UNDEFINED) {
      return; // nothing was written
    }
    int prefix = 6 + offsets;
    long length =
        prefix
            + (long) shape.inFirst * shape.width
            + (long) offsets * (shape.direct + shape.all - shape.upper);
    ByteBuffer block = checked(first, length, "EAIB").position(prefix);
    ByteBuffer own = block.slice(prefix, shape.inFirst * shape.width).order(block.order());
    if (shape.inFirst > 0) {
      entries.take(0, shape.inFirst, own);
    }
    block.position(prefix + shape.inFirst * shape.width);
    long next = shape.inFirst;
    for (int kind = 0; kind < shape.all; kind++) {
      long from = next;
      if (kind < shape.upper) {
        blocks(shape, kind, from, block, entries);
      } else {
        long above = bytes.address(block);
        if (above != Hdf5Bytes.UNDEFINED) {
          whole(shape, kind);
          int start = prefix + shape.offsetBytes;
          ByteBuffer addresses =
              checked(above, start + (long) shape.blocks(kind) * offsets, "EASB").position(start);
          blocks(shape, kind, from, addresses, entries);
        }
      }
      next += shape.blocks(kind) * shape.entries(kind);
    }
  }

  private void blocks(Shape shape, int kind, long first, ByteBuffer addresses, Entries entries) {
    long count = shape.entries(kind);
    int prefix = 6 + bytes.storage().getSizeOfOffsets() + shape.offsetBytes;
    for (int i = 0; i < shape.blocks(kind); i++) {
      long address = bytes.address(addresses);
      if (address != Hdf5Bytes.UNDEFINED) {
        whole(shape, kind);
        ByteBuffer block = checked(address, prefix + count * shape.width, "EADB");
        entries.take(first + i * count, count, block.position(prefix));
      }
    }
  }

  private void whole(Shape shape, int kind) {
    if (shape.entries(kind) > shape.page) {
      throw place.stored("has very many chunks along an axis that may grow");
    }
  }

  private ByteBuffer checked(long address, long length, String mark) {
    return new Hdf5Tree(bytes).checked(address, length, mark);
  }
}
