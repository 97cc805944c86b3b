package juxta.engine.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Field;
import juxta.api.UserException;
import juxta.engine.cluster.Address;
import juxta.engine.cluster.ServerGraph;
import juxta.toolkit.graph.Remote;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.io.FifoQueue;
import org.tensorflow.op.io.QueueDequeue;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** How a worker is asked to read records of its own data. */
final class RecordChannel implements AutoCloseable {
  private final Address worker;
  private final String folder;
  private final String name;
  private final String fold;
  private final ServerGraph graph;
  private final Placeholder<TString> words;
  private final Placeholder<TInt64> numbers;
  private final Placeholder<TInt32> records;
  private final Op ask;
  private final List<Operand<?>> answer;
  private final Op end;
  private long asked;
  private long answered;
  private boolean closed;

  /**
   * A channel; the worker is told with the first request.
   *
   * @param worker where it is
   * @param server the same, as a server of TensorFlow
   * @param folder where it lays records
   * @param name of the channel, which nobody has had before
   * @param fold of its data, empty for all
   */
  RecordChannel(Address worker, Remote server, String folder, String name, String fold) {
    this.worker = worker;
    this.folder = folder;
    this.name = name;
    this.fold = fold;
    this.graph = new ServerGraph(server);
    Ops tf = graph.tf();
    words = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
    numbers = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
    records = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    ask = tf.io.queueEnqueue(RecordQueues.requests(tf), List.of(words, numbers, records));
    FifoQueue answers = RecordQueues.answers(tf, name);
    QueueDequeue taken = tf.io.queueDequeue(answers, RecordQueues.ANSWER);
    answer = List.copyOf(taken.components());
    end = tf.destroyResourceOp(answers);
  }

  /** Where the worker is. */
  Address worker() {
    return worker;
  }

  /**
   * Asks for records, and does not wait for them.
   *
   * @param file its number; records are added to those that it has
   * @param split name of the split
   * @param fields what of it
   * @param wanted which records
   * @param forget files of smaller numbers are not needed any more
   */
  void ask(long file, String split, List<Field> fields, int[] wanted, long forget) {
    List<String> all = new ArrayList<>(List.of(name, fold, split));
    fields.forEach(field -> all.add(field.name()));
    Map<Operand<?>, Tensor> feeds = new LinkedHashMap<>();
    asked++;
    try (Tensor text = TString.tensorOf(NdArrays.vectorOfObjects(all.toArray(String[]::new)));
        Tensor number = TInt64.tensorOf(StdArrays.ndCopyOf(new long[] {asked, file, forget}));
        Tensor which = Tensors.of(wanted)) {
      feeds.put(words, text);
      feeds.put(numbers, number);
      feeds.put(records, which);
      graph.run(feeds, List.of(), List.of(ask)).close();
    }
  }

  /** Waits until all that was asked for is there. */
  void await() {
    while (answered < asked) {
      try (Result result = graph.run(Map.of(), answer, List.of())) {
        answered = ((TInt64) result.get(0)).getLong();
        String problem = ((TString) result.get(1)).getObject();
        if (!problem.isEmpty()) {
          throw new UserException("worker " + worker + ": " + problem);
        }
      }
    }
  }

  /** The path of a file at the worker, to be fed to a graph. */
  Tensor path(long file, int field) {
    return TString.scalarOf(Path.of(folder, RecordQueues.file(name, file, field)).toString());
  }

  /** Says that nothing will be asked for any more; not after a fault. */
  @Override
  public void close() {
    if (closed || asked > answered) {
      return; // the worker may hang
    }
    closed = true;
    ask(0, "", List.of(), new int[0], Long.MAX_VALUE);
    await();
    graph.run(Map.of(), List.of(), List.of(end)).close();
    graph.close();
  }
}
