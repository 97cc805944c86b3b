package juxta.toolkit.volume;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import juxta.api.UserException;
import juxta.toolkit.io.ReadingLimits;
import juxta.toolkit.io.RegularFile;

/**
 * Scans in NRRD files, {@code .nrrd} and {@code .nhdr}: the format of 3D Slicer and of several
 * challenges.
 *
 * @see <a href="https://teem.sourceforge.net/nrrd/format.html">the format</a>
 */
public final class Nrrd {
  private static final int BUFFER = 1 << 16;

  private Nrrd() {}

  /**
   * Reads a file of whole numbers of up to 64 bits or of floats, of either byte order, raw or
   * packed with gzip, behind lines or bytes of another format if the header says so. Numbers are
   * rounded to 32-bit floats; voxels come in the order of the file's axes, whichever way these
   * point.
   *
   * @param file a file with one frame, or a header that names the one file beside it with the
   *     voxels
   * @return the scan
   * @throws UserException if the file is absent, damaged or of an unknown kind, naming it
   */
  public static Scan read(Path file) {
    return ReadingLimits.of(file, () -> readAll(file));
  }

  private static Scan readAll(Path file) {
    Path reading = file;
    try (InputStream in = VoxelStream.open(file, false)) {
      NrrdHeader header = NrrdHeader.read(file, in);
      Optional<String> apart = header.field("data file");
      if (apart.isEmpty()) {
        return read(header, file, in);
      }
      reading = beside(file, apart.get());
      try (InputStream data = VoxelStream.open(reading, false)) {
        return read(header, reading, data);
      }
    } catch (IOException e) {
      throw ScanFaults.of(reading, e);
    }
  }

  /**
   * The files that a scan consists of.
   *
   * @param file as for {@link #read}
   * @return the file itself, and the one that it names where the voxels lie apart
   * @throws UserException if the file is absent or has no header, naming it
   */
  public static List<Path> files(Path file) {
    try (InputStream in = VoxelStream.open(file, false)) {
      Optional<String> apart = NrrdHeader.read(file, in).field("data file");
      return apart.isEmpty() ? List.of(file) : List.of(file, beside(file, apart.get()));
    } catch (IOException e) {
      throw ScanFaults.of(file, e);
    }
  }

  private static Scan read(NrrdHeader header, Path data, InputStream in) throws IOException {
    VoxelStream voxels = header.voxels(data);
    voxels.check(header.gzip());
    long[] sizes = voxels.sizes();
    NrrdAffine affine = new NrrdAffine(header);
    Grid grid = CheckedGrid.of(header.file(), sizes, affine.millimetres());
    long bytes = header.byteSkip();
    InputStream plain = in;
    if (bytes == NrrdHeader.TO_THE_END) {
      bytes = beforeTheLast(voxels.bytes(), header, data);
    } else {
      skipLines(in, header.lineSkip());
    }
    if (header.gzip()) {
      plain = new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
    }
    plain.skipNBytes(bytes);
    return new Scan(grid, voxels.read(plain, header.gzip()), affine.placement());
  }

  /** What lies between the header, if it is in the same file, and so many last bytes. */
  private static long beforeTheLast(long voxels, NrrdHeader header, Path data) throws IOException {
    long behind = Files.size(data) - (data.equals(header.file()) ? header.length() : 0);
    if (voxels > behind) {
      throw ScanFaults.damaged(
          data, "is cut off: its voxels take %d bytes, and %d are there".formatted(voxels, behind));
    }
    return behind - voxels;
  }

  private static void skipLines(InputStream in, long lines) throws IOException {
    for (long left = lines; left > 0; ) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException();
      }
      left -= c == '\n' ? 1 : 0;
    }
  }

  /** A list or a pattern stands for a file a slice. */
  private static Path beside(Path header, String name) {
    String[] words = name.split(" ");
    boolean pattern = name.indexOf('%') >= 0 && words.length > 3 && numbers(words);
    if (words.length == 0 || words[0].equals("LIST") || pattern) {
      throw ScanFaults.of(
          header,
          "has its voxels in '" + name + "', which is not one file in the same folder",
          "write scan and header to one .nrrd file");
    }
    return RegularFile.named(header, name);
  }

  /** Whether the last three words are first, last and step of a pattern. */
  private static boolean numbers(String... words) {
    return Arrays.stream(words, words.length - 3, words.length)
        .allMatch(word -> word.matches("-?\\d{1,9}"));
  }
}
