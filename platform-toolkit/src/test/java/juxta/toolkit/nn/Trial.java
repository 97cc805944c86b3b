package juxta.toolkit.nn;

import java.util.List;
import java.util.Map;
import juxta.api.GraphScope;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A graph to try layers in. */
final class Trial implements AutoCloseable {
  private final Graph graph = new Graph();
  private final GraphBuilder builder = new GraphBuilder(graph, 5, "trial");
  private GraphSession session;

  GraphScope root() {
    return builder.root();
  }

  GraphBuilder builder() {
    return builder;
  }

  /** A constant tensor of normal numbers. */
  Operand<TFloat32> normal(long seed, long... shape) {
    var tf = builder.root().tf();
    return tf.random.statelessRandomNormal(tf.constant(shape), tf.constant(new long[] {seed, 0}));
  }

  GraphSession session() {
    if (session == null) {
      session = new GraphSession(builder);
      session.initialize();
    }
    return session;
  }

  float[] get(Operand<TFloat32> tensor) {
    return session().floats(tensor);
  }

  /** Runs all updates of a step and computes a tensor. */
  float[] step(Operand<TFloat32> tensor) {
    return Tensors.floats(session().values(Map.of(), List.of(tensor), builder.updates()).get(0));
  }

  float[] parameter(String name) {
    return Tensors.floats(session().read(List.of(name)).get(name));
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
    graph.close();
  }
}
