package juxta.plugin.datasets.volume;

import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What is told of an object of an HDF5 file: messages of several types.
 *
 * @param messages in the order of the file
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html">the format,
 *     IV.A</a>
 */
record Hdf5Header(List<Message> messages) {
  static final int SPACE = 1;
  static final int LINKS = 2;
  static final int TYPE = 3;
  static final int OLD_FILL = 4;
  static final int FILL = 5;
  static final int LINK = 6;
  static final int EXTERNAL = 7;
  static final int LAYOUT = 8;
  static final int FILTERS = 11;
  static final int TABLE = 17;
  private static final int CONTINUATION = 16;

  private static final int SHARED = 2;

  /**
   * One message.
   *
   * @param type what it tells of
   * @param shared whether it only says where the message is
   * @param body little endian
   */
  record Message(int type, boolean shared, ByteBuffer body) {}

  private record Block(long address, long length) {}

  /** Reads the header of an object. */
  static Hdf5Header read(Hdf5Bytes bytes, long address) {
    boolean second = bytes.at(address, 4).get(0) == 'O';
    List<Message> messages = new ArrayList<>();
    Deque<Block> blocks = new ArrayDeque<>();
    boolean ordered = false;
    if (second) {
      ByteBuffer start = bytes.at(address, 34);
      int flags = start.get(5);
      int at = 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
      int width = 1 << (flags & 3);
      long length = Hdf5Bytes.unsigned(start.position(at), width);
      ordered = (flags & 4) != 0;
      check(bytes, address, at + width + length);
      blocks.add(new Block(address + at + width, length));
    } else {
      blocks.add(new Block(address + 16, bytes.at(address, 16).getInt(8) & 0xFFFFFFFFL));
    }
    long room = bytes.storage().size();
    for (int count = 0; !blocks.isEmpty(); count++) {
      Block block = blocks.remove();
      room -= Math.max(1, block.length);
      if (room < 0) {
        throw new IllegalArgumentException("an object's header is longer than the file");
      }
      ByteBuffer all = bytes.at(block.address, block.length);
      if (second && count > 0) { // OCHK before the messages, a checksum behind them
        check(bytes, block.address, block.length - 4);
        all.position(4).limit(all.limit() - 4);
      }
      read(bytes, all, second, ordered, messages, blocks);
    }
    return new Hdf5Header(List.copyOf(messages));
  }

  /** Whether the checksum behind some bytes is theirs. */
  private static void check(Hdf5Bytes bytes, long address, long length) {
    ByteBuffer all = bytes.at(address, length + 4);
    byte[] summed = new byte[Math.toIntExact(length)];
    all.get(summed);
    if (all.getInt() != JenkinsLookup3HashLittle.hash(summed)) {
      throw new IllegalArgumentException("the checksum of an object's header does not fit");
    }
  }

  private static void read(
      Hdf5Bytes bytes,
      ByteBuffer from,
      boolean second,
      boolean ordered,
      List<Message> messages,
      Deque<Block> blocks) {
    int head = second ? ordered ? 6 : 4 : 8;
    while (from.remaining() >= head) {
      int start = from.position();
      int type = second ? from.get(start) & 0xFF : from.getShort(start) & 0xFFFF;
      int length = from.getShort(start + (second ? 1 : 2)) & 0xFFFF;
      int flags = from.get(start + (second ? 3 : 4));
      ByteBuffer body = from.slice(start + head, length).order(ByteOrder.LITTLE_ENDIAN);
      from.position(start + head + length);
      if (type == CONTINUATION) {
        blocks.add(new Block(bytes.address(body), bytes.length(body)));
      } else {
        messages.add(new Message(type, (flags & SHARED) != 0, body));
      }
    }
  }

  /** The message of a type, if there is one; each call gives a buffer of its own. */
  Optional<ByteBuffer> find(int type) {
    return all(type).stream().findFirst();
  }

  /** All messages of a type. */
  List<ByteBuffer> all(int type) {
    return messages.stream()
        .filter(message -> message.type == type)
        .map(message -> message.body.duplicate().order(ByteOrder.LITTLE_ENDIAN).rewind())
        .toList();
  }

  /** Whether the message of a type lies elsewhere, with others that use it too. */
  boolean shared(int type) {
    return messages.stream().anyMatch(message -> message.type == type && message.shared);
  }
}
