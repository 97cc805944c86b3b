package juxta.engine.train;

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
import juxta.api.TaskContext;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
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
      Function<ParameterStore, TaskContext> tasks) {}

  /** Saves the state of a run when it is time to. */
  interface Saver {
    /** Whether to save after this step, which may be the last of an epoch. */
    boolean due(long step, boolean endOfEpoch);

    /** Saves; returns where. */
    String save(ParameterStore store, PhaseState state);

    /** Where the last good state is, for messages. */
    String last();

    /** What to do about a run that was stopped, for messages. */
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
    try (StepGraph graph = new StepGraph(around.seed(), name, arithmetic, around.data(), phase)) {
      graph.settle();
      Optional<ScalarRing> ring = ring(graph);
      try (StepSession session =
          new StepSession(graph, around.placement().config(around.precision()))) {
        session.start(store);
        ring.ifPresent(r -> r.start(session.session()));
        return start.at(steps(graph, session, ring, start.step()), history);
      }
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
    Validator validator = new Validator(phase, history);
    StepLog log = new StepLog(ring, session.session(), new Telling(perEpoch));
    long done = from;
    try (Prefetch prefetch = new Prefetch(phase.steps(), step -> prepare(graph, step))) {
      while (done < phase.steps()) {
        long step = done;
        try (Prefetch.Prepared prepared = prefetch.take(step)) {
          log.ran(step, one(graph, session, ring, step, prepared));
        }
        done = step + 1;
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
    Map<String, int[]> records = phase.sampler().indices(around.seed(), step);
    return new Prefetch.Prepared(step, records, graph.tensors(records));
  }

  private Map<String, Double> one(
      StepGraph graph,
      StepSession session,
      Optional<ScalarRing> ring,
      long step,
      Prefetch.Prepared prepared) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    new TreeMap<>(phase.schedules()) // in the log by name, not as this process orders the map
        .forEach((schedule, values) -> scalars.put(schedule, values.at(step, history)));
    List<Op> targets = new ArrayList<>(graph.builder().updates());
    ring.ifPresent(r -> targets.add(r.write()));
    Map<String, Operand<TFloat32>> wanted = ring.isPresent() ? Map.of() : graph.scalars();
    session
        .step(step, scalars, prepared, wanted, targets)
        .forEach((name, value) -> scalars.put(name, (double) Tensors.floats(value)[0]));
    return scalars;
  }

  /** Tells the monitor of steps, and the user of one that went wrong. */
  private final class Telling implements StepLog.Listener {
    private final long perEpoch;

    Telling(long perEpoch) {
      this.perEpoch = perEpoch;
    }

    @Override
    public void step(long step, Map<String, Double> scalars) {
      around.monitor().step(name, step, (step + 1) / (double) perEpoch, scalars);
    }

    @Override
    public UserException diverged(long step, double loss) {
      return new UserException(
          name
              + ": the loss is "
              + loss
              + " at step "
              + step
              + "; lower the learning rate or use --precision float32 (last good state: "
              + around.saver().last()
              + ")");
    }
  }
}
