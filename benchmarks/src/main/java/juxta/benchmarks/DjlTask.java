package juxta.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;

/** What DJL trains. */
interface DjlTask {
  /** All that is trained. */
  SequentialBlock network();

  /** Shape of the batch. */
  Shape input(Options options);

  /** The batch, which exists before the first step. */
  NDArray batch(NDManager manager, Options options);

  /** Makes what the loss needs besides. */
  Loss loss(NDManager manager, Options options);

  /** The loss of what the network made of the batch. */
  @FunctionalInterface
  interface Loss {
    NDArray of(NDArray output);
  }
}
