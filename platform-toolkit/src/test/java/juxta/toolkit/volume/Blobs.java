package juxta.toolkit.volume;

import java.util.Random;

/** Masks for tests. */
final class Blobs {
  private Blobs() {}

  /** Voxels that are set with a given probability. */
  static byte[] random(Extent extent, double share, long seed) {
    Random random = new Random(seed);
    byte[] mask = new byte[extent.voxels()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (random.nextDouble() < share ? 1 : 0);
    }
    return mask;
  }

  /** A box with its first voxel at x, y, z. */
  static byte[] box(Extent extent, int x, int y, int z, Extent size) {
    byte[] mask = new byte[extent.voxels()];
    for (int i = x; i < x + size.x(); i++) {
      for (int j = y; j < y + size.y(); j++) {
        for (int k = z; k < z + size.z(); k++) {
          mask[extent.index(i, j, k)] = 1;
        }
      }
    }
    return mask;
  }

  /** The voxels given, three indices each. */
  static byte[] points(Extent extent, int... xyz) {
    byte[] mask = new byte[extent.voxels()];
    for (int i = 0; i < xyz.length; i += 3) {
      mask[extent.index(xyz[i], xyz[i + 1], xyz[i + 2])] = 1;
    }
    return mask;
  }

  /** The mask seen in a mirror across one axis. */
  static byte[] flipped(byte[] mask, Extent extent, int axis) {
    byte[] flipped = new byte[mask.length];
    for (int i = 0; i < extent.x(); i++) {
      for (int j = 0; j < extent.y(); j++) {
        for (int k = 0; k < extent.z(); k++) {
          int to =
              extent.index(
                  axis == 0 ? extent.x() - 1 - i : i,
                  axis == 1 ? extent.y() - 1 - j : j,
                  axis == 2 ? extent.z() - 1 - k : k);
          flipped[to] = mask[extent.index(i, j, k)];
        }
      }
    }
    return flipped;
  }

  /** The extent with axes in the order z, x, y. */
  static Extent turned(Extent extent) {
    return new Extent(extent.z(), extent.x(), extent.y());
  }

  /** The mask with axes in the order z, x, y. */
  static byte[] turned(byte[] mask, Extent extent) {
    byte[] turned = new byte[mask.length];
    for (int i = 0; i < extent.x(); i++) {
      for (int j = 0; j < extent.y(); j++) {
        for (int k = 0; k < extent.z(); k++) {
          turned[turned(extent).index(k, i, j)] = mask[extent.index(i, j, k)];
        }
      }
    }
    return turned;
  }
}
