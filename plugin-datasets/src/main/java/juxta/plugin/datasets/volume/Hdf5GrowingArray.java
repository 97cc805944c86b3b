package juxta.plugin.datasets.volume;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * The index of chunks along an axis that grows without limit: some entries in a first block, the
 * others in blocks of growing size, and the addresses of these in blocks of their own. Blocks of
 * very many entries come in pages, of which those that were never written are told by a bit each.
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

    /** Pages of a block; 0 where it comes in one piece. */
    long pages(int kind) {
      return entries(kind) > page ? entries(kind) / page : 0;
    }

    /** Bytes of the bits that tell which pages of all blocks of a kind are there. */
    long bitmap(int kind) {
      return blocks(kind) * ((pages(kind) + 7) / 8);
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
    ByteBuffer inside = block.slice(prefix, shape.inFirst * shape.width).order(block.order());
    if (shape.inFirst > 0) {
      entries.take(0, shape.inFirst, inside);
    }
    block.position(prefix + shape.inFirst * shape.width);
    long next = shape.inFirst;
    Set<Long> seen = new HashSet<>();
    for (int kind = 0; kind < shape.all; kind++) {
      long from = next;
      if (kind < shape.upper) {
        if (shape.pages(kind) > 0) {
          throw place.damaged("has an array of chunks of an odd shape");
        }
        blocks(shape, kind, from, new Blocks(block, block), entries, seen);
      } else {
        long above = bytes.address(block);
        if (above != Hdf5Bytes.UNDEFINED) {
          int start = prefix + shape.offsetBytes;
          long bitmap = shape.bitmap(kind);
          long all = start + bitmap + (long) shape.blocks(kind) * offsets;
          ByteBuffer own = checked(above, all, "EASB");
          ByteBuffer addresses = own.duplicate().order(own.order());
          addresses.position(start + (int) bitmap);
          blocks(shape, kind, from, new Blocks(addresses, own.position(start)), entries, seen);
        }
      }
      next += shape.blocks(kind) * shape.entries(kind);
    }
  }

  /**
   * Where blocks of one kind lie.
   *
   * @param addresses of the blocks, from its position on
   * @param bitmap a bit a page, from its position on; not looked at where blocks have no pages
   */
  private record Blocks(ByteBuffer addresses, ByteBuffer bitmap) {
    boolean has(long page) {
      int bits = bitmap.get(Math.toIntExact(bitmap.position() + page / 8));
      return (bits & 0x80 >> page % 8) != 0;
    }
  }

  private void blocks(
      Shape shape, int kind, long first, Blocks blocks, Entries entries, Set<Long> seen) {
    long count = shape.entries(kind);
    long pages = shape.pages(kind);
    int prefix = 6 + bytes.storage().getSizeOfOffsets() + shape.offsetBytes;
    for (int i = 0; i < shape.blocks(kind); i++) {
      long address = bytes.address(blocks.addresses);
      if (address == Hdf5Bytes.UNDEFINED) {
        continue;
      }
      Hdf5Tree.once(seen, address);
      if (pages == 0) {
        ByteBuffer block = checked(address, prefix + count * shape.width, "EADB");
        entries.take(first + i * count, count, block.position(prefix));
        continue;
      }
      checked(address, prefix, "EADB");
      long pageBytes = shape.page * shape.width;
      for (long page = 0; page < pages; page++) {
        if (blocks.has(i * pages + page)) {
          long at = address + prefix + 4 + page * (pageBytes + 4); // a checksum behind each
          entries.take(
              first + i * count + page * shape.page, shape.page, checked(at, pageBytes, ""));
        }
      }
    }
  }

  private ByteBuffer checked(long address, long length, String mark) {
    return new Hdf5Tree(bytes).checked(address, length, mark);
  }
}
