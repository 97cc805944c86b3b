package juxta.toolkit.volume;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a window is laid over a scan, so that windows of one size cover all of it. Along an axis of
 * n voxels, windows of p start at min(k stride, n - p), k = 0 .. ceil((n - p) / stride): the last
 * one ends with the scan. An axis shorter than the window gets one window with the scan in its
 * middle, a voxel more on the far side if that must be.
 *
 * @param scan size of the scan
 * @param patch size of a window
 * @param xs where windows start along the first axis, in voxels of the scan; below 0 where the scan
 *     is smaller
 * @param ys the same along the second axis
 * @param zs the same along the third axis
 */
public record Windows(
    Extent scan, Extent patch, List<Integer> xs, List<Integer> ys, List<Integer> zs) {
  /**
   * Copies.
   *
   * @param scan see the record
   * @param patch see the record
   * @param xs see the record
   * @param ys see the record
   * @param zs see the record
   */
  public Windows {
    xs = List.copyOf(xs);
    ys = List.copyOf(ys);
    zs = List.copyOf(zs);
  }

  /**
   * The first voxel of a window, in voxels of the scan; below 0 where the scan is smaller.
   *
   * @param x along the first axis
   * @param y along the second axis
   * @param z along the third axis
   */
  public record Origin(int x, int y, int z) {}

  /**
   * Lays out windows.
   *
   * @param scan size of the scan
   * @param patch size of a window
   * @param stride steps from window to window, no longer than the window
   * @return the windows
   * @throws IllegalArgumentException if voxels would lie between two windows
   */
  public static Windows of(Extent scan, Extent patch, Extent stride) {
    return new Windows(
        scan,
        patch,
        starts(scan.x(), patch.x(), stride.x()),
        starts(scan.y(), patch.y(), stride.y()),
        starts(scan.z(), patch.z(), stride.z()));
  }

  private static List<Integer> starts(int size, int patch, int stride) {
    int last = size - patch;
    if (last > 0 && stride > patch) {
      throw new IllegalArgumentException("a stride of " + stride + " over windows of " + patch);
    }
    if (last < 0) {
      return List.of(-(-last / 2));
    }
    int steps = (int) (((long) last + stride - 1) / stride);
    return IntStream.rangeClosed(0, steps)
        .mapToObj(k -> (int) Math.min((long) k * stride, last))
        .toList();
  }

  /**
   * Number of windows.
   *
   * @return 1 or more
   */
  public int count() {
    return Math.multiplyExact(Math.multiplyExact(xs.size(), ys.size()), zs.size());
  }

  /**
   * Where a window starts. Windows are numbered with z running fastest.
   *
   * @param window its number, from 0
   * @return its first voxel
   */
  public Origin origin(int window) {
    return new Origin(
        xs.get(window / zs.size() / ys.size()),
        ys.get(window / zs.size() % ys.size()),
        zs.get(window % zs.size()));
  }

  /** Takes voxels that follow each other both in the scan and in a window. */
  @FunctionalInterface
  interface Run {
    void take(int inScan, int inPatch, int length);
  }

  /** Walks over what a window and the scan have in common. */
  void runs(int window, Run run) {
    Origin origin = origin(window);
    int firstZ = Math.max(0, origin.z());
    int length = Math.min(scan.z(), origin.z() + patch.z()) - firstZ;
    int endX = Math.min(scan.x(), origin.x() + patch.x());
    int endY = Math.min(scan.y(), origin.y() + patch.y());
    for (int x = Math.max(0, origin.x()); x < endX; x++) {
      for (int y = Math.max(0, origin.y()); y < endY; y++) {
        run.take(
            scan.index(x, y, firstZ),
            patch.index(x - origin.x(), y - origin.y(), firstZ - origin.z()),
            length);
      }
    }
  }
}
