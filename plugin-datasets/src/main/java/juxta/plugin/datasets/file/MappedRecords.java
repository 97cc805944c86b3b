package juxta.plugin.datasets.file;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import juxta.api.UserException;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.io.RegularFile;

/**
 * A file of equal records, mapped into memory: the operating system reads what is asked for, so the
 * file may be larger than memory. Safe to read from several threads.
 */
public final class MappedRecords {
  /** Java maps at most 2 GiB at once; a file is mapped in pieces of whole records below this. */
  private static final long PIECE = 1L << 30;

  private final int length;
  private final int perPiece;
  private final int size;
  private final List<MappedByteBuffer> pieces;

  private MappedRecords(int length, int perPiece, int size, List<MappedByteBuffer> pieces) {
    this.length = length;
    this.perPiece = perPiece;
    this.size = size;
    this.pieces = List.copyOf(pieces);
  }

  /**
   * Maps a file.
   *
   * @param file the file
   * @param length bytes of a record
   * @throws UserException if the file is empty or does not hold whole records
   */
  public static MappedRecords open(Path file, int length) {
    try (FileChannel channel = RegularFile.channel(file)) {
      long bytes = channel.size();
      RecordLength.check(file, bytes, length);
      int perPiece = (int) (PIECE / length);
      List<MappedByteBuffer> pieces = new ArrayList<>();
      for (long at = 0; at < bytes; at += (long) perPiece * length) {
        long piece = Math.min(bytes - at, (long) perPiece * length);
        pieces.add(channel.map(FileChannel.MapMode.READ_ONLY, at, piece));
      }
      return new MappedRecords(length, perPiece, Math.toIntExact(bytes / length), pieces);
    } catch (IOException e) {
      throw DataFolder.unreadable(file, e);
    }
  }

  public int size() {
    return size;
  }

  public byte[] record(int index) {
    byte[] bytes = new byte[length];
    pieces.get(index / perPiece).get(index % perPiece * length, bytes);
    return bytes;
  }

  public void addTo(Fingerprint fingerprint, String name) {
    for (MappedByteBuffer piece : pieces) {
      fingerprint.add(name, piece);
    }
  }
}
