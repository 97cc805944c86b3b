package juxta.benchmarks;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * The machine's own roof: one product of square matrices, large enough for the fastest kernels and
 * small enough for the caches of a core to matter as they do in a network.
 */
final class Roof implements Lane {
  private static final int SIDE = 2048;

  private final Graph graph = new Graph();
  private final Session session;
  private final Operand<TFloat32> product;

  Roof(ConfigProto config) {
    Ops tf = Ops.create(graph);
    Shape shape = Shape.of(SIDE, SIDE);
    VarHandleOp a = tf.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName("a"));
    Operand<TFloat32> random =
        tf.random.statelessRandomNormal(
            tf.constant(new long[] {SIDE, SIDE}), tf.constant(new long[] {1, 2}));
    var assign = tf.assignVariableOp(a, random);
    Operand<TFloat32> x = tf.readVariableOp(a, TFloat32.class);
    product =
        tf.slice(
            tf.linalg.matMul(x, x), tf.constant(new int[] {0, 0}), tf.constant(new int[] {1, 1}));
    session = new Session(graph, config);
    session.runner().addTarget(assign).run().close();
  }

  /** Billions of operations in one step. */
  static double gigaflop() {
    return 2e-9 * SIDE * SIDE * SIDE;
  }

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public Sample step() {
    Stopwatch watch = Stopwatch.start();
    try (Result result = session.runner().fetch(product).run()) {
      return watch.stop(((TFloat32) result.get(0)).getFloat(0, 0));
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
