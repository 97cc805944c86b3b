package juxta.plugin.datasets.volume;

import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The trees of an HDF5 file, of both kinds. No node is read twice: a file may claim nodes that hang
 * on several others, and would take any time to go through.
 *
 * @param bytes the file
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html">the format,
 *     III.A</a>
 */
record Hdf5Tree(Hdf5Bytes bytes) {
  private static final int OVERHEAD = 10;

  /**
   * An entry of a leaf of the first kind.
   *
   * @param key what stands before it
   * @param address where it leads
   */
  record Entry(ByteBuffer key, long address) {}

  /**
   * Entries of a tree of the first kind.
   *
   * @param root address of its uppermost node
   * @param keyBytes length of a key
   */
  List<Entry> first(long root, int keyBytes) {
    int offsets = bytes.storage().getSizeOfOffsets();
    List<Entry> entries = new ArrayList<>();
    Deque<Long> nodes = new ArrayDeque<>(List.of(root));
    Set<Long> seen = new HashSet<>();
    while (!nodes.isEmpty()) {
      long address = nodes.remove();
      once(seen, address);
      ByteBuffer head = marked(address, 8, "TREE");
      int level = head.get(5);
      int count = head.getShort(6) & 0xFFFF;
      ByteBuffer body = bytes.at(address + 8 + 2L * offsets, (long) count * (keyBytes + offsets));
      for (int i = 0; i < count; i++) {
        ByteBuffer key = part(body, keyBytes);
        long child = bytes.address(body);
        if (level == 0) {
          entries.add(new Entry(key, child));
        } else {
          nodes.add(child);
        }
      }
    }
    return entries;
  }

  /** A node of the second kind: how far it is above the leaves, and how many records it has. */
  private record Node(long address, int depth, long records) {}

  /** Records of a tree of the second kind. */
  List<ByteBuffer> second(long address) {
    int offsets = bytes.storage().getSizeOfOffsets();
    int headLength = 18 + offsets + bytes.storage().getSizeOfLengths();
    ByteBuffer head = checked(address, headLength, "BTHD").position(6);
    int nodeBytes = head.getInt();
    int recordBytes = head.getShort() & 0xFFFF;
    int depth = head.getShort() & 0xFFFF;
    head.getShort(); // when nodes are split and merged
    long root = bytes.address(head);
    long rootRecords = head.getShort() & 0xFFFF;
    long all = bytes.length(head);
    List<ByteBuffer> records = new ArrayList<>();
    if (root == Hdf5Bytes.UNDEFINED) {
      return records; // the tree was planted, but nothing written
    }
    if (recordBytes == 0 || nodeBytes <= OVERHEAD + recordBytes || depth > 32) {
      throw new IllegalArgumentException("a tree with odd nodes");
    }
    Widths widths = Widths.of(nodeBytes, recordBytes, depth, offsets);
    Deque<Node> nodes = new ArrayDeque<>(List.of(new Node(root, depth, rootRecords)));
    Set<Long> seen = new HashSet<>();
    while (!nodes.isEmpty()) {
      Node node = nodes.remove();
      once(seen, node.address);
      boolean leaf = node.depth == 0;
      int pointer = leaf ? 0 : offsets + widths.count + widths.total(node.depth);
      long length = 6 + node.records * recordBytes + (leaf ? 0 : (node.records + 1) * pointer);
      ByteBuffer body = checked(node.address, length, leaf ? "BTLF" : "BTIN").position(6);
      for (int i = 0; i < node.records; i++) {
        records.add(part(body, recordBytes));
      }
      for (int i = 0; !leaf && i <= node.records; i++) {
        long child = bytes.address(body);
        long count = Hdf5Bytes.unsigned(body, widths.count);
        body.position(body.position() + widths.total(node.depth));
        nodes.add(new Node(child, node.depth - 1, count));
      }
    }
    if (records.size() != all) {
      throw new IllegalArgumentException(
          "a tree of " + records.size() + " records that says it has " + all);
    }
    return records;
  }

  /**
   * Bytes of numbers in nodes: as many as the greatest needs that can stand there.
   *
   * @param count of the number of records of a node
   * @param totals of the number of records of a node and all below it, by its depth
   */
  private record Widths(int count, List<Integer> totals) {
    static Widths of(int nodeBytes, int recordBytes, int depth, int offsets) {
      long most = (nodeBytes - OVERHEAD) / recordBytes;
      int count = width(most);
      List<Integer> totals = new ArrayList<>(List.of(0));
      long below = most;
      for (int level = 1; level <= depth; level++) {
        int pointer = offsets + count + totals.get(level - 1);
        long here = (nodeBytes - OVERHEAD - pointer) / (recordBytes + pointer);
        below = (here + 1) * below + here;
        totals.add(width(below));
      }
      return new Widths(count, totals);
    }

    private static int width(long most) {
      return Math.max(1, (71 - Long.numberOfLeadingZeros(Math.max(1, most))) / 8);
    }

    /** Of the total of a child of a node; leaves have none. */
    int total(int depth) {
      return depth < 2 ? 0 : totals.get(depth - 1);
    }
  }

  /** Complains of a block that was read already. */
  static void once(Set<Long> seen, long address) {
    if (!seen.add(address)) {
      throw new IllegalArgumentException("a tree whose nodes hang on several others");
    }
  }

  private static ByteBuffer part(ByteBuffer from, int length) {
    ByteBuffer part = from.slice(from.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    from.position(from.position() + length);
    return part;
  }

  private ByteBuffer marked(long address, long length, String mark) {
    ByteBuffer block = bytes.at(address, length);
    byte[] start = new byte[mark.length()];
    block.get(0, start);
    if (!new String(start, StandardCharsets.ISO_8859_1).equals(mark)) {
      throw new IllegalArgumentException("no block begins with " + mark + " at " + address);
    }
    return block;
  }

  /**
   * A block of the newer kinds, which has a checksum behind it.
   *
   * @param length without the checksum
   * @param mark what it begins with
   */
  ByteBuffer checked(long address, long length, String mark) {
    ByteBuffer block = marked(address, length + 4, mark);
    byte[] summed = new byte[Math.toIntExact(length)];
    block.get(0, summed);
    if (block.getInt(summed.length) != JenkinsLookup3HashLittle.hash(summed)) {
      throw new IllegalArgumentException("a block whose checksum does not fit");
    }
    return ByteBuffer.wrap(summed).order(ByteOrder.LITTLE_ENDIAN);
  }
}
