package juxta.engine.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.Layout;
import juxta.api.Matrix;
import juxta.api.Model;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.TaskContext;
import juxta.api.TrainingPhase;
import juxta.api.Value;

/** Runs the phases of a plan, one after the other. */
public final class Trainer {
  private final Plan plan;
  private final Conditions conditions;
  private final Monitor monitor;
  private final Saver saver;
  private final BooleanSupplier stop;
  private final Log log;
  private final Lookout lookout;

  /**
   * Under which conditions a plan runs.
   *
   * @param data the data
   * @param seed the run's seed
   * @param precision arithmetic of training steps
   * @param placement where they run
   * @param artefacts folder of the plan's artefacts
   */
  public record Conditions(
      Dataset data, long seed, Precision precision, Placement placement, Path artefacts) {
    /**
     * On the first card that TensorFlow finds, else on the processor.
     *
     * @param data the data
     * @param seed the run's seed
     * @param precision arithmetic of training steps
     * @param threads threads of one operation, 0 for one a core
     * @param artefacts folder of the plan's artefacts
     */
    public Conditions(Dataset data, long seed, Precision precision, int threads, Path artefacts) {
      this(data, seed, precision, Placement.automatic(threads), artefacts);
    }
  }

  /** Saves the state of a run when it is time to. */
  public interface Saver extends PhaseRunner.Saver {}

  /** Records a scalar that a task logs. */
  @FunctionalInterface
  public interface Log {
    /**
     * Records.
     *
     * @param phase name of the phase
     * @param name name of the scalar
     * @param value its value
     */
    void write(String phase, String name, double value);
  }

  /**
   * Prepares to run a plan.
   *
   * @param plan the plan
   * @param conditions data, seed and arithmetic
   * @param monitor is told what happens
   * @param saver saves checkpoints
   * @param stop becomes true when the user wants to stop
   * @param log records what tasks log
   */
  public Trainer(
      Plan plan,
      Conditions conditions,
      Monitor monitor,
      Saver saver,
      BooleanSupplier stop,
      Log log) {
    this(plan, conditions, monitor, saver, stop, log, Lookout.NONE);
  }

  /**
   * Prepares to run a plan that is looked at meanwhile.
   *
   * @param plan the plan
   * @param conditions data, seed and arithmetic
   * @param monitor is told what happens
   * @param saver saves checkpoints
   * @param stop becomes true when the user wants to stop
   * @param log records what tasks log
   * @param lookout looks at the model
   */
  public Trainer(
      Plan plan,
      Conditions conditions,
      Monitor monitor,
      Saver saver,
      BooleanSupplier stop,
      Log log,
      Lookout lookout) {
    this.plan = plan;
    this.conditions = conditions;
    this.monitor = monitor;
    this.saver = saver;
    this.stop = stop;
    this.log = log;
    this.lookout = lookout;
  }

  /**
   * Runs all phases from a state on.
   *
   * @param start the parameters at that state
   * @param at where the run stands
   * @return the final parameters, of all the model's functions
   * @throws Interruption if the user stopped the run; its state is saved
   */
  public ParameterStore run(ParameterStore start, PhaseState at) {
    Inference inference = new Inference(conditions.seed(), conditions.placement(), monitor);
    ParameterStore store = start;
    PhaseState state = at;
    while (state.phase() < plan.phases().size()) {
      Phase phase = plan.phases().get(state.phase());
      String name = phase.name();
      if (phase instanceof Phase.Training training) {
        PhaseRunner.Surroundings around =
            new PhaseRunner.Surroundings(
                conditions.data(),
                conditions.seed(),
                conditions.precision(),
                conditions.placement(),
                monitor,
                saver,
                stop,
                lookout,
                s -> new Tasks(name, s, inference, true));
        TrainingPhase steps =
            ComponentFault.in(
                "the making of phase '" + name + "'",
                () -> training.create().apply(conditions.artefacts()));
        state = new PhaseRunner(name, steps, around, store, state).run();
      } else if (phase instanceof Phase.Task task) {
        monitor.phase(name, 0, 0, 0);
        Tasks tasks = new Tasks(name, store, inference, false);
        ComponentFault.in(
            "task '" + name + "'",
            () -> {
              task.body().accept(tasks);
              return true;
            });
        store = tasks.store;
        monitor.end();
      }
      state = state.next();
      if (state.phase() < plan.phases().size()) {
        String where = saver.save(store, state);
        if (stop.getAsBoolean()) {
          throw new Interruption(
              "stopped after phase " + name + ", saved to " + where + "; " + saver.remedy());
        }
      }
    }
    return inference.untrained(plan.functions(), conditions.data().train(), store);
  }

  /** What tasks and validations may use. */
  private final class Tasks implements TaskContext {
    private final String phase;
    private final Inference inference;
    private ParameterStore store;
    private boolean complete;

    Tasks(String phase, ParameterStore store, Inference inference, boolean complete) {
      this.phase = phase;
      this.store = store;
      this.inference = inference;
      this.complete = complete;
    }

    /**
     * With a value for every parameter. Not before the task asks for one: a task that leaves a file
     * for the functions to read cannot have them built before it.
     */
    private ParameterStore store() {
      if (!complete) {
        store = inference.untrained(plan.functions(), conditions.data().train(), store);
        complete = true;
      }
      return store;
    }

    @Override
    public Model model() {
      return frozen();
    }

    private FrozenModel frozen() {
      return new FrozenModel(plan.functions(), store());
    }

    @Override
    public Dataset data() {
      return conditions.data();
    }

    @Override
    public long seed() {
      return conditions.seed();
    }

    @Override
    public Path artefacts() {
      return conditions.artefacts();
    }

    @Override
    public Matrix run(String function, String split, String output) {
      return inference.run(frozen(), function, conditions.data().split(split), output);
    }

    @Override
    public Evaluation.Applied open(String function, List<Field> inputs) {
      return inference.open(frozen(), function, inputs);
    }

    @Override
    public Value read(String parameter) {
      return store().value(parameter);
    }

    @Override
    public void write(Map<String, Value> parameters) {
      // by name: a map made by Map.of has another order in each process, files of weights have not
      new TreeMap<>(parameters)
          .forEach(
              (name, value) -> {
                ParameterStore known = store();
                Layout layout = known.has(name) ? known.entry(name).layout() : Layout.PLAIN;
                known.put(name, new ParameterStore.Entry(value, layout));
              });
    }

    @Override
    public void progress(long done, long total, String unit) {
      monitor.progress(done, total, unit);
    }

    @Override
    public void log(String name, double value) {
      log.write(phase, name, value);
    }
  }
}
