package juxta.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * One training step as built in a graph: named outputs for metrics and probes, what the user is to
 * be told of them, and, for steps of several runs, the program that drives them.
 *
 * @param outputs tensors by name: {@link #LOSS} (a scalar) always, {@link #EMBEDDING} ([B, D]) for
 *     the collapse warning; other scalars are logged under their name
 * @param runs the runs of a step of several runs, empty for one run
 * @param program drives the runs; called once a step
 * @param alarms outputs of which the user is told when they stay high
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Step(
    Map<String, Operand<TFloat32>> outputs, List<Run> runs, Program program, List<Alarm> alarms) {
  /** Name of the scalar that is minimised. */
  public static final String LOSS = "loss";

  /** Name of the embeddings that are watched for collapse. */
  public static final String EMBEDDING = "embedding";

  /**
   * Copies.
   *
   * @param outputs see the record
   * @param runs see the record
   * @param program see the record
   * @param alarms see the record
   */
  public Step {
    outputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    runs = List.copyOf(runs);
    alarms = List.copyOf(alarms);
    if (!outputs.containsKey(LOSS)) {
      throw new IllegalArgumentException("a step needs an output named '" + LOSS + "'");
    }
  }

  /**
   * A step of one run: outputs and all updates of the graph's scope.
   *
   * @param loss a scalar
   * @return the step
   */
  public static Step of(Operand<TFloat32> loss) {
    return new Step(
        Map.of(LOSS, loss), List.of(), (runner, batch) -> runner.train(Map.of()), List.of());
  }

  /**
   * The same step with a further output.
   *
   * @param name its name
   * @param value a scalar, or embeddings
   * @return a new step
   */
  public Step with(String name, Operand<TFloat32> value) {
    Map<String, Operand<TFloat32>> all = new LinkedHashMap<>(outputs);
    all.put(name, value);
    return new Step(all, runs, program, alarms);
  }

  /**
   * The same step with an alarm: once a phase the user is told of an output that stays high for
   * some dozen steps.
   *
   * @param output name of a scalar output
   * @param bound what it must not stay at or above
   * @param message one line: what is wrong and what to do
   * @return a new step
   */
  public Step alarm(String output, double bound, String message) {
    List<Alarm> all = new ArrayList<>(alarms);
    all.add(new Alarm(output, bound, message));
    return new Step(outputs, runs, program, all);
  }

  /**
   * A step of several runs.
   *
   * @param extra the runs beside the final one, which fetches the outputs and applies the updates
   * @param driver drives them
   * @return a new step
   */
  public Step driven(List<Run> extra, Program driver) {
    return new Step(outputs, extra, driver, alarms);
  }

  /**
   * What the user is told once of an output that stays high.
   *
   * @param output name of a scalar output
   * @param bound what it must not stay at or above
   * @param message one line: what is wrong and what to do
   */
  public record Alarm(String output, double bound, String message) {}

  /**
   * One run of a step of several.
   *
   * @param name its name
   * @param fetches what it returns, by name
   * @param targets operations that it runs besides
   */
  public record Run(String name, Map<String, Operand<? extends TType>> fetches, List<Op> targets) {}

  /** Drives the runs of a step. */
  @FunctionalInterface
  public interface Program {
    /**
     * Runs the step; must call {@link Runner#train} exactly once, last.
     *
     * @param runner runs parts of the graph
     * @param batch the record indices of this step, by stream
     */
    void run(Runner runner, Map<String, int[]> batch);
  }

  /** Runs parts of a step; the batch, seeds and schedules are fed by the engine. */
  public interface Runner {
    /**
     * Does one of the step's runs.
     *
     * @param name name of the run
     * @param feeds values by name of a placeholder made with {@link StepContext#feed}
     * @return the fetched values by name
     */
    Map<String, Value> run(String name, Map<String, Value> feeds);

    /**
     * Does the final run: fetches the outputs and applies all updates.
     *
     * @param feeds values by name of a placeholder made with {@link StepContext#feed}
     */
    void train(Map<String, Value> feeds);
  }
}
