package juxta.toolkit.volume;

import java.util.Arrays;

/** Connected parts of a mask. */
public final class Components {
  private Components() {}

  /**
   * The largest part of a mask whose voxels touch each other with a face, an edge or a corner (26
   * neighbours). Of equally large parts it is the one that comes first.
   *
   * @param mask [X, Y, Z], 0 where the mask is not
   * @param extent X, Y and Z
   * @return [X, Y, Z], 1 in that part and 0 elsewhere; all 0 for an empty mask
   */
  public static byte[] largest(byte[] mask, Extent extent) {
    extent.check(mask);
    byte[] seen = new byte[mask.length];
    int[] largest = {};
    Flood flood = new Flood(mask, extent, seen);
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0 && seen[i] == 0) {
        int size = flood.from(i);
        if (size > largest.length) {
          largest = Arrays.copyOf(flood.found, size);
        }
      }
    }
    byte[] kept = new byte[mask.length];
    for (int index : largest) {
      kept[index] = 1;
    }
    return kept;
  }

  /** Finds one part after another; recursion would run out of stack. */
  private static final class Flood {
    private final byte[] mask;
    private final Extent extent;
    private final byte[] seen;
    private int[] found = new int[1024];
    private int count;

    Flood(byte[] mask, Extent extent, byte[] seen) {
      this.mask = mask;
      this.extent = extent;
      this.seen = seen;
    }

    /** Collects the part of a voxel; returns its size. */
    int from(int first) {
      count = 0;
      add(first);
      for (int next = 0; next < count; next++) {
        int x = found[next] / (extent.y() * extent.z());
        int y = found[next] / extent.z() % extent.y();
        int z = found[next] % extent.z();
        for (int i = Math.max(0, x - 1); i <= Math.min(extent.x() - 1, x + 1); i++) {
          for (int j = Math.max(0, y - 1); j <= Math.min(extent.y() - 1, y + 1); j++) {
            for (int k = Math.max(0, z - 1); k <= Math.min(extent.z() - 1, z + 1); k++) {
              int index = extent.index(i, j, k);
              if (mask[index] != 0 && seen[index] == 0) {
                add(index);
              }
            }
          }
        }
      }
      return count;
    }

    private void add(int index) {
      if (count == found.length) {
        found = Arrays.copyOf(found, (int) Math.min(mask.length, 2L * count));
      }
      found[count++] = index;
      seen[index] = 1;
    }
  }
}
