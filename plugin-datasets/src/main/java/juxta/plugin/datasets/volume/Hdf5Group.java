package juxta.plugin.datasets.volume;

import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.SymbolTableEntry;
import io.jhdf.object.message.LinkMessage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a group of an HDF5 file holds. Only names are read: what else lies in a file may be of any
 * kind.
 *
 * @param links by name, in the order of the file
 */
record Hdf5Group(Map<String, Link> links) {
  private static final int SOFT = 2;

  /** Where a name leads. */
  sealed interface Link {}

  /**
   * To an object.
   *
   * @param address of its header
   */
  record Hard(long address) implements Link {}

  /**
   * To another name.
   *
   * @param path from the top, or from the group itself
   */
  record Soft(String path) implements Link {}

  /** Out of the file. */
  record Elsewhere() implements Link {}

  /** Reads a group; what is none has no links. */
  static Hdf5Group of(Hdf5Bytes bytes, Hdf5Header header) {
    Map<String, Link> links = new LinkedHashMap<>();
    header.find(Hdf5Header.TABLE).ifPresent(table -> table(bytes, table, links));
    header.find(Hdf5Header.LINKS).ifPresent(info -> heap(bytes, info, links));
    header.all(Hdf5Header.LINK).forEach(link -> put(bytes, link, links));
    return new Hdf5Group(links);
  }

  /** The older way: a tree of tables, with names in a heap. */
  private static void table(Hdf5Bytes bytes, ByteBuffer message, Map<String, Link> links) {
    long tree = bytes.address(message);
    ByteBuffer names = new LocalHeap(bytes.storage(), bytes.address(message)).getDataBuffer();
    int key = bytes.storage().getSizeOfLengths();
    for (Hdf5Tree.Entry node : new Hdf5Tree(bytes).first(tree, key)) {
      for (SymbolTableEntry entry :
          new GroupSymbolTableNode(bytes.storage(), node.address()).getSymbolTableEntries()) {
        Link link =
            entry.getCacheType() == SOFT
                ? new Soft(name(names, entry.getLinkValueOffset()))
                : new Hard(entry.getObjectHeaderAddress());
        links.put(name(names, entry.getLinkNameOffset()), link);
      }
    }
  }

  private static String name(ByteBuffer names, int at) {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    for (int i = at; names.get(i) != 0; i++) {
      name.write(names.get(i));
    }
    return name.toString(StandardCharsets.UTF_8);
  }

  /** The newer way where there are many: links in a heap, found through a tree. */
  private static void heap(Hdf5Bytes bytes, ByteBuffer message, Map<String, Link> links) {
    message.get(); // version
    boolean counted = (message.get() & 1) != 0;
    message.position(message.position() + (counted ? 8 : 0));
    long heapAddress = bytes.address(message);
    long tree = bytes.address(message);
    if (heapAddress == Hdf5Bytes.UNDEFINED || tree == Hdf5Bytes.UNDEFINED) {
      return; // all links are messages
    }
    FractalHeap heap = new FractalHeap(bytes.storage(), heapAddress);
    for (ByteBuffer record : new Hdf5Tree(bytes).second(tree)) {
      ByteBuffer id = record.position(4).slice().order(ByteOrder.LITTLE_ENDIAN); // behind a hash
      put(bytes, heap.getId(id), links);
    }
  }

  private static void put(Hdf5Bytes bytes, ByteBuffer message, Map<String, Link> links) {
    LinkMessage link = LinkMessage.fromBuffer(message, bytes.storage().getSuperblock());
    links.put(
        link.getLinkName(),
        switch (link.getLinkType()) {
          case HARD -> new Hard(link.getHardLinkAddress());
          case SOFT -> new Soft(link.getSoftLink());
          default -> new Elsewhere();
        });
  }
}
