package juxta.toolkit.volume;

/** The border of a mask. */
public final class Surface {
  private Surface() {}

  /**
   * The mask without its erosion by the cross of six neighbours: voxels of the mask that touch a
   * voxel outside it with a face. What lies outside the volume is outside the mask.
   *
   * @param mask [X, Y, Z], 0 where the mask is not
   * @param extent X, Y and Z
   * @return [X, Y, Z], 1 on the border and 0 elsewhere
   */
  public static byte[] of(byte[] mask, Extent extent) {
    extent.check(mask);
    byte[] border = new byte[mask.length];
    int index = 0;
    for (int x = 0; x < extent.x(); x++) {
      for (int y = 0; y < extent.y(); y++) {
        for (int z = 0; z < extent.z(); z++, index++) {
          border[index] = (byte) (mask[index] != 0 && touches(mask, extent, x, y, z) ? 1 : 0);
        }
      }
    }
    return border;
  }

  private static boolean touches(byte[] mask, Extent extent, int x, int y, int z) {
    if (x == 0 || y == 0 || z == 0) {
      return true;
    }
    if (x == extent.x() - 1 || y == extent.y() - 1 || z == extent.z() - 1) {
      return true;
    }
    int index = extent.index(x, y, z);
    int row = extent.z();
    int plane = extent.y() * extent.z();
    return mask[index - 1] == 0
        || mask[index + 1] == 0
        || mask[index - row] == 0
        || mask[index + row] == 0
        || mask[index - plane] == 0
        || mask[index + plane] == 0;
  }
}
