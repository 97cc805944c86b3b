package juxta.toolkit.volume;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Segments a scan that is larger than what a network takes: windows are segmented a few at a time,
 * and each voxel gets the mean of the probabilities in all windows that cover it. Beside the scan,
 * memory holds the probabilities of the whole scan and of two batches of windows.
 *
 * <p>Two batches are under way at any time: while one waits for a thread of its own, for the host
 * to cut it out or to add it up, the other keeps the processor busy. They are added up in order, so
 * the sums do not depend on which is ready first.
 *
 * @param windows where the windows lie
 * @param batch windows at once
 */
public record SlidingWindow(Windows windows, int batch) {
  private static final int UNDER_WAY = 2;

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

  /** Segments windows; two threads call it at once. */
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
    ExecutorService workers = Executors.newFixedThreadPool(UNDER_WAY);
    try {
      Deque<Part> parts = new ArrayDeque<>();
      for (int from = 0; from < windows.count(); from += batch) {
        int first = from;
        int count = Math.min(batch, windows.count() - from);
        parts.add(
            new Part(
                first,
                count,
                workers.submit(() -> network.apply(cut(scan, channels, first, count), count))));
        if (parts.size() == UNDER_WAY) {
          add(parts.remove(), sums, done);
        }
      }
      while (!parts.isEmpty()) {
        add(parts.remove(), sums, done);
      }
    } finally {
      end(workers);
    }
    return sums.means();
  }

  /** A batch of windows and what the network makes of it. */
  private record Part(int from, int count, Future<float[]> probabilities) {}

  private static void add(Part part, WindowSums sums, IntConsumer done) {
    try {
      sums.add(part.from(), part.count(), part.probabilities().get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("segmentation was interrupted");
    }
    done.accept(part.from() + part.count());
  }

  /** The network may be closed once this returns, so nothing may run in it any more. */
  private static void end(ExecutorService workers) {
    workers.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = workers.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
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
