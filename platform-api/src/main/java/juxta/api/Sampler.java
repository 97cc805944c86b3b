package juxta.api;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * Decides which records make up each step's batch. A batch has one or more streams, each with a
 * fixed number of records of one split: one stream for most methods; labelled and unlabelled, or
 * the two sides of a pair, for others.
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface Sampler {
  /** Name of the stream of methods that have one only. */
  String MAIN = "main";

  /**
   * The streams by name.
   *
   * @return at least one
   */
  Map<String, Stream> streams();

  /**
   * Steps that make up one pass over the data.
   *
   * @return 1 or more
   */
  long stepsPerEpoch();

  /**
   * The records of a step. The answer depends on the arguments only, so that a resumed run
   * continues exactly.
   *
   * @param seed the run's seed
   * @param step the step, from 0
   * @return record indices by stream, as many as the stream's size
   */
  Map<String, int[]> indices(long seed, long step);

  /**
   * Training examples of a step, which progress and cost are counted in. An image is one example
   * however many views it gives; where each side of a pair is a record of its own, so is a pair.
   *
   * @return the records of all streams, unless a sampler says otherwise
   */
  default int examplesPerStep() {
    return streams().values().stream().mapToInt(Stream::size).sum();
  }

  /**
   * A stream.
   *
   * @param split name of the split that it draws from
   * @param size records a step
   */
  record Stream(String split, int size) {}
}
