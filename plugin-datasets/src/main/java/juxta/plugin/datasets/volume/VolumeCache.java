package juxta.plugin.datasets.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import juxta.api.UserException;
import juxta.toolkit.io.AtomicFile;
import juxta.toolkit.io.Digest;
import juxta.toolkit.volume.Grid;
import juxta.toolkit.volume.Scan;

/**
 * Keeps prepared scans on disk. An entry bears a hash of what it was made from as its name and a
 * hash of its content at its end; one that is damaged is made anew.
 *
 * @param folder where entries lie; made when the first is written
 */
record VolumeCache(Path folder) {
  private static final int MAGIC = 0x4A585602;
  private static final int GRID = 3 * 4 + 12 * 8;
  private static final int HEAD = 4 + 2 * GRID + 1;
  private static final int DIGEST = 32;

  /**
   * The entry of a key; made and kept if it is not there.
   *
   * @param key hexadecimal digits that stand for all that the scan is made from
   * @param make makes it
   */
  LabelledScan get(String key, Supplier<LabelledScan> make) {
    Path file = folder.resolve(key + ".scan");
    Optional<LabelledScan> kept = read(file);
    if (kept.isPresent()) {
      return kept.get();
    }
    LabelledScan made = make.get();
    try {
      write(file, made);
    } catch (UserException e) {
      // The scan is there all the same; the next opening is only slower.
      System.getLogger(VolumeCache.class.getName())
          .log(System.Logger.Level.WARNING, e.getMessage());
    }
    return made;
  }

  private static Optional<LabelledScan> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return decode(Files.readAllBytes(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void write(Path file, LabelledScan scan) {
    AtomicFile.write(file, encode(scan));
  }

  private static byte[] encode(LabelledScan scan) {
    float[] voxels = scan.scan().voxels();
    int classBytes = scan.classes().map(classes -> classes.length).orElse(0);
    long length = HEAD + 4L * voxels.length + classBytes + DIGEST;
    if (length > Integer.MAX_VALUE - 8) {
      throw new UserException("a scan of " + voxels.length + " voxels is too large to be kept");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(MAGIC);
    put(bytes, scan.grid());
    put(bytes, scan.source());
    bytes.put((byte) (scan.classes().isPresent() ? 1 : 0));
    bytes.asFloatBuffer().put(voxels);
    bytes.position(bytes.position() + 4 * voxels.length);
    scan.classes().ifPresent(bytes::put);
    bytes.put(digest(bytes.array()));
    return bytes.array();
  }

  private static void put(ByteBuffer bytes, Grid grid) {
    bytes.putInt(grid.x()).putInt(grid.y()).putInt(grid.z());
    grid.affine().forEach(bytes::putDouble);
  }

  private static Grid grid(ByteBuffer bytes) {
    int x = bytes.getInt();
    int y = bytes.getInt();
    int z = bytes.getInt();
    List<Double> affine = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      affine.add(bytes.getDouble());
    }
    return new Grid(x, y, z, affine);
  }

  /** Of all but the place of the digest itself. */
  private static byte[] digest(byte[] bytes) {
    return Digest.sha256().add(ByteBuffer.wrap(bytes, 0, bytes.length - DIGEST)).bytes();
  }

  private static Optional<LabelledScan> decode(byte[] all) {
    if (all.length < HEAD + DIGEST
        || !Arrays.equals(digest(all), Arrays.copyOfRange(all, all.length - DIGEST, all.length))) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getInt() != MAGIC) {
      return Optional.empty();
    }
    Grid grid = grid(bytes);
    Grid source = grid(bytes);
    boolean labelled = bytes.get() == 1;
    float[] voxels = new float[grid.voxels()];
    bytes.asFloatBuffer().get(voxels);
    bytes.position(bytes.position() + 4 * voxels.length);
    byte[] classes = new byte[labelled ? voxels.length : 0];
    bytes.get(classes);
    return Optional.of(
        new LabelledScan(
            new Scan(grid, voxels), labelled ? Optional.of(classes) : Optional.empty(), source));
  }
}
