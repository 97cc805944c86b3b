package juxta.toolkit.picture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import juxta.toolkit.io.AtomicFile;

/**
 * A file of records of one length, mapped into memory: the records, a checksum of each, and a foot
 * with their number, their length and a checksum of the checksums. Safe to read from several
 * threads.
 */
final class Shard {
  private static final int MAGIC = 0x4A585001;
  private static final int FOOT = 4 * Integer.BYTES;

  /** Bytes of records that are made before they are written. */
  private static final int AT_ONCE = 1 << 25;

  private final int length;
  private final MappedByteBuffer bytes;
  private final int table;

  private Shard(int length, MappedByteBuffer bytes, int count) {
    this.length = length;
    this.bytes = bytes;
    this.table = count * length;
  }

  /** Bytes of the file of so many records. */
  static long bytes(int count, int length) {
    return (long) count * (length + Integer.BYTES) + FOOT;
  }

  /**
   * Writes a shard, making its records on all cores.
   *
   * @param file where; published when it is whole
   * @param count number of records
   * @param length bytes of each
   * @param make makes one; empty if it cannot be made
   * @return whether all could be made; otherwise there is no file
   * @throws juxta.api.UserException if nothing can be written there
   */
  static boolean write(Path file, int count, int length, IntFunction<Optional<byte[]>> make) {
    try {
      writeAll(file, count, length, make);
      return true;
    } catch (Incomplete e) {
      return false;
    }
  }

  private static void writeAll(
      Path file, int count, int length, IntFunction<Optional<byte[]>> make) {
    ByteBuffer end = ByteBuffer.allocate(count * Integer.BYTES + FOOT);
    int atOnce = Math.max(1, AT_ONCE / length);
    AtomicFile.write(
        file,
        channel -> {
          for (int from = 0; from < count; from += atOnce) {
            List<byte[]> made =
                IntStream.range(from, Math.min(count, from + atOnce))
                    .parallel()
                    .mapToObj(make)
                    .flatMap(Optional::stream)
                    .toList();
            for (byte[] record : made) {
              AtomicFile.writeAll(channel, ByteBuffer.wrap(record));
              end.putInt(checksum(ByteBuffer.wrap(record)));
            }
          }
          if (channel.position() != (long) count * length) {
            throw new Incomplete(); // not before all were tried
          }
          end.putInt(MAGIC).putInt(count).putInt(length);
          end.putInt(checksum(end.duplicate().flip())).flip();
          AtomicFile.writeAll(channel, end);
        });
  }

  /** Takes the half-written file away. */
  private static final class Incomplete extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /**
   * Maps a shard; its records are checked when they are read.
   *
   * @return the shard, empty if there is none there, or another, or its foot is damaged
   */
  static Optional<Shard> open(Path file, int count, int length) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() != bytes(count, length)) {
        return Optional.empty();
      }
      MappedByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      int foot = all.limit() - FOOT;
      boolean sound =
          all.getInt(foot) == MAGIC
              && all.getInt(foot + 4) == count
              && all.getInt(foot + 8) == length
              && all.getInt(foot + 12)
                  == checksum(all.slice(count * length, FOOT - 4 + count * Integer.BYTES));
      return sound ? Optional.of(new Shard(length, all, count)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A record; empty if it is damaged. */
  Optional<byte[]> record(int index) {
    byte[] record = new byte[length];
    try {
      bytes.get(index * length, record);
    } catch (InternalError e) {
      return Optional.empty(); // the file was cut off, or the disk cannot read it
    }
    int sum = bytes.getInt(table + index * Integer.BYTES);
    return checksum(ByteBuffer.wrap(record)) == sum ? Optional.of(record) : Optional.empty();
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return (int) sum.getValue();
  }
}
