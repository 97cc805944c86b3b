package juxta.engine.train;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;

/** Finds what a run of a graph needs. */
final class Reach {
  private Reach() {}

  /**
   * All operations that a run may reach.
   *
   * @param graph the finished graph
   * @param fetches what the run fetches
   * @param targets what it does besides
   */
  static Set<GraphOperation> of(
      Graph graph, Collection<? extends Operand<?>> fetches, Collection<? extends Op> targets) {
    Set<GraphOperation> ends = new LinkedHashSet<>();
    fetches.forEach(fetch -> ends.add((GraphOperation) fetch.asOutput().op()));
    targets.forEach(target -> ends.add((GraphOperation) target.op()));
    Set<GraphOperation> all = new LinkedHashSet<>(graph.subgraphToOps(ends));
    all.addAll(ends);
    return all;
  }
}
