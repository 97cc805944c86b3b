package juxta.toolkit.data;

import java.util.stream.IntStream;

/**
 * Records that a stream is drawn from.
 *
 * @param stream name of the stream
 * @param split name of the split
 * @param records indices of the records; not copied
 * @param batch records a step
 */
public record Pool(String stream, String split, int[] records, int batch) {
  /**
   * A pool of a whole split.
   *
   * @param stream name of the stream
   * @param split name of the split
   * @param size number of its records
   * @param batch records a step
   * @return the pool
   */
  public static Pool whole(String stream, String split, int size, int batch) {
    return new Pool(stream, split, IntStream.range(0, size).toArray(), batch);
  }
}
