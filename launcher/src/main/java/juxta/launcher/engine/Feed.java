package juxta.launcher.engine;

import java.util.Map;
import juxta.api.Batch;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;

/** Brings records of one split into a graph. */
interface Feed extends AutoCloseable {
  /** Bytes up to which a split is held on the device as a whole. */
  long RESIDENT_LIMIT = 2L << 30;

  /** The batch as the graph sees it. */
  Batch batch();

  /** Called once when the session is open. */
  void start(Loader loader);

  /** Tensors to feed for these records; the caller closes them. */
  Map<Operand<?>, Tensor> tensors(int[] records);

  @Override
  default void close() {}

  /** Runs an operation of the graph with one tensor fed. */
  @FunctionalInterface
  interface Loader {
    void load(Operand<?> placeholder, Tensor value, org.tensorflow.op.Op operation);
  }

  /**
   * Chooses how to feed a split.
   *
   * @param size records a batch, -1 if it varies
   */
  static Feed of(Ops tf, String name, juxta.api.Split split, long size) {
    long bytes =
        split.fields().stream()
            .filter(juxta.api.Field::fixed)
            .mapToLong(f -> Math.multiplyExact(f.bytes(), split.size()))
            .sum();
    // one tensor is filled from one array, which cannot hold more than 2^31 elements
    boolean fits =
        bytes <= RESIDENT_LIMIT
            && split.fields().stream()
                .filter(juxta.api.Field::fixed)
                .allMatch(f -> Math.multiplyExact(f.bytes(), split.size()) < Integer.MAX_VALUE);
    return fits ? new ResidentFeed(tf, name, split, size) : new StreamedFeed(tf, name, split, size);
  }
}
