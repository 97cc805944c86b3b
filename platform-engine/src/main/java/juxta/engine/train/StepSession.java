package juxta.engine.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Parameter;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;

/** The graph of a training phase in a session: parameters in and out, and single steps. */
final class StepSession implements AutoCloseable {
  private final StepGraph graph;
  private final GraphSession session;

  /** Opens a session; the graph is settled and stays the caller's. */
  StepSession(StepGraph graph, Placement placement, Precision precision) {
    this.graph = graph;
    this.session =
        new GraphSession(graph.builder(), placement.config(precision), placement.remote());
  }

  GraphSession session() {
    return session;
  }

  /** Loads data that are held; parameters that have a value get it, the others their first one. */
  void start(ParameterStore store) {
    GraphBuilder builder = graph.builder();
    List<String> fresh = new ArrayList<>();
    Map<String, Value> known = new LinkedHashMap<>();
    for (Parameter<?> parameter : builder.parameters()) {
      String own = parameter.name();
      String source = store.has(own) ? own : builder.followed(own);
      if (!store.has(source)) {
        fresh.add(own);
        continue;
      }
      Value value = store.value(source);
      if (!value.shape().equals(parameter.shape())) {
        throw new UserException(
            "parameter '"
                + own
                + "' has shape "
                + parameter.shape()
                + " but the given weights have "
                + value.shape()
                + "; use the encoder and settings that they were trained with");
      }
      known.put(own, value);
    }
    session.write(known);
    session.initialize(fresh);
    graph.feeds().values().forEach(feed -> feed.start(session::feed));
  }

  /** Puts all parameters as they are into a store. */
  void collect(ParameterStore store) {
    List<Parameter<?>> parameters = graph.builder().parameters();
    Map<String, Value> values = session.read(parameters.stream().map(Parameter::name).toList());
    for (Parameter<?> parameter : parameters) {
      store.put(
          parameter.name(),
          new ParameterStore.Entry(values.get(parameter.name()), parameter.layout()));
    }
  }

  /** What runs of a step are fed besides its records. */
  void at(long step, Map<String, Double> scalars) {
    session.step(step);
    scalars.forEach(session::scalar);
  }

  /**
   * Takes a step.
   *
   * @param scalars values of the phase's schedules
   * @param wanted what its final run fetches
   * @param targets what its final run does besides
   * @return what was fetched
   */
  Map<String, Value> step(
      long step,
      Map<String, Double> scalars,
      Prefetch.Prepared prepared,
      Map<String, ? extends Operand<?>> wanted,
      List<Op> targets) {
    at(step, scalars);
    StepRuns runs = new StepRuns(graph, session, prepared.tensors(), wanted, targets);
    graph.step().program().run(runs, prepared.records());
    return runs.fetched();
  }

  @Override
  public void close() {
    session.close();
  }
}
