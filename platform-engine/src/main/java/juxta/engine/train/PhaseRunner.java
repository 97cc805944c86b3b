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
import juxta.api.Parameter;
import juxta.api.Sampler;
import juxta.api.Step;
import juxta.api.TaskContext;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;

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
    try (StepGraph graph = new StepGraph(around.seed(), name, arithmetic, around.data(), phase)) {
      Optional<ScalarRing> ring = ring(graph);
      try (GraphSession session =
          new GraphSession(graph.builder(), around.placement().config(around.precision()))) {
        restore(graph.builder(), session);
        ring.ifPresent(r -> r.start(session));
        graph.feeds().values().forEach(feed -> feed.start(session::feed));
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

  /** Parameters that have a value get it, the others their first value. */
  private void restore(GraphBuilder builder, GraphSession session) {
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
  }

  private void collect(GraphBuilder builder, GraphSession session) {
    List<String> names = builder.parameters().stream().map(Parameter::name).toList();
    Map<String, Value> values = session.read(names);
    for (Parameter<?> parameter : builder.parameters()) {
      store.put(
          parameter.name(),
          new ParameterStore.Entry(values.get(parameter.name()), parameter.layout()));
    }
  }

  /** Returns the number of steps that are done, fewer than planned if a validation ended it. */
  private long steps(StepGraph graph, GraphSession session, Optional<ScalarRing> ring, long from) {
    long perEpoch = phase.sampler().stepsPerEpoch();
    long records = phase.sampler().examplesPerStep();
    around.monitor().phase(name, phase.steps(), from, records);
    Validator validator = new Validator(phase, history);
    StepLog log = new StepLog(ring, session, new Telling(perEpoch, graph));
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
          collect(graph.builder(), session);
          boolean goOn = validator.measure(around.tasks().apply(store), store);
          if (!goOn) {
            break;
          }
        }
        boolean last = done == phase.steps();
        boolean stop = around.stop().getAsBoolean();
        if (!last && (stop || around.saver().due(done, done % perEpoch == 0))) {
          log.flush();
          collect(graph.builder(), session);
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
    collect(graph.builder(), session);
    validator.restoreBest(store);
    return done;
  }

  private Prefetch.Prepared prepare(StepGraph graph, long step) {
    Map<String, int[]> records = records(step);
    Map<Operand<?>, Tensor> tensors = new LinkedHashMap<>();
    try {
      graph.feeds().forEach((stream, feed) -> tensors.putAll(feed.tensors(records.get(stream))));
    } catch (RuntimeException | Error e) {
      tensors.values().forEach(Tensor::close); // those of the streams before
      throw e;
    }
    return new Prefetch.Prepared(step, records, tensors);
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
      GraphSession session,
      Optional<ScalarRing> ring,
      long step,
      Prefetch.Prepared prepared) {
    session.step(step);
    Map<String, Double> scalars = new LinkedHashMap<>();
    new TreeMap<>(phase.schedules()) // in the log by name, not as this process orders the map
        .forEach(
            (schedule, values) -> {
              double value =
                  ComponentFault.in(
                      "schedule '" + schedule + "' of phase '" + name + "'",
                      () -> values.at(step, history));
              session.scalar(schedule, value);
              scalars.put(schedule, value);
            });
    StepRuns runs = new StepRuns(graph, session, ring, prepared.tensors());
    ComponentFault.in(
        "step " + step + " of phase '" + name + "'",
        () -> {
          graph.step().program().run(runs, prepared.records());
          return true;
        });
    scalars.putAll(runs.scalars());
    return scalars;
  }

  /** Tells the monitor of steps, and the user of one that went wrong. */
  private final class Telling implements StepLog.Listener {
    private final long perEpoch;
    private final StepGraph graph;

    Telling(long perEpoch, StepGraph graph) {
      this.perEpoch = perEpoch;
      this.graph = graph;
    }

    @Override
    public void step(long step, Map<String, Double> scalars) {
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
                  .orElse("; lower the learning rate or use --precision float32")
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

  /** The runs of one step. */
  private record StepRuns(
      StepGraph graph,
      GraphSession session,
      Optional<ScalarRing> ring,
      Map<Operand<?>, Tensor> data,
      Map<String, Double> scalars)
      implements Step.Runner {
    StepRuns(
        StepGraph graph,
        GraphSession session,
        Optional<ScalarRing> ring,
        Map<Operand<?>, Tensor> data) {
      this(graph, session, ring, data, new LinkedHashMap<>());
    }

    @Override
    public Map<String, Value> run(String run, Map<String, Value> feeds) {
      Step.Run wanted =
          graph.step().runs().stream()
              .filter(r -> r.name().equals(run))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("the step has no run '" + run + "'"));
      List<Value> values = fed(feeds, List.copyOf(wanted.fetches().values()), wanted.targets());
      Map<String, Value> byName = new LinkedHashMap<>();
      int i = 0;
      for (String key : wanted.fetches().keySet()) {
        byName.put(key, values.get(i++));
      }
      return byName;
    }

    @Override
    public void train(Map<String, Value> feeds) {
      if (ring.isPresent()) {
        List<Op> targets = new ArrayList<>(graph.builder().updates());
        targets.add(ring.get().write());
        fed(feeds, List.of(), targets);
        return;
      }
      List<String> names = List.copyOf(graph.scalars().keySet());
      List<Value> values =
          fed(feeds, List.copyOf(graph.scalars().values()), graph.builder().updates());
      for (int i = 0; i < names.size(); i++) {
        scalars.put(names.get(i), (double) Tensors.floats(values.get(i))[0]);
      }
    }

    private List<Value> fed(
        Map<String, Value> feeds, List<? extends Operand<?>> fetches, List<Op> targets) {
      Map<Operand<?>, Tensor> all = new LinkedHashMap<>(data);
      List<Tensor> own = new ArrayList<>();
      try {
        feeds.forEach(
            (key, value) -> {
              Tensor tensor = Tensors.of(value);
              own.add(tensor);
              all.put(graph.placeholder(key), tensor);
            });
        return session.values(all, fetches, targets);
      } finally {
        own.forEach(Tensor::close);
      }
    }
  }
}
