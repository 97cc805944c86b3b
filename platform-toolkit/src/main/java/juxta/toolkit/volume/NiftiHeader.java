package juxta.toolkit.volume;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The header of a NIfTI file of either version. Fields bear the names of the standard.
 *
 * @param file named in errors
 * @param bytes the header, in the byte order of the file
 */
record NiftiHeader(Path file, ByteBuffer bytes) {
  static final int ONE = 348;
  static final int TWO = 540;

  /** Voxels lie farther into a file only behind extensions, which are small. */
  private static final long FARTHEST = 1L << 26;

  /** Reads the header that a stream begins with. */
  static NiftiHeader read(Path file, InputStream in) throws IOException {
    byte[] start = in.readNBytes(4);
    if (start.length < 4) {
      throw ScanFaults.damaged(file, "is cut off: it ends within the header");
    }
    ByteBuffer size = ByteBuffer.wrap(start);
    ByteOrder order = ByteOrder.BIG_ENDIAN;
    if (size.getInt(0) != ONE && size.getInt(0) != TWO) {
      order = ByteOrder.LITTLE_ENDIAN;
    }
    int length = size.order(order).getInt(0);
    if (length != ONE && length != TWO) {
      throw ScanFaults.damaged(file, "is no NIfTI file (it does not begin with 348 or 540)");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(order).put(start);
    byte[] rest = in.readNBytes(length - 4);
    if (rest.length < length - 4) {
      throw ScanFaults.damaged(file, "is cut off: it ends within the header");
    }
    NiftiHeader header = new NiftiHeader(file, bytes.put(rest));
    header.checkMagic();
    return header;
  }

  boolean two() {
    return bytes.capacity() == TWO;
  }

  private void checkMagic() {
    String magic = new String(bytes.array(), two() ? 4 : 344, 3, StandardCharsets.ISO_8859_1);
    if (magic.equals("ni1") || magic.equals("ni2")) {
      throw ScanFaults.of(
          file,
          "is a header whose voxels lie in another file",
          "convert the pair to one .nii file");
    }
    if (!magic.equals(two() ? "n+2" : "n+1")) {
      throw ScanFaults.damaged(file, "is no NIfTI file (its magic word is wrong)");
    }
  }

  /** Number of bytes between the header and the voxels. */
  long gap() {
    double offset = two() ? bytes.getLong(168) : bytes.getFloat(108);
    // some writers say 0 and mean: right behind the header and its four bytes of flags
    long start = offset == 0 ? bytes.capacity() + 4L : (long) offset;
    if (!(start >= bytes.capacity() && start <= FARTHEST)) {
      throw ScanFaults.damaged(file, "has its voxels at the absurd offset " + start);
    }
    return start - bytes.capacity();
  }

  VoxelStream voxels() {
    double slope = real(112, 176);
    double intercept = real(116, 184);
    boolean scaled = Double.isFinite(slope) && slope != 0 && Double.isFinite(intercept);
    return new VoxelStream(
        file, sizes(), type(), bytes.order(), scaled ? slope : 1, scaled ? intercept : 0);
  }

  private VoxelType type() {
    int code = two() ? bytes.getShort(12) : bytes.getShort(70);
    return VoxelType.ofNifti(code)
        .orElseThrow(
            () ->
                ScanFaults.of(
                    file,
                    "has voxels of datatype " + code + ", which is unknown here",
                    "convert it to whole numbers of 8 to 64 bits or to floats"));
  }

  private long[] sizes() {
    long axes = dim(0);
    if (axes < 1 || axes > 7) {
      throw ScanFaults.damaged(file, "has absurd dimensions (" + axes + " axes)");
    }
    for (int axis = 4; axis <= axes; axis++) {
      if (dim(axis) != 1) {
        throw ScanFaults.of(
            file,
            "has " + dim(axis) + " frames or channels",
            "take one of them out into a file of its own");
      }
    }
    long[] sizes = {1, 1, 1};
    for (int axis = 1; axis <= Math.min(3, axes); axis++) {
      sizes[axis - 1] = dim(axis);
    }
    return sizes;
  }

  Grid grid(long[] sizes) {
    return CheckedGrid.of(file, sizes, new NiftiAffine(this).millimetres());
  }

  private long dim(int i) {
    return two() ? bytes.getLong(16 + 8 * i) : bytes.getShort(40 + 2 * i);
  }

  double pixdim(int i) {
    return two() ? bytes.getDouble(104 + 8 * i) : bytes.getFloat(76 + 4 * i);
  }

  /** A number that lies at one place in version 1 and at another in version 2. */
  double real(int one, int two) {
    return two() ? bytes.getDouble(two) : bytes.getFloat(one);
  }

  int formCode(int one, int two) {
    return two() ? bytes.getInt(two) : bytes.getShort(one);
  }

  int units() {
    return (two() ? bytes.getInt(500) : bytes.get(123)) & 7;
  }
}
