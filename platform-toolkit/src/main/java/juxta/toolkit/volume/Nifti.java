package juxta.toolkit.volume;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import juxta.api.UserException;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.io.ReadingLimits;

/**
 * Scans in NIfTI files, {@code .nii} and {@code .nii.gz}: the brain imaging format that most tools
 * for medical images read.
 *
 * @see <a href="https://nifti.nimh.nih.gov/">the standard</a>
 */
public final class Nifti {
  private static final int OFFSET = NiftiHeader.ONE + 4;
  private static final int MILLIMETRES = 2;
  private static final int SCANNER = 1;

  private Nifti() {}

  /**
   * Reads a file of version 1 or 2, of either byte order, of whole numbers of up to 64 bits or of
   * floats. Numbers are scaled as the header says and rounded to 32-bit floats; voxels come in the
   * order of the file's axes, whichever way these point.
   *
   * @param file a file with one frame; packed if its name ends in {@code .gz}
   * @return the scan
   * @throws UserException if the file is absent, damaged or of an unknown kind, naming it
   */
  public static Scan read(Path file) {
    return ReadingLimits.of(file, () -> readAll(file));
  }

  private static Scan readAll(Path file) {
    boolean gzip = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    try (InputStream in = VoxelStream.open(file, gzip)) {
      NiftiHeader header = NiftiHeader.read(file, in);
      VoxelStream voxels = header.voxels();
      voxels.check(gzip);
      Grid grid = header.grid(voxels.sizes());
      in.skipNBytes(header.gap());
      return new Scan(grid, voxels.read(in, gzip), new NiftiAffine(header).placement());
    } catch (IOException e) {
      throw ScanFaults.of(file, e);
    }
  }

  /**
   * Writes 32-bit floats as NIfTI-1, packed. A file that is there is replaced, whole or not at all.
   *
   * @param file its name should end in {@code .nii.gz}
   * @param scan the scan
   * @throws UserException if the file cannot be written or an axis has more than 32767 voxels
   */
  public static void write(Path file, Scan scan) {
    write(
        file,
        scan.grid(),
        VoxelType.FLOAT32,
        (row, at, voxel) -> row.putFloat(at, scan.voxels()[voxel]));
  }

  /**
   * Writes a class a voxel as NIfTI-1 of unsigned bytes, packed. A file that is there is replaced,
   * whole or not at all.
   *
   * @param file its name should end in {@code .nii.gz}
   * @param grid where the voxels lie
   * @param classes [x, y, z] class indices from 0 to 255
   * @throws UserException if the file cannot be written or an axis has more than 32767 voxels
   * @throws IllegalArgumentException if the classes are not as many as the grid's voxels
   */
  public static void writeMask(Path file, Grid grid, byte[] classes) {
    if (classes.length != grid.voxels()) {
      throw new IllegalArgumentException(classes.length + " classes for " + grid);
    }
    write(file, grid, VoxelType.UINT8, (row, at, voxel) -> row.put(at, classes[voxel]));
  }

  /** Puts one voxel into a row of bytes. */
  private interface Put {
    void at(ByteBuffer row, int at, int voxel);
  }

  private static void write(Path file, Grid grid, VoxelType type, Put put) {
    if (Math.max(grid.x(), Math.max(grid.y(), grid.z())) > Short.MAX_VALUE) {
      throw new UserException(
          "cannot write "
              + file
              + ": NIfTI-1 holds up to 32767 voxels along an axis; cut the scan first");
    }
    AtomicFile.write(
        file,
        channel -> {
          try (OutputStream out =
              new GZIPOutputStream(new LeftOpen(Channels.newOutputStream(channel)), 1 << 16)) {
            out.write(header(grid, type));
            ByteBuffer row =
                ByteBuffer.allocate(grid.x() * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            for (int k = 0; k < grid.z(); k++) {
              for (int j = 0; j < grid.y(); j++) {
                for (int i = 0; i < grid.x(); i++) {
                  put.at(row, i * type.bytes(), (i * grid.y() + j) * grid.z() + k);
                }
                out.write(row.array());
              }
            }
          }
        });
  }

  private static byte[] header(Grid grid, VoxelType type) {
    ByteBuffer header = ByteBuffer.allocate(OFFSET).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0, NiftiHeader.ONE);
    int[] dim = {3, grid.x(), grid.y(), grid.z(), 1, 1, 1, 1};
    for (int i = 0; i < dim.length; i++) {
      header.putShort(40 + 2 * i, (short) dim[i]);
      header.putFloat(76 + 4 * i, 1);
    }
    header.putShort(70, (short) type.niftiCode()).putShort(72, (short) (8 * type.bytes()));
    for (int axis = 0; axis < 3; axis++) {
      header.putFloat(80 + 4 * axis, (float) grid.spacing(axis));
    }
    header.putFloat(108, OFFSET).putFloat(112, 1).put(123, (byte) MILLIMETRES);
    header.putShort(254, (short) SCANNER);
    for (int i = 0; i < 12; i++) {
      header.putFloat(280 + 4 * i, grid.affine().get(i).floatValue());
    }
    header.position(344).put("n+1".getBytes(StandardCharsets.US_ASCII));
    return header.array();
  }

  /** The file is still needed, to be forced to the disk, when all is packed. */
  private static final class LeftOpen extends FilterOutputStream {
    LeftOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
