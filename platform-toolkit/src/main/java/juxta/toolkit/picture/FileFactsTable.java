package juxta.toolkit.picture;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import juxta.picture.ImageSize;
import juxta.picture.Orientation;
import juxta.picture.PictureHeader;
import juxta.toolkit.data.Fingerprint;
import juxta.toolkit.io.AtomicFile;

/**
 * The file with what is known about the picture files of one folder. One that is damaged, or of
 * another version, counts as none.
 *
 * @param file where it lies
 */
record FileFactsTable(Path file) {
  private static final int MAGIC = 0x4A584602;
  private static final int DIGEST = 32;

  /**
   * A line of the table.
   *
   * @param bytes length of the file
   * @param changed nanoseconds from 1970 to its last change
   * @param fact what it holds
   */
  record Entry(long bytes, long changed, FileFact fact) {}

  /**
   * The table of a folder.
   *
   * @param root the folder, absolute
   * @param cache folder for derived files
   */
  static FileFactsTable of(Path root, Path cache) {
    String name = new Fingerprint().add("root", root.toString()).hex().substring(0, DIGEST);
    return new FileFactsTable(cache.resolve("read-files").resolve(name + ".facts"));
  }

  /** The entries by the names of their files, relative to the folder. */
  Map<String, Entry> read() {
    try {
      return Files.exists(file) ? decode(Files.readAllBytes(file)) : Map.of();
    } catch (IOException | BufferUnderflowException e) {
      return Map.of();
    }
  }

  private static Map<String, Entry> decode(byte[] all) {
    int end = all.length - Integer.BYTES;
    ByteBuffer bytes = ByteBuffer.wrap(all);
    if (end < 2 * Integer.BYTES
        || bytes.getInt(end) != checksum(all, end)
        || bytes.getInt() != MAGIC) {
      return Map.of();
    }
    int count = bytes.getInt();
    Map<String, Entry> entries = new HashMap<>(2 * count);
    for (int i = 0; i < count; i++) {
      byte[] name = new byte[bytes.getInt()];
      bytes.get(name);
      long length = bytes.getLong();
      long changed = bytes.getLong();
      byte[] digest = new byte[DIGEST];
      bytes.get(digest);
      ImageSize size = new ImageSize(bytes.getInt(), bytes.getInt());
      PictureHeader header = new PictureHeader(size, Orientation.of(bytes.get()), bytes.get() != 0);
      entries.put(
          new String(name, StandardCharsets.UTF_8),
          new Entry(length, changed, new FileFact(digest, header)));
    }
    return entries;
  }

  /**
   * Writes the table.
   *
   * @throws juxta.api.UserException if that cannot be
   */
  void write(Map<String, Entry> entries) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(all)) {
      out.writeInt(MAGIC);
      out.writeInt(entries.size());
      for (Map.Entry<String, Entry> entry : entries.entrySet()) {
        byte[] name = entry.getKey().getBytes(StandardCharsets.UTF_8);
        out.writeInt(name.length);
        out.write(name);
        out.writeLong(entry.getValue().bytes());
        out.writeLong(entry.getValue().changed());
        out.write(entry.getValue().fact().digest());
        PictureHeader header = entry.getValue().fact().header();
        out.writeInt(header.size().height());
        out.writeInt(header.size().width());
        out.writeByte(1 + header.orientation().ordinal());
        out.writeBoolean(header.deep());
      }
      out.writeInt(checksum(all.toByteArray(), all.size()));
    } catch (IOException e) {
      throw new AssertionError("memory can be written to", e);
    }
    AtomicFile.write(file, all.toByteArray());
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }
}
