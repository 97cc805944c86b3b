package juxta.toolkit.volume;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import juxta.api.UserException;

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
   * Reads a file of whole numbers of up to 32 bits or of floats, of either byte order, raw or
   * packed with gzip. Numbers are rounded to 32-bit floats; voxels come in the order of the file's
   * axes, whichever way these point.
   *
   * @param file a file with one frame, or a header that names the one file beside it with the
   *     voxels
   * @return the scan
   * @throws UserException if the file is absent, damaged or of an unknown kind, naming it
   */
  public static Scan read(Path file) {
    Path reading = file;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      NrrdHeader header = NrrdHeader.read(file, in);
      Optional<String> apart = header.field("data file");
      if (apart.isEmpty()) {
        return read(header, file, in);
      }
      reading = beside(file, apart.get());
      try (InputStream data = new BufferedInputStream(Files.newInputStream(reading), BUFFER)) {
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
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
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
    Grid grid =
        new Grid(
            (int) sizes[0], (int) sizes[1], (int) sizes[2], new NrrdAffine(header).millimetres());
    InputStream plain = in;
    if (header.gzip()) {
      plain = new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
    }
    plain.skipNBytes(header.skip());
    return new Scan(grid, voxels.read(plain));
  }

  /** A header from elsewhere must not have files read that lie elsewhere. */
  private static Path beside(Path header, String name) {
    if (name.matches("LIST.*|.*%.*|.*[/\\\\].*|\\.*")) {
      throw ScanFaults.of(
          header,
          "has its voxels in '" + name + "', which is not one file in the same folder",
          "write scan and header to one .nrrd file");
    }
    return header.resolveSibling(name);
  }
}
