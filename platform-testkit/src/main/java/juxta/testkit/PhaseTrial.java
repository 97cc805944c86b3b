package juxta.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.GraphScope;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TType;

/** The graph of a training phase, run a few steps without anything that a user would see. */
final class PhaseTrial implements StepContext, AutoCloseable {
  private final Graph graph = new Graph();
  private final GraphBuilder builder;
  private final TrainingPhase phase;
  private final long seed;
  private final Map<String, Records> streams = new LinkedHashMap<>();
  private final Map<String, Placeholder<? extends TType>> placeholders = new LinkedHashMap<>();
  private final Step step;
  private final GraphSession session;

  /** Parameters that are in {@code weights} take their value from there. */
  PhaseTrial(
      String name, TrainingPhase phase, Dataset data, long seed, Map<String, Value> weights) {
    this.phase = phase;
    this.seed = seed;
    builder = new GraphBuilder(graph, seed, name);
    phase
        .sampler()
        .streams()
        .forEach(
            (stream, s) ->
                streams.put(
                    stream, new Records(builder.root().tf(), data.split(s.split()), s.size())));
    step = phase.step().apply(this);
    session = new GraphSession(builder);
    Weights.restore(builder, session, weights);
  }

  @Override
  public GraphScope scope() {
    return builder.root();
  }

  @Override
  public Batch batch(String stream) {
    return streams.get(stream).batch();
  }

  @Override
  public <T extends TType> Operand<T> feed(String name, Class<T> type, long... shape) {
    Placeholder<T> placeholder = scope().tf().placeholder(type, Placeholder.shape(Shape.of(shape)));
    placeholders.put(name, placeholder);
    return placeholder;
  }

  GraphBuilder builder() {
    return builder;
  }

  Step step() {
    return step;
  }

  /** The parameters as they are. */
  Map<String, Value> weights() {
    return Weights.read(builder, session);
  }

  /** Runs a step; gives its outputs. */
  Map<String, Value> run(long number) {
    session.step(number);
    phase
        .schedules()
        .forEach((name, schedule) -> session.scalar(name, schedule.at(number, List.of())));
    Map<String, int[]> records = phase.sampler().indices(seed, number);
    Map<String, Value> outputs = new LinkedHashMap<>();
    feed(
        List.copyOf(streams.keySet()),
        records,
        new LinkedHashMap<>(),
        tensors -> step.program().run(new Runs(this, tensors, outputs), records));
    return outputs;
  }

  private void feed(
      List<String> left,
      Map<String, int[]> records,
      Map<Operand<?>, Tensor> fed,
      java.util.function.Consumer<Map<Operand<?>, Tensor>> run) {
    if (left.isEmpty()) {
      run.accept(fed);
      return;
    }
    String stream = left.get(0);
    streams
        .get(stream)
        .feed(
            records.get(stream),
            tensors -> {
              Map<Operand<?>, Tensor> more = new LinkedHashMap<>(fed);
              more.putAll(tensors);
              feed(left.subList(1, left.size()), records, more, run);
              return null;
            });
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  /** The runs of one step. */
  private record Runs(PhaseTrial trial, Map<Operand<?>, Tensor> data, Map<String, Value> outputs)
      implements Step.Runner {
    @Override
    public Map<String, Value> run(String name, Map<String, Value> feeds) {
      Step.Run run =
          trial.step.runs().stream()
              .filter(r -> r.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalArgumentException("the step has no run '" + name + "'"));
      return fetch(run.fetches(), run.targets(), feeds);
    }

    @Override
    public void train(Map<String, Value> feeds) {
      outputs.putAll(fetch(trial.step.outputs(), trial.builder.updates(), feeds));
    }

    private Map<String, Value> fetch(
        Map<String, ? extends Operand<?>> wanted, List<Op> targets, Map<String, Value> feeds) {
      Map<Operand<?>, Tensor> all = new LinkedHashMap<>(data);
      List<Tensor> own = new ArrayList<>();
      try {
        feeds.forEach(
            (name, value) -> {
              own.add(Tensors.of(value));
              all.put(trial.placeholders.get(name), own.get(own.size() - 1));
            });
        List<String> names = List.copyOf(wanted.keySet());
        List<Operand<?>> fetches = new ArrayList<>();
        names.forEach(name -> fetches.add(wanted.get(name)));
        List<Value> values = trial.session.values(all, fetches, targets);
        Map<String, Value> found = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
          found.put(names.get(i), values.get(i));
        }
        return found;
      } finally {
        own.forEach(Tensor::close);
      }
    }
  }
}
