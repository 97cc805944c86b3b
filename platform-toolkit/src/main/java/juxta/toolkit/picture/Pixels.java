package juxta.toolkit.picture;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import juxta.toolkit.data.Problems;

/** Decides whether decoded images are kept in memory or made anew whenever they are asked for. */
public final class Pixels {
  /** Decoded images up to this many bytes are kept. */
  private static final long LIMIT = 1L << 30;

  private Pixels() {}

  /**
   * Whether so many bytes are kept: they must leave half of the heap to others.
   *
   * @param bytes of all decoded images
   * @return true if they fit
   */
  public static boolean fits(long bytes) {
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
   * @throws juxta.api.UserException naming all images that cannot be made
   */
  public static IntFunction<byte[]> keep(
      int images, IntFunction<byte[]> make, String doing, BiConsumer<String, Double> progress) {
    byte[][] kept = new byte[images][];
    Problems.collect(images, i -> kept[i] = make.apply(i), doing, progress);
    return i -> kept[i];
  }

  /**
   * Keeps each image from when it is first asked for; for images that are known to be sound.
   *
   * @param images number of images
   * @param make makes one, safe to call from several threads
   * @return gives an image
   */
  public static IntFunction<byte[]> keepOnceMade(int images, IntFunction<byte[]> make) {
    return keepOnceMade(new AtomicReferenceArray<>(images), make);
  }

  /**
   * The same where some images were made before.
   *
   * @param kept the images made, null where one is missing
   * @param make makes one, safe to call from several threads
   * @return gives an image
   */
  public static IntFunction<byte[]> keepOnceMade(
      AtomicReferenceArray<byte[]> kept, IntFunction<byte[]> make) {
    return i -> {
      byte[] known = kept.get(i);
      if (known == null) {
        known = make.apply(i); // two threads may both make it: they make the same
        kept.set(i, known);
      }
      return known;
    };
  }

  /**
   * Keeps the images if they fit, otherwise makes each one when it is asked for.
   *
   * @param images number of images
   * @param bytesEach bytes of a decoded image
   * @param make makes one, safe to call from several threads
   * @param doing what the progress display says
   * @param progress told how much is done
   * @return gives an image
   * @throws juxta.api.UserException naming all images that cannot be made
   */
  public static IntFunction<byte[]> keepIfFits(
      int images,
      long bytesEach,
      IntFunction<byte[]> make,
      String doing,
      BiConsumer<String, Double> progress) {
    return fits(images * bytesEach) ? keep(images, make, doing, progress) : make;
  }
}
