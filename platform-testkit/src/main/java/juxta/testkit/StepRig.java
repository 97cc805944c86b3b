package juxta.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import juxta.api.Dataset;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Method;
import juxta.api.Parameter;
import juxta.api.Phase;
import juxta.api.Sampler;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.engine.train.ParameterStore;
import juxta.engine.train.StepDriver;
import juxta.engine.train.Trainer;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A training phase that a test drives step by step on the platform's own engine, to hold it against
 * a calculation by hand or against a reference's trajectory:
 *
 * <pre>{@code
 * try (StepRig rig = StepRig.of(new MyMethod(), setup).starting(weights).open()) {
 *   rig.scalar("learning-rate", 0.1);
 *   assertThat(rig.loss(0)).isCloseTo(1.234, within(1e-4));
 *   assertThat(rig.stored("encoder.conv.weight")).containsExactly(expected, within(1e-5f));
 * }
 * }</pre>
 *
 * <p>The {@link Setup} says what views, encoder and loss are; {@link TrialSetup} is one whose views
 * are without chance. Every step sees the first records of its splits unless the builder is told
 * otherwise. Parameters start with the values given, else with their first; what an optimiser
 * remembers is a parameter too, below {@code optimizer.}.
 *
 * <p>Operations may be added to {@link #scope} until the first value is asked for.
 */
public final class StepRig implements AutoCloseable {
  private final TrainingPhase phase;
  private final StepDriver driver;
  private long number;

  private StepRig(TrainingPhase phase, StepDriver driver) {
    this.phase = phase;
    this.driver = driver;
  }

  /**
   * Drives the first training phase of a method's plan.
   *
   * @param method the method
   * @param setup what it is planned with; its artefacts must be there if the phase reads them
   * @return a builder
   */
  public static Builder of(Method method, Setup setup) {
    Phase.Training first =
        method.plan(setup).phases().stream()
            .filter(Phase.Training.class::isInstance)
            .map(Phase.Training.class::cast)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the plan has no training phase"));
    return of(first.name(), phase(first, setup), setup);
  }

  /**
   * Drives a phase.
   *
   * @param name its name, part of every seed of the graph
   * @param phase the phase
   * @param setup whose data and seed are taken
   * @return a builder
   */
  public static Builder of(String name, TrainingPhase phase, Setup setup) {
    return new Builder(name, phase, setup);
  }

  /**
   * Drives a step that is of no phase: scalars that it uses are to be set.
   *
   * @param step builds it
   * @param setup whose data, batch and seed are taken
   * @return a builder
   */
  public static Builder of(Function<StepContext, Step> step, Setup setup) {
    Sampler sampler =
        Samplers.sequential(Dataset.TRAIN, setup.data().train().size(), setup.batch());
    return of("train", TrainingPhase.of(1, sampler, Map.of(), step), setup);
  }

  /**
   * A training phase as the engine makes it when its turn has come.
   *
   * @param training the phase of a plan
   * @param setup what the plan was made with
   * @return the phase
   */
  public static TrainingPhase phase(Phase training, Setup setup) {
    return ((Phase.Training) training).create().apply(setup.artefacts());
  }

  /** What is driven, and from which start. */
  public static final class Builder {
    private final String name;
    private final TrainingPhase phase;
    private final Setup setup;
    private final Map<String, Value> weights = new LinkedHashMap<>();
    private long seed;
    private Sampler sampler;

    private Builder(String name, TrainingPhase phase, Setup setup) {
      this.name = name;
      this.phase = phase;
      this.setup = setup;
      this.seed = setup.seed();
      this.sampler = Fixed.first(phase.sampler());
    }

    /**
     * With another seed than the setup's.
     *
     * @param other the seed
     * @return this
     */
    public Builder seed(long other) {
      this.seed = other;
      return this;
    }

    /**
     * With the records that the phase's sampler draws, step by step.
     *
     * @return this
     */
    public Builder drawing() {
      this.sampler = phase.sampler();
      return this;
    }

    /**
     * With these records in every step.
     *
     * @param records indices by stream, as many as the stream has
     * @return this
     */
    public Builder seeing(Map<String, int[]> records) {
      this.sampler = new Fixed(phase.sampler().streams(), records);
      return this;
    }

    /**
     * With these values of parameters.
     *
     * @param values by full name, in the graph's layout
     * @return this
     */
    public Builder starting(Map<String, Value> values) {
      weights.putAll(values);
      return this;
    }

    /**
     * Builds the graph.
     *
     * @return the rig; the caller closes it
     */
    public StepRig open() {
      ParameterStore start = new ParameterStore();
      weights.forEach(
          (key, value) -> start.put(key, new ParameterStore.Entry(value, Layout.PLAIN)));
      TrainingPhase driven =
          new TrainingPhase(
              phase.steps(),
              sampler,
              phase.schedules(),
              phase.step(),
              phase.keepsOptimizer(),
              phase.validation());
      Trainer.Conditions conditions = Graphs.conditions(setup.data(), seed);
      return new StepRig(driven, new StepDriver(name, driven, conditions, start));
    }
  }

  /**
   * The phase that is driven.
   *
   * @return the phase, with the records that this rig sees
   */
  public TrainingPhase phase() {
    return phase;
  }

  /**
   * Where operations may be added.
   *
   * @return the root of the graph
   */
  public GraphScope scope() {
    return driver.scope();
  }

  /**
   * The step as it was built.
   *
   * @return the step
   */
  public Step step() {
    return driver.step();
  }

  /**
   * An output of the step.
   *
   * @param name its name
   * @return the tensor
   */
  public Operand<TFloat32> made(String name) {
    return step().outputs().get(name);
  }

  /**
   * What a step reads of a parameter of floats; of a moving average, its value in this step.
   *
   * @param parameter full name
   * @return the tensor
   */
  @SuppressWarnings("unchecked") // of floats
  public Operand<TFloat32> value(String parameter) {
    return (Operand<TFloat32>)
        driver.parameters().stream()
            .filter(p -> p.name().equals(parameter))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no parameter '" + parameter + "'"))
            .value();
  }

  /**
   * Feeds a scalar with one value from now on, whatever its schedule says.
   *
   * @param name name of the scalar
   * @param value its value
   * @return this
   */
  public StepRig scalar(String name, double value) {
    driver.hold(name, value);
    return this;
  }

  /**
   * Says which step {@link #look} sees.
   *
   * @param step number of the step, 0 at first
   * @return this
   */
  public StepRig at(long step) {
    number = step;
    return this;
  }

  /**
   * Takes a step, which {@link #look} sees from then on.
   *
   * @param step number of the step, from 0
   * @param history validation values of the phase so far, for its schedules
   * @return the step's outputs by name, as they were before its updates
   */
  public Map<String, Value> train(long step, Double... history) {
    number = step;
    return driver.train(step, List.of(history));
  }

  /**
   * Takes a step.
   *
   * @param step number of the step, from 0
   * @return the loss before its updates
   */
  public double loss(long step) {
    return Tensors.floats(train(step).get(Step.LOSS))[0];
  }

  /**
   * Does one run of a step of several, and no other.
   *
   * @param name name of the run
   * @return what it fetches, by name
   */
  public Map<String, Value> run(String name) {
    return driver.run(number, name, Map.of());
  }

  /**
   * Computes a part of the step; nothing changes.
   *
   * @param wanted what to compute
   * @return its elements, row-major
   */
  public float[] look(Operand<TFloat32> wanted) {
    return look(wanted, Map.of());
  }

  /**
   * Computes a part of the step with what it feeds given; nothing changes.
   *
   * @param wanted what to compute
   * @param feeds values of what the step feeds, by name
   * @return its elements, row-major
   */
  public float[] look(Operand<TFloat32> wanted, Map<String, Value> feeds) {
    return Tensors.floats(driver.look(number, Map.of("it", wanted), feeds).get("it"));
  }

  /**
   * Computes parts of the step, all in one run; nothing changes.
   *
   * @param wanted what to compute
   * @return the elements of each, row-major
   */
  public List<float[]> look(List<? extends Operand<TFloat32>> wanted) {
    Map<String, Operand<TFloat32>> numbered = new LinkedHashMap<>();
    wanted.forEach(one -> numbered.put(Integer.toString(numbered.size()), one));
    return driver.look(number, numbered, Map.of()).values().stream().map(Tensors::floats).toList();
  }

  /**
   * Computes an output of the step that is a scalar; nothing changes.
   *
   * @param name its name
   * @return its value
   */
  public double output(String name) {
    return look(made(name))[0];
  }

  /**
   * All parameters, what the optimiser remembers among them.
   *
   * @return full names, in order of creation
   */
  public List<String> names() {
    return driver.parameters().stream().map(Parameter::name).toList();
  }

  /**
   * The parameters that optimisers may change.
   *
   * @return full names, in order of creation
   */
  public List<String> trained() {
    return driver.parameters().stream().filter(Parameter::trained).map(Parameter::name).toList();
  }

  /**
   * Everything that lives across steps, as it is.
   *
   * @return values by full name, in the graph's layout
   */
  public Map<String, Value> snapshot() {
    return driver.read(names());
  }

  /**
   * All parameters of floats as they are.
   *
   * @return elements by full name, row-major in the graph's layout
   */
  public Map<String, float[]> state() {
    List<String> floats = new ArrayList<>();
    for (Parameter<?> parameter : driver.parameters()) {
      if (parameter.type() == TFloat32.class) {
        floats.add(parameter.name());
      }
    }
    Map<String, float[]> state = new LinkedHashMap<>();
    driver.read(floats).forEach((name, value) -> state.put(name, Tensors.floats(value)));
    return state;
  }

  /**
   * A parameter of floats as it is.
   *
   * @param parameter full name
   * @return elements, row-major in the graph's layout
   */
  public float[] stored(String parameter) {
    return Tensors.floats(driver.read(List.of(parameter)).get(parameter));
  }

  /**
   * Gives parameters other values.
   *
   * @param values by full name, in the graph's layout
   */
  public void write(Map<String, Value> values) {
    driver.write(values);
  }

  /**
   * Changes a parameter of floats.
   *
   * @param parameter full name
   * @param change makes the new elements of the old
   */
  public void write(String parameter, UnaryOperator<float[]> change) {
    Value old = driver.read(List.of(parameter)).get(parameter);
    long[] shape = old.shape().stream().mapToLong(Long::longValue).toArray();
    write(Map.of(parameter, Tensors.floats(shape, change.apply(Tensors.floats(old)))));
  }

  @Override
  public void close() {
    driver.close();
  }
}
