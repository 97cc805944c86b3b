package juxta.engine.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Arithmetic;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.GraphScope;
import juxta.api.Sampler;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.Spread;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** The graph of a training phase: data in, one step, named outputs. */
final class StepGraph implements StepContext, AutoCloseable {
  private final Graph graph = new Graph();
  private final GraphBuilder builder;
  private final Map<String, Feed> feeds = new LinkedHashMap<>();
  private final Map<String, Placeholder<? extends TType>> placeholders = new LinkedHashMap<>();
  private final Step step;
  private final Map<String, Operand<TFloat32>> scalars = new LinkedHashMap<>();

  StepGraph(
      long seed,
      String phase,
      Arithmetic arithmetic,
      Optional<Spread> spread,
      Optional<OwnData> own,
      Dataset data,
      TrainingPhase training) {
    try {
      builder = new GraphBuilder(graph, seed, phase, arithmetic, spread);
      Map<String, Sampler.Stream> streams =
          ComponentFault.in(
              "the sampler of phase '" + phase + "'", () -> training.sampler().streams());
      for (Map.Entry<String, Sampler.Stream> stream : streams.entrySet()) {
        String name = stream.getKey();
        String split = stream.getValue().split();
        int size = stream.getValue().size();
        Feed feed = new Feed(builder.root().tf(), name, data.split(split), size);
        own.ifPresent(
            o -> feed.share(builder.root(), spread.orElseThrow().devices(), name, split, size, o));
        feeds.put(name, feed);
      }
      String where = "the step function of phase '" + phase + "'";
      step = ComponentFault.in(where, () -> training.step().apply(this));
      Shape loss = step.outputs().get(Step.LOSS).shape();
      if (loss.numDimensions() != 0) {
        throw ComponentFault.nonsense(
            where, "made a '" + Step.LOSS + "' of shape " + loss + ", which must be a scalar,");
      }
      step.outputs()
          .forEach(
              (name, value) -> {
                if (value.shape().numDimensions() == 0) {
                  scalars.put(name, value);
                }
              });
      if (step.outputs().containsKey(Step.EMBEDDING)) {
        scalars.putAll(Collapse.watch(builder.root(), step.outputs().get(Step.EMBEDDING)));
      }
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  /** What was built. */
  Graph graph() {
    return graph;
  }

  /** Says that the graph is finished, and that nothing will run but the step. */
  void settle() {
    settle(needed());
  }

  /** Says that the graph is finished, and that any of it may run that is made of something. */
  void settleAll() {
    Set<GraphOperation> made = new LinkedHashSet<>();
    graph
        .operations()
        .forEachRemaining(
            operation ->
                operation.inputs().forEach(input -> made.add((GraphOperation) input.op())));
    settle(made);
  }

  private void settle(Set<GraphOperation> needed) {
    feeds.values().forEach(feed -> feed.settle(needed));
  }

  /** Tensors to feed for the records of a step; the caller closes them. */
  Map<Operand<?>, Tensor> tensors(Map<String, int[]> records) {
    Map<Operand<?>, Tensor> tensors = new LinkedHashMap<>();
    try {
      feeds.forEach((stream, feed) -> tensors.putAll(feed.tensors(records.get(stream))));
      return tensors;
    } catch (RuntimeException | Error e) {
      tensors.values().forEach(Tensor::close); // those of the streams before
      throw e;
    }
  }

  /** Says to workers that no more records are needed; not after a fault. */
  void end() {
    feeds.values().forEach(Feed::end);
  }

  /** What any of the step's runs may reach. */
  private Set<GraphOperation> needed() {
    List<Operand<?>> fetches = new ArrayList<>(scalars.values());
    List<Op> targets = new ArrayList<>(builder.updates());
    for (Step.Run run : step.runs()) {
      fetches.addAll(run.fetches().values());
      targets.addAll(run.targets());
    }
    return Reach.of(graph, fetches, targets);
  }

  @Override
  public GraphScope scope() {
    return builder.root();
  }

  @Override
  public Batch batch(String stream) {
    Feed feed = feeds.get(stream);
    if (feed == null) {
      throw new IllegalArgumentException(
          "the sampler has no stream '" + stream + "'; it has " + feeds.keySet());
    }
    return feed.batch();
  }

  @Override
  public <T extends TType> Operand<T> feed(String name, Class<T> type, long... shape) {
    Placeholder<T> placeholder =
        builder
            .root()
            .tf()
            .withSubScope("feed")
            .withName(name)
            .placeholder(type, Placeholder.shape(Shape.of(shape)));
    placeholders.put(name, placeholder);
    return placeholder;
  }

  GraphBuilder builder() {
    return builder;
  }

  Map<String, Feed> feeds() {
    return feeds;
  }

  Placeholder<? extends TType> placeholder(String name) {
    Placeholder<? extends TType> placeholder = placeholders.get(name);
    if (placeholder == null) {
      throw new IllegalArgumentException(
          "no feed '" + name + "'; there are " + placeholders.keySet());
    }
    return placeholder;
  }

  Step step() {
    return step;
  }

  /** The scalars that are logged: the step's own and the watch for collapse. */
  Map<String, Operand<TFloat32>> scalars() {
    return scalars;
  }

  @Override
  public void close() {
    graph.close();
  }
}
