package juxta.engine.train;

import java.util.List;
import org.tensorflow.op.Ops;
import org.tensorflow.op.io.FifoQueue;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * The queues at a worker by which it is asked for records. What is asked for are the numbers of
 * records; the worker lays the records themselves into files, which graphs on its devices read.
 */
final class RecordQueues {
  /** Words, numbers and records of a request. */
  static final List<Class<? extends TType>> REQUEST =
      List.of(TString.class, TInt64.class, TInt32.class);

  /** Number of the request, and what was wrong with it, empty if nothing was. */
  static final List<Class<? extends TType>> ANSWER = List.of(TInt64.class, TString.class);

  /** Words of a request before those of its fields: who asks, the fold, the split. */
  static final int CHANNEL = 0;

  static final int FOLD = 1;
  static final int SPLIT = 2;
  static final int FIELDS = 3;

  /** Numbers of a request: its own, that of the file, and up to which files may be deleted. */
  static final int NUMBER = 0;

  static final int FILE = 1;
  static final int FORGET = 2;

  private RecordQueues() {}

  /** All requests to a worker. */
  static FifoQueue requests(Ops tf) {
    return tf.io.fifoQueue(REQUEST, FifoQueue.sharedName("juxta.records"));
  }

  /** The answers to one who asks, whose name nobody has had before. */
  static FifoQueue answers(Ops tf, String channel) {
    return tf.io.fifoQueue(ANSWER, FifoQueue.sharedName("juxta.answers." + channel));
  }

  /** Name of the file with a field of records. */
  static String file(String channel, long file, int field) {
    return channel + "-" + file + "-" + field;
  }
}
