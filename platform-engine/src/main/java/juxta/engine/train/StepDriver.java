package juxta.engine.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Step;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TType;

/**
 * A training phase, driven from outside one step at a time. Graph, feeds and runs are those of a
 * {@link Trainer}; what is left out is what surrounds its steps: validation, progress, checkpoints.
 *
 * <p>The session opens when a value is first asked for; until then operations may be added to the
 * graph, for {@link #look} to compute.
 */
public final class StepDriver implements AutoCloseable {
  private final TrainingPhase phase;
  private final Trainer.Conditions conditions;
  private final ParameterStore start;
  private final StepGraph graph;
  private final Map<String, Double> held = new LinkedHashMap<>();
  private Optional<StepSession> session = Optional.empty();

  /**
   * Builds the graph.
   *
   * @param name name of the phase, part of every seed of the graph
   * @param phase the phase
   * @param conditions data, seed, precision and placement
   * @param start values of parameters, by full name; those without one get their first. What an
   *     optimiser remembers is taken over if it is there, whatever the phase says
   */
  public StepDriver(
      String name, TrainingPhase phase, Trainer.Conditions conditions, ParameterStore start) {
    this.phase = phase;
    this.conditions = conditions;
    this.start = new ParameterStore(start.entries());
    this.graph =
        new StepGraph(
            conditions.seed(),
            name,
            conditions.placement().arithmetic(conditions.precision()),
            conditions.placement().spread(),
            conditions.placement().own(),
            conditions.data(),
            phase);
  }

  /**
   * Where further operations may be added before the first value is asked for.
   *
   * @return the root of the graph
   */
  public GraphScope scope() {
    return graph.scope();
  }

  /**
   * The step as it was built.
   *
   * @return the step
   */
  public Step step() {
    return graph.step();
  }

  /**
   * All parameters of the graph, what the optimiser remembers among them.
   *
   * @return in order of creation
   */
  public List<Parameter<?>> parameters() {
    return graph.builder().parameters();
  }

  /**
   * The weight that a moving average follows.
   *
   * @param parameter full name
   * @return full name of the weight followed, or the parameter's own name if it follows none
   */
  public String followed(String parameter) {
    return graph.builder().followed(parameter);
  }

  /**
   * Values of parameters, all from the same moment.
   *
   * @param parameters full names
   * @return values by name, in the graph's layout
   */
  public Map<String, Value> read(List<String> parameters) {
    return session().session().read(parameters);
  }

  /**
   * Gives parameters other values.
   *
   * @param values by full name, in the graph's layout
   */
  public void write(Map<String, Value> values) {
    session().session().write(values);
  }

  /**
   * Feeds a scalar with one value from now on, whatever its schedule says.
   *
   * @param scalar its name, such as {@link TrainingPhase#LEARNING_RATE}
   * @param value its value
   */
  public void hold(String scalar, double value) {
    held.put(scalar, value);
  }

  /**
   * Takes a step on the records that the phase's sampler draws for it.
   *
   * @param number number of the step, from 0
   * @param history validation values of the phase so far, for its schedules
   * @return the step's outputs by name, as they were before its updates
   */
  public Map<String, Value> train(long number, List<Double> history) {
    try (Prefetch.Prepared prepared = prepared(number)) {
      return session()
          .step(
              number,
              scalars(number, history),
              prepared,
              step().outputs(),
              graph.builder().updates());
    }
  }

  /**
   * Does one run of a step of several, and no other.
   *
   * @param number number of the step, from 0
   * @param run name of the run
   * @param feeds values by name of what the step feeds
   * @return what the run fetches, by name
   */
  public Map<String, Value> run(long number, String run, Map<String, Value> feeds) {
    return with(number, runs -> runs.run(run, feeds));
  }

  /**
   * Computes parts of the graph for a step; nothing changes. What a step of one run feeds, its
   * program says, unless it is given; what one of several runs feeds must be given.
   *
   * @param number number of the step, from 0
   * @param wanted what to compute, by any names
   * @param feeds values by name of what the step feeds
   * @return the values by the same names
   */
  public Map<String, Value> look(
      long number,
      Map<String, ? extends Operand<? extends TType>> wanted,
      Map<String, Value> feeds) {
    if (!feeds.isEmpty() || !step().runs().isEmpty()) {
      return with(number, runs -> runs.fed(feeds, wanted, List.of()));
    }
    try (Prefetch.Prepared prepared = prepared(number)) {
      return session().step(number, scalars(number, List.of()), prepared, wanted, List.of());
    }
  }

  private Map<String, Value> with(long number, Function<StepRuns, Map<String, Value>> what) {
    StepSession session = session();
    session.at(number, scalars(number, List.of()));
    try (Prefetch.Prepared prepared = prepared(number)) {
      return what.apply(
          new StepRuns(graph, session.session(), prepared.tensors(), Map.of(), List.of()));
    }
  }

  private Map<String, Double> scalars(long number, List<Double> history) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    phase.schedules().forEach((name, values) -> scalars.put(name, values.at(number, history)));
    scalars.putAll(held);
    return scalars;
  }

  private Prefetch.Prepared prepared(long number) {
    session();
    Map<String, int[]> records = phase.sampler().indices(conditions.seed(), number);
    return new Prefetch.Prepared(number, records, graph.tensors(records));
  }

  private StepSession session() {
    if (session.isEmpty()) {
      graph.settleAll();
      session = Optional.of(new StepSession(graph, conditions.placement(), conditions.precision()));
      session.get().start(start);
    }
    return session.get();
  }

  @Override
  public void close() {
    session.ifPresent(StepSession::close);
    graph.close();
  }
}
