package juxta.inference;

/**
 * How a model runs.
 *
 * @param threads that one call may use; 0 for as many as the processor has cores
 * @param batch pictures of a list that run through the model at once, 1 or more
 * @since 0.1
 */
public record Options(int threads, int batch) {
  /** All cores, 8 pictures at once: more take more memory, and on processors no less time. */
  public static final Options DEFAULTS = new Options(0, 8);

  /**
   * Checks the numbers.
   *
   * @param threads see the record
   * @param batch see the record
   * @throws IllegalArgumentException if one is too small
   */
  public Options {
    if (threads < 0) {
      throw new IllegalArgumentException("threads are 0 or more, not " + threads);
    }
    if (batch < 1) {
      throw new IllegalArgumentException("a batch is of 1 or more, not " + batch);
    }
  }

  /**
   * The same with another number of threads.
   *
   * @param count that one call may use, 0 for all cores
   * @return new options
   */
  public Options threads(int count) {
    return new Options(count, batch);
  }

  /**
   * The same with another size of batches.
   *
   * @param size pictures that run through the model at once
   * @return new options
   */
  public Options batch(int size) {
    return new Options(threads, size);
  }
}
