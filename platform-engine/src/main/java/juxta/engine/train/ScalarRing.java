package juxta.engine.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The scalars of the last steps, kept on the device: to fetch them after every step would have the
 * device wait for the host each time. It is no parameter of the model: checkpoints are without it.
 */
final class ScalarRing {
  private final List<String> names;
  private final int steps;
  private final Placeholder<TFloat32> first;
  private final Op start;
  private final Op write;
  private final Operand<TFloat32> read;

  /**
   * Adds a ring to a graph.
   *
   * @param scalars what is kept of a step, by name
   * @param steps how many steps are kept
   */
  ScalarRing(GraphBuilder builder, Map<String, Operand<TFloat32>> scalars, int steps) {
    this.names = List.copyOf(scalars.keySet());
    this.steps = steps;
    Ops tf = builder.root().sub("metrics").tf();
    Shape shape = Shape.of(steps, names.size());
    VarHandleOp ring =
        VarHandleOp.create(
            tf.scope(), TFloat32.class, shape, VarHandleOp.sharedName("juxta.metrics"));
    first = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    start = tf.assignVariableOp(ring, first);
    Operand<TInt64> row = tf.math.floorMod(builder.step(), tf.constant((long) steps));
    write =
        tf.resourceScatterUpdate(
            ring,
            tf.expandDims(row, tf.constant(0)), // [1]
            tf.expandDims(tf.stack(List.copyOf(scalars.values())), tf.constant(0))); // [1, n]
    read = tf.readVariableOp(ring, TFloat32.class);
  }

  /** How many steps it keeps. */
  int steps() {
    return steps;
  }

  /** Runs with a step: keeps its scalars. */
  Op write() {
    return write;
  }

  /** Makes it empty. */
  void start(GraphSession session) {
    long[] shape = {steps, names.size()};
    try (Tensor zeros = Tensors.of(Tensors.floats(shape, new float[steps * names.size()]))) {
      session.feed(first, zeros, start);
    }
  }

  /** The scalars of steps that are kept, in their order. */
  List<Map<String, Double>> read(GraphSession session, List<Long> numbers) {
    float[] all = Tensors.floats(session.values(Map.of(), List.of(read), List.of()).get(0));
    List<Map<String, Double>> found = new ArrayList<>();
    for (long number : numbers) {
      int row = (int) Math.floorMod(number, (long) steps);
      Map<String, Double> one = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        one.put(names.get(i), (double) all[row * names.size() + i]);
      }
      found.add(one);
    }
    return found;
  }
}
