package juxta.plugin.baselines.evaluators;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Matrix;
import juxta.api.Model;
import juxta.api.ModelFunction;
import juxta.api.Parameter;
import juxta.api.Settings;
import juxta.api.Split;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.api.View;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.nn.Initializers;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * A small engine over data of float vectors named {@code image}. The model's embedding of an image
 * is the image itself.
 */
final class FakeEvaluation implements Evaluation {
  private final Dataset data;
  private final Settings settings;
  private final Set<String> functions;
  final Set<String> views = new TreeSet<>();
  int trainings;

  /** Weights before and after the last training, by full name. */
  final Map<String, Value> initial = new HashMap<>();

  final Map<String, Value> trained = new HashMap<>();

  private boolean layered;

  /** What a function {@code assign} of the model says of a record's embedding. */
  private Function<float[], Float> clusters = x -> 0f;

  private Optional<Path> directory = Optional.empty();

  FakeEvaluation(Dataset data, Map<String, String> settings, String... functions) {
    this.data = data;
    this.settings = Settings.of(settings);
    this.functions = Set.of(functions);
  }

  FakeEvaluation in(Path folder) {
    directory = Optional.of(folder);
    return this;
  }

  /** Its model has layers that can be trained further; they begin as the identity. */
  FakeEvaluation layered() {
    layered = true;
    return this;
  }

  FakeEvaluation assigning(Function<float[], Float> own) {
    clusters = own;
    return this;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Dataset data() {
    return data;
  }

  @Override
  public Model model() {
    return new Model() {
      @Override
      public Set<String> functions() {
        return functions;
      }

      @Override
      public List<Field> inputs(String function) {
        return List.of(data.train().field(Field.IMAGE));
      }

      @Override
      public Map<String, Operand<TFloat32>> apply(String function, GraphScope scope, Batch batch) {
        return Map.of(
            ModelFunction.EMBEDDING,
            layered ? layers(scope.frozen(), batch) : batch.floats(Field.IMAGE));
      }

      @Override
      public Map<String, Operand<TFloat32>> tune(String function, GraphScope scope, Batch batch) {
        return layered
            ? Map.of(ModelFunction.EMBEDDING, layers(scope, batch))
            : Model.super.tune(function, scope, batch);
      }
    };
  }

  /** A stem, a block, and what comes after it. */
  private Operand<TFloat32> layers(GraphScope scope, Batch batch) {
    int width = (int) data.train().field(Field.IMAGE).elements();
    float[] one = new float[width * width];
    for (int i = 0; i < width; i++) {
      one[i * width + i] = 1;
    }
    Operand<TFloat32> x = batch.floats(Field.IMAGE);
    for (String name : List.of("conv1.weight", "blocks.0.fc.weight")) {
      x =
          scope
              .tf()
              .linalg
              .matMul(
                  x,
                  scope
                      .sub("encoder")
                      .weight(
                          name,
                          Layout.LINEAR,
                          (tf, shape, seed) ->
                              tf.reshape(tf.constant(one), tf.constant(new int[] {width, width})),
                          width,
                          width)
                      .value());
    }
    Operand<TFloat32> scale =
        scope
            .sub("encoder")
            .weight("norm.weight", Layout.PLAIN, Initializers.ones(), width)
            .value();
    return scope.tf().math.mul(x, scale);
  }

  @Override
  public long seed() {
    return 1;
  }

  @Override
  public Path directory() {
    return directory.orElseThrow(UnsupportedOperationException::new);
  }

  @Override
  public Matrix run(String function, String split, String output) {
    Split records = data.split(split);
    if (output.equals("cluster")) {
      float[] own = new float[records.size()];
      for (int i = 0; i < own.length; i++) {
        own[i] = clusters.apply(Tensors.floats(records.value(Field.IMAGE, i)));
      }
      return new Matrix(own.length, 1, own);
    }
    int width = (int) records.field(Field.IMAGE).elements();
    float[] all = new float[records.size() * width];
    for (int i = 0; i < records.size(); i++) {
      System.arraycopy(Tensors.floats(records.value(Field.IMAGE, i)), 0, all, i * width, width);
    }
    return new Matrix(records.size(), width, all);
  }

  @Override
  public Applied open(String function, List<Field> inputs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Batch view(GraphScope scope, Batch batch, View view) {
    views.add(view.kind().name());
    return batch;
  }

  @Override
  public void progress(long done, long total, String unit) {
    if (done > total) {
      throw new AssertionError(done + " of " + total + " " + unit);
    }
  }

  @Override
  public Trained train(String name, Dataset of, TrainingPhase phase, List<ModelFunction> heads) {
    trainings++;
    Map<String, Value> weights = new HashMap<>();
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, name);
      String stream = phase.sampler().streams().keySet().iterator().next();
      Split split = of.split(phase.sampler().streams().get(stream).split());
      int size = phase.sampler().streams().get(stream).size();
      Map<String, Placeholder<? extends TType>> fed = placeholders(builder, split, size);
      Step step = phase.step().apply(new Context(builder.root(), new Batch(Map.copyOf(fed))));
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        List<String> names = builder.parameters().stream().map(Parameter::name).toList();
        initial.clear();
        initial.putAll(session.read(names));
        for (long s = 0; s < phase.steps(); s++) {
          session.step(s);
          for (var schedule : phase.schedules().entrySet()) {
            session.scalar(schedule.getKey(), schedule.getValue().at(s, List.of()));
          }
          int[] records = phase.sampler().indices(1, s).get(stream);
          run(session, fed, split, records, step.outputs().get(Step.LOSS), builder.updates());
        }
        weights.putAll(session.read(names));
        trained.clear();
        trained.putAll(weights);
      }
    }
    return (function, split, output) -> apply(heads, weights, of.split(split), function, output);
  }

  private Matrix apply(
      List<ModelFunction> heads,
      Map<String, Value> weights,
      Split split,
      String function,
      String output) {
    ModelFunction head =
        heads.stream().filter(h -> h.name().equals(function)).findFirst().orElseThrow();
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "inference");
      Map<String, Placeholder<? extends TType>> fed = placeholders(builder, split, split.size());
      Operand<TFloat32> wanted =
          head.body().apply(builder.root().frozen(), new Batch(Map.copyOf(fed))).get(output);
      try (GraphSession session = new GraphSession(builder)) {
        builder.parameters().forEach(p -> session.write(p.name(), weights.get(p.name())));
        int[] all = java.util.stream.IntStream.range(0, split.size()).toArray();
        float[] values = Tensors.floats(run(session, fed, split, all, wanted, List.of()));
        return new Matrix(split.size(), values.length / split.size(), values);
      }
    }
  }

  private static Map<String, Placeholder<? extends TType>> placeholders(
      GraphBuilder builder, Split split, int size) {
    Map<String, Placeholder<? extends TType>> all = new LinkedHashMap<>();
    for (Field field : split.fields()) {
      all.put(
          field.name(),
          builder
              .root()
              .tf()
              .placeholder(
                  Tensors.type(field.type()),
                  Placeholder.shape(
                      Shape.of(size)
                          .append(
                              Shape.of(
                                  field.shape().stream().mapToLong(Long::longValue).toArray())))));
    }
    return all;
  }

  private static Value run(
      GraphSession session,
      Map<String, Placeholder<? extends TType>> placeholders,
      Split split,
      int[] records,
      Operand<TFloat32> fetch,
      List<org.tensorflow.op.Op> targets) {
    Map<Operand<?>, Tensor> feeds = new HashMap<>();
    placeholders.forEach((name, p) -> feeds.put(p, tensor(split, name, records)));
    try {
      return session.values(feeds, List.of(fetch), targets).get(0);
    } finally {
      feeds.values().forEach(Tensor::close);
    }
  }

  private static Tensor tensor(Split split, String name, int[] records) {
    if (split.field(name).type() == FieldType.INT32) {
      int[] labels = new int[records.length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = split.value(name, records[i]).number();
      }
      return Tensors.of(labels);
    }
    int width = (int) split.field(name).elements();
    float[] all = new float[records.length * width];
    for (int i = 0; i < records.length; i++) {
      System.arraycopy(Tensors.floats(split.value(name, records[i])), 0, all, i * width, width);
    }
    return Tensors.of(new long[] {records.length, width}, all);
  }

  private record Context(GraphScope scope, Batch batch) implements StepContext {
    @Override
    public Batch batch(String stream) {
      return batch;
    }

    @Override
    public Batch batch() {
      return batch;
    }

    @Override
    public <T extends TType> Operand<T> feed(String name, Class<T> type, long... shape) {
      throw new UnsupportedOperationException();
    }
  }
}
