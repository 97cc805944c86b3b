package juxta.toolkit.volume;

/**
 * How probable each class is at each voxel.
 *
 * @param extent X, Y and Z
 * @param classes number of classes C, the background first
 * @param values [X, Y, Z, C]; not copied
 */
public record Probabilities(Extent extent, int classes, float[] values) {
  /**
   * Checks the sizes.
   *
   * @param extent see the record
   * @param classes see the record
   * @param values see the record
   */
  public Probabilities {
    if ((long) extent.voxels() * classes != values.length) {
      throw new IllegalArgumentException(
          extent + " voxels of " + classes + " classes are not " + values.length + " values");
    }
  }

  /**
   * The class of each voxel. Of two classes the second must be more probable than a half; of more,
   * the most probable is taken, of equals the first.
   *
   * @return [X, Y, Z] class indices as unsigned bytes
   * @throws IllegalStateException if there are not 2 to 256 classes
   */
  public byte[] mask() {
    if (classes < 2 || classes > 256) {
      throw new IllegalStateException("no mask of " + classes + " classes");
    }
    byte[] mask = new byte[extent.voxels()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (classes == 2 ? (values[2 * i + 1] > 0.5f ? 1 : 0) : best(i * classes));
    }
    return mask;
  }

  private int best(int from) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      best = values[from + c] > values[from + best] ? c : best;
    }
    return best;
  }
}
