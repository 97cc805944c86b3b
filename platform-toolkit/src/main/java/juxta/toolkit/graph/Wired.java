package juxta.toolkit.graph;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.op.Op;

/**
 * The graph that a session runs: the one that was built or, where several devices share it, a copy
 * whose operations all have their devices, which operations of a graph cannot be given later.
 *
 * @param graph what runs
 * @param copied whether it is a copy
 * @param known operations of the copy by name, as far as they were asked for
 */
record Wired(Graph graph, boolean copied, Map<String, Operation> known) implements AutoCloseable {
  static Wired of(GraphBuilder builder) {
    if (builder.spread().isEmpty()) {
      return new Wired(builder.graph(), false, Map.of());
    }
    Graph copy = new Graph();
    try {
      copy.importGraphDef(Placing.of(builder.graph().toGraphDef(), builder.spread().get()));
    } catch (RuntimeException | Error e) {
      copy.close();
      throw e;
    }
    return new Wired(copy, true, new HashMap<>());
  }

  /** A tensor of the graph that was built, in the one that runs. */
  Operand<?> in(Operand<?> built) {
    if (!copied) {
      return built;
    }
    Output<?> output = built.asOutput();
    return operation(output.op().name()).output(output.index());
  }

  /** An operation of the graph that was built, in the one that runs. */
  Op in(Op built) {
    return copied ? new Target(operation(built.op().name())) : built;
  }

  private Operation operation(String name) {
    return known.computeIfAbsent(name, graph::operation);
  }

  @Override
  public void close() {
    if (copied) {
      graph.close();
    }
  }

  /** An operation that runs for its effect. */
  private record Target(Operation op) implements Op {}
}
