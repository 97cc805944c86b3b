package juxta.plugin.datasets;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Decides whether decoded images are kept in memory or made anew whenever they are asked for. */
final class Pixels {
  /** Decoded images up to this many bytes are kept. */
  private static final long LIMIT = 1L << 30;

  private Pixels() {}

  /** Whether so many bytes are kept: they must leave half of the heap to others. */
  static boolean fits(long bytes) {
    return bytes <= Math.min(LIMIT, Runtime.getRuntime().maxMemory() / 2);
  }

  /**
   * Makes all images at once on all cores.
   *
   * @param images number of images
   * @param make makes one, safe to call from several threads
   * @param doing what the progress display says
   * @param progress told how much is done
   * @return gives the images made
   */
  static IntFunction<byte[]> keep(
      int images, IntFunction<byte[]> make, String doing, BiConsumer<String, Double> progress) {
    byte[][] kept = new byte[images][];
    AtomicInteger done = new AtomicInteger();
    int step = Math.max(1, images / 100);
    IntStream.range(0, images)
        .parallel()
        .forEach(
            i -> {
              kept[i] = make.apply(i);
              int count = done.incrementAndGet();
              if (count % step == 0) {
                synchronized (done) {
                  progress.accept(doing, (double) count / images);
                }
              }
            });
    return i -> kept[i];
  }

  /** Keeps the images if they fit, otherwise makes each one when it is asked for. */
  static IntFunction<byte[]> keepIfFits(
      int images,
      long bytesEach,
      IntFunction<byte[]> make,
      String doing,
      BiConsumer<String, Double> progress) {
    return fits(images * bytesEach) ? keep(images, make, doing, progress) : make;
  }
}
