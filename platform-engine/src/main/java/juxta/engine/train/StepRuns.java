package juxta.engine.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Step;
import juxta.api.Value;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;

/** The runs of one step, over the records that make it up. */
final class StepRuns implements Step.Runner {
  private final StepGraph graph;
  private final GraphSession session;
  private final Map<Operand<?>, Tensor> records;
  private final Map<String, ? extends Operand<?>> wanted;
  private final List<Op> targets;
  private final Map<String, Value> fetched = new LinkedHashMap<>();

  /**
   * Prepares.
   *
   * @param records what is fed in all runs; the caller closes it
   * @param wanted what the final run fetches
   * @param targets what it does besides
   */
  StepRuns(
      StepGraph graph,
      GraphSession session,
      Map<Operand<?>, Tensor> records,
      Map<String, ? extends Operand<?>> wanted,
      List<Op> targets) {
    this.graph = graph;
    this.session = session;
    this.records = records;
    this.wanted = wanted;
    this.targets = targets;
  }

  /** What the final run fetched. */
  Map<String, Value> fetched() {
    return fetched;
  }

  @Override
  public Map<String, Value> run(String name, Map<String, Value> feeds) {
    Step.Run run =
        graph.step().runs().stream()
            .filter(r -> r.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the step has no run '" + name + "'"));
    return fed(feeds, run.fetches(), run.targets());
  }

  @Override
  public void train(Map<String, Value> feeds) {
    fetched.putAll(fed(feeds, wanted, targets));
  }

  /** Runs a part of the graph. */
  Map<String, Value> fed(
      Map<String, Value> feeds, Map<String, ? extends Operand<?>> fetches, List<Op> operations) {
    Map<Operand<?>, Tensor> all = new LinkedHashMap<>(records);
    List<Tensor> own = new ArrayList<>();
    try {
      feeds.forEach(
          (name, value) -> {
            Tensor tensor = Tensors.of(value);
            own.add(tensor);
            all.put(graph.placeholder(name), tensor);
          });
      Map<String, Operand<?>> once = new LinkedHashMap<>(); // a tensor may have several names
      fetches.values().forEach(operand -> once.putIfAbsent(output(operand), operand));
      List<Value> values = session.values(all, List.copyOf(once.values()), operations);
      List<String> order = List.copyOf(once.keySet());
      Map<String, Value> byName = new LinkedHashMap<>();
      fetches.forEach(
          (name, operand) -> byName.put(name, values.get(order.indexOf(output(operand)))));
      return byName;
    } finally {
      own.forEach(Tensor::close);
    }
  }

  private static String output(Operand<?> operand) {
    return operand.op().name() + ":" + operand.asOutput().index();
  }
}
