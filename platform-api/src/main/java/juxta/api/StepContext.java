package juxta.api;

import org.apiguardian.api.API;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TType;

/** What a step is built from. */
@API(status = API.Status.STABLE, since = "0.1")
public interface StepContext {
  /**
   * The root of the graph.
   *
   * @return the scope
   */
  GraphScope scope();

  /**
   * The records of a stream, as stored.
   *
   * @param stream name of a stream of the phase's sampler
   * @return the batch, on the device
   */
  Batch batch(String stream);

  /**
   * The records of the stream {@link Sampler#MAIN}.
   *
   * @return the batch, on the device
   */
  default Batch batch() {
    return batch(Sampler.MAIN);
  }

  /**
   * A placeholder that a {@link Step.Program} feeds.
   *
   * @param <T> type of the elements
   * @param name its name
   * @param type class of the elements' type
   * @param shape its shape, -1 where unknown
   * @return the placeholder
   */
  <T extends TType> Operand<T> feed(String name, Class<T> type, long... shape);
}
