package juxta.toolkit.volume;

import java.util.function.IntConsumer;

/**
 * Segments a scan that is larger than what a network takes: windows are segmented a few at a time,
 * and each voxel gets the mean of the probabilities in all windows that cover it. Beside the scan,
 * memory holds the probabilities of the whole scan and of one batch of windows.
 *
 * @param windows where the windows lie
 * @param batch windows at once
 */
public record SlidingWindow(Windows windows, int batch) {
  /**
   * Checks.
   *
   * @param windows see the record
   * @param batch see the record
   */
  public SlidingWindow {
    if (batch < 1) {
      throw new IllegalArgumentException("a batch of " + batch + " windows");
    }
  }

  /** Segments windows. */
  @FunctionalInterface
  public interface Network {
    /**
     * Segments windows.
     *
     * @param patches [N, x, y, z, channels], 0 outside the scan
     * @param count N
     * @return [N, x, y, z, C], the probability of each class
     */
    float[] apply(float[] patches, int count);
  }

  /**
   * Segments a scan.
   *
   * @param scan [X, Y, Z, channels]
   * @param network segments windows
   * @param done is told how many windows are done
   * @return the mean probabilities
   */
  public Probabilities apply(float[] scan, Network network, IntConsumer done) {
    int voxels = windows.scan().voxels();
    int channels = scan.length / voxels;
    if (channels == 0 || scan.length % voxels != 0) {
      throw new IllegalArgumentException(
          "a scan of " + scan.length + " values, not of " + windows.scan());
    }
    WindowSums sums = new WindowSums(windows);
    for (int from = 0; from < windows.count(); from += batch) {
      int count = Math.min(batch, windows.count() - from);
      float[] patches = cut(scan, channels, from, count);
      sums.add(from, count, network.apply(patches, count));
      done.accept(from + count);
    }
    return sums.means();
  }

  private float[] cut(float[] scan, int channels, int from, int count) {
    int size = Math.multiplyExact(windows.patch().voxels(), channels);
    float[] patches = new float[Math.multiplyExact(size, count)];
    for (int n = 0; n < count; n++) {
      int start = n * size;
      windows.runs(
          from + n,
          (inScan, inPatch, length) ->
              System.arraycopy(
                  scan, inScan * channels, patches, start + inPatch * channels, length * channels));
    }
    return patches;
  }
}
