package juxta.plugin.datasets.cifar;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import juxta.api.UserException;
import juxta.plugin.datasets.file.RecordLength;
import juxta.toolkit.data.DataFolder;
import juxta.toolkit.data.Fingerprint;

/**
 * Files of equal records: label bytes, then a 32x32 colour picture as three planes, row by row.
 *
 * @param files the files with their content, in order
 * @param labelBytes label bytes a record
 */
record PlanarRecords(List<Content> files, int labelBytes) {
  static final int SIDE = 32;
  private static final int PLANE = SIDE * SIDE;

  /**
   * A file read whole.
   *
   * @param file where it lies
   * @param bytes all of it
   */
  record Content(Path file, byte[] bytes) {}

  /** Reads files and checks that each holds whole records. */
  static PlanarRecords read(List<Path> files, int labelBytes) {
    int length = labelBytes + 3 * PLANE;
    return new PlanarRecords(
        files.stream().map(file -> new Content(file, checked(file, length))).toList(), labelBytes);
  }

  private static byte[] checked(Path file, int length) {
    byte[] bytes = DataFolder.read(file);
    RecordLength.check(file, bytes.length, length);
    return bytes;
  }

  int length() {
    return labelBytes + 3 * PLANE;
  }

  int size() {
    return files.stream().mapToInt(content -> content.bytes().length / length()).sum();
  }

  /**
   * The labels.
   *
   * @param at which label byte of a record
   * @param classes labels are below this number
   */
  int[] labels(int at, int classes) {
    int[] labels = new int[size()];
    int next = 0;
    for (Content content : files) {
      for (int start = 0; start < content.bytes().length; start += length()) {
        int label = content.bytes()[start + at] & 0xFF;
        if (label >= classes) {
          throw new UserException(
              ("%s: label %d at offset %d is out of range, labels go from 0 to %d; the file is"
                      + " damaged or of another format, download it again")
                  .formatted(content.file(), label, start + at, classes - 1));
        }
        labels[next++] = label;
      }
    }
    return labels;
  }

  /** The pictures in the order [height, width, channels]. */
  IntFunction<byte[]> pictures() {
    byte[][] source = new byte[size()][];
    int[] start = new int[size()];
    int next = 0;
    for (Content content : files) {
      for (int offset = 0; offset < content.bytes().length; offset += length()) {
        source[next] = content.bytes();
        start[next++] = offset + labelBytes;
      }
    }
    return record -> interleaved(source[record], start[record]);
  }

  private static byte[] interleaved(byte[] bytes, int start) {
    byte[] picture = new byte[3 * PLANE];
    for (int i = 0; i < PLANE; i++) {
      picture[3 * i] = bytes[start + i];
      picture[3 * i + 1] = bytes[start + PLANE + i];
      picture[3 * i + 2] = bytes[start + 2 * PLANE + i];
    }
    return picture;
  }

  void addTo(Fingerprint fingerprint) {
    files.forEach(content -> fingerprint.add(DataFolder.name(content.file()), content.bytes()));
  }
}
