package juxta.engine.train;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import juxta.api.Arithmetic;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Sampler;
import juxta.api.TaskContext;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.OwnConvolutions;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/** Runs the steps of one training phase. */
final class PhaseRunner {
  /** What a phase needs from its surroundings. */
  record Surroundings(
      Dataset data,
      long seed,
      Precision precision,
      Placement placement,
      Monitor monitor,
      Saver saver,
      BooleanSupplier stop,
      Lookout lookout,
      Function<ParameterStore, TaskContext> tasks) {}

  /** Saves the state of a run when it is time to. */
  interface Saver {
    /**
     * Whether to save after this step.
     *
     * @param step number of the step
     * @param endOfEpoch whether it is the last of an epoch
     * @return true to save
     */
    boolean due(long step, boolean endOfEpoch);

    /**
     * Saves.
     *
     * @param store all parameters
     * @param state how far the run is
     * @return where to
     */
    String save(ParameterStore store, PhaseState state);

    /**
     * Where the last good state is, for messages.
     *
     * @return a place in words
     */
    String last();

    /**
     * What to do about a run that was stopped, for messages.
     *
     * @return the remedy
     */
    default String remedy() {
      return "the same command with --resume goes on from there";
    }
  }

  private final String name;
  private final TrainingPhase phase;
  private final Surroundings around;
  private final ParameterStore store;
  private final List<Double> history;
  private final PhaseState start;

  PhaseRunner(
      String name, TrainingPhase phase, Surroundings around, ParameterStore store, PhaseState at) {
    this.name = name;
    this.phase = phase;
    this.around = around;
    this.store = store;
    this.history = new ArrayList<>(at.history());
    this.start = at;
  }

  /** Runs the rest of the phase; afterwards the store holds the final parameters. */
  PhaseState run() {
    if (start.step() == 0 && !phase.keepsOptimizer()) {
      store.forgetOptimizer();
    }
    Arithmetic arithmetic = around.placement().arithmetic(around.precision());
    try (StepGraph graph =
        new StepGraph(
            around.seed(),
            name,
            arithmetic,
            around.placement().spread(),
            around.placement().own(),
            around.data(),
            phase)) {
      if (!graph.builder().learns() && graph.step().runs().isEmpty()) {
        throw ComponentFault.nonsense(
            "the step function of phase '" + name + "'",
            "trains nothing (no optimizer minimizes the loss)");
      }
      graph.settle();
      List<Long> wrong = OwnConvolutions.wrong(graph.graph(), arithmetic);
      if (!wrong.isEmpty()) {
        around
            .monitor()
            .warn(
                name
                    + ": TensorFlow's own convolutions of "
                    + wrong.get(0)
                    + " channels are wrong on some processors; make them with juxta.toolkit.nn"
                    + " (docs/gradients.md)");
      }
      Optional<ScalarRing> ring = ring(graph);
      try (StepSession session = new StepSession(graph, around.placement(), around.precision())) {
        session.start(store);
        ring.ifPresent(r -> r.start(session.session()));
        long done = steps(graph, session, ring, start.step());
        graph.end();
        return start.at(done, history);
      } catch (Interruption e) {
        graph.end();
        throw e;
      }
    } finally {
      around.lookout().end();
    }
  }

  /** A step of several runs waits for the host anyway. */
  private Optional<ScalarRing> ring(StepGraph graph) {
    int every = around.placement().metricsEvery();
    return every > 1 && graph.step().runs().isEmpty()
        ? Optional.of(new ScalarRing(graph.builder(), graph.scalars(), every))
        : Optional.empty();
  }

  /** Returns the number of steps that are done, fewer than planned if a validation ended it. */
  private long steps(StepGraph graph, StepSession session, Optional<ScalarRing> ring, long from) {
    long perEpoch = phase.sampler().stepsPerEpoch();
    long records = phase.sampler().examplesPerStep();
    around.monitor().phase(name, phase.steps(), from, records);
    around.lookout().phase(name, records);
    Validator validator = new Validator(phase, history);
    StepLog log = new StepLog(ring, session.session(), new Telling(perEpoch, graph));
    long done = from;
    try (Prefetch prefetch = new Prefetch(phase.steps(), step -> prepare(graph, step))) {
      while (done < phase.steps()) {
        long step = done;
        try (Prefetch.Prepared prepared = prefetch.take(step)) {
          log.ran(step, one(graph, session, ring, step, prepared));
        }
        done = step + 1;
        around.lookout().step();
        if (around.lookout().due(done, phase.steps(), perEpoch)) {
          log.flush();
          session.collect(store);
          around.lookout().look(store, done, done / (double) perEpoch);
        }
        if (validator.due(done)) {
          log.flush();
          session.collect(store);
          boolean goOn = validator.measure(around.tasks().apply(store), store);
          if (!goOn) {
            break;
          }
        }
        boolean last = done == phase.steps();
        boolean stop = around.stop().getAsBoolean();
        if (!last && (stop || around.saver().due(done, done % perEpoch == 0))) {
          log.flush();
          session.collect(store);
          String where = around.saver().save(store, start.at(done, history));
          if (stop) {
            throw new Interruption(
                "stopped after step "
                    + done
                    + " of "
                    + name
                    + ", saved to "
                    + where
                    + "; "
                    + around.saver().remedy());
          }
        }
      }
      log.flush();
    } finally {
      around.monitor().end();
    }
    session.collect(store);
    validator.restoreBest(store);
    return done;
  }

  private Prefetch.Prepared prepare(StepGraph graph, long step) {
    Map<String, int[]> records = records(step);
    return new Prefetch.Prepared(step, records, graph.tensors(records));
  }

  /** What the sampler says, checked: a wrong index would be a fault of the data's reader later. */
  private Map<String, int[]> records(long step) {
    String where = "the sampler of phase '" + name + "'";
    Map<String, int[]> records =
        ComponentFault.in(where, () -> phase.sampler().indices(around.seed(), step));
    phase
        .sampler()
        .streams()
        .forEach(
            (stream, asked) -> {
              int[] found = records.get(stream);
              int all = around.data().split(asked.split()).size();
              if (found == null || found.length != asked.size()) {
                throw ComponentFault.nonsense(
                    where,
                    "gave "
                        + (found == null ? 0 : found.length)
                        + " records for step "
                        + step
                        + " of stream '"
                        + stream
                        + "', which has "
                        + asked.size()
                        + ",");
              }
              for (int record : found) {
                if (record < 0 || record >= all) {
                  throw ComponentFault.nonsense(
                      where,
                      "gave record "
                          + record
                          + " of split '"
                          + asked.split()
                          + "', which has "
                          + all
                          + ",");
                }
              }
            });
    return records;
  }

  private Map<String, Double> one(
      StepGraph graph,
      StepSession session,
      Optional<ScalarRing> ring,
      long step,
      Prefetch.Prepared prepared) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    new TreeMap<>(phase.schedules()) // in the log by name, not as this process orders the map
        .forEach(
            (schedule, values) ->
                scalars.put(
                    schedule,
                    ComponentFault.in(
                        "schedule '" + schedule + "' of phase '" + name + "'",
                        () -> values.at(step, history))));
    List<Op> targets = new ArrayList<>(graph.builder().updates());
    ring.ifPresent(r -> targets.add(r.write()));
    Map<String, Operand<TFloat32>> wanted = ring.isPresent() ? Map.of() : graph.scalars();
    ComponentFault.in(
            "step " + step + " of phase '" + name + "'",
            () -> session.step(step, scalars, prepared, wanted, targets))
        .forEach((name, value) -> scalars.put(name, (double) Tensors.floats(value)[0]));
    return scalars;
  }

  /** Tells the monitor of steps, and the user of one that went wrong. */
  private final class Telling implements StepLog.Listener {
    private final long perEpoch;
    private final StepGraph graph;
    private final Alarms alarms;

    Telling(long perEpoch, StepGraph graph) {
      this.perEpoch = perEpoch;
      this.graph = graph;
      this.alarms = new Alarms(graph.step().alarms());
    }

    @Override
    public void step(long step, Map<String, Double> scalars) {
      alarms.due(scalars).forEach(message -> around.monitor().warn(name + ": " + message));
      around.monitor().step(name, step, (step + 1) / (double) perEpoch, scalars);
    }

    @Override
    public UserException diverged(long step, double loss) {
      Optional<String> damaged = damaged(step);
      return new UserException(
          name
              + ": the loss is "
              + loss
              + " at step "
              + step
              + damaged
                  .map(what -> ", since " + what + "; mend the data, or take the record out")
                  .orElse(
                      step == 0
                          ? ", before anything was learnt: the loss or the network makes it of"
                              + " these data; mend them, or try --precision float32"
                          : "; lower the learning rate or use --precision float32")
              + " (last good state: "
              + around.saver().last()
              + ")");
    }

    /** The first record of a step that holds what is no number. */
    private Optional<String> damaged(long step) {
      Map<String, Sampler.Stream> streams = phase.sampler().streams();
      Map<String, int[]> records = records(step);
      for (Map.Entry<String, Feed> feed : graph.feeds().entrySet()) {
        String split = streams.get(feed.getKey()).split();
        for (Field field : feed.getValue().used()) {
          for (int record : records.get(feed.getKey())) {
            if (field.type() == FieldType.FLOAT32
                && !isFinite(around.data().split(split).value(field.name(), record))) {
              return Optional.of(
                  "field '"
                      + field.name()
                      + "' of record "
                      + record
                      + " of split '"
                      + split
                      + "' of data set '"
                      + around.data().id()
                      + "' holds what is no number");
            }
          }
        }
      }
      return Optional.empty();
    }

    private static boolean isFinite(Value value) {
      FloatBuffer numbers = value.data().asFloatBuffer();
      while (numbers.hasRemaining()) {
        if (!Float.isFinite(numbers.get())) {
          return false;
        }
      }
      return true;
    }
  }
}
