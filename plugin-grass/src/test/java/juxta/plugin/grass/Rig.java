package juxta.plugin.grass;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Phase;
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
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** The step of a plan's first phase in a session; every step sees the first N images. */
final class Rig implements StepContext, AutoCloseable {
  static final double RATE = 0.1;

  private final Graph graph = new Graph();
  private final GraphBuilder builder = new GraphBuilder(graph, 1, "train");
  private final GraphSession session;
  private final Map<String, Placeholder<? extends TType>> placeholders = new LinkedHashMap<>();
  final FakeSetup setup;
  final TrainingPhase phase;
  final Step step;

  Rig(FakeSetup setup) {
    this(setup, rig -> {});
  }

  /** With further operations that are made once the step is there. */
  Rig(FakeSetup setup, Consumer<Rig> more) {
    this.setup = setup;
    this.phase = phases(setup).get(0);
    this.step = phase.step().apply(this);
    more.accept(this);
    this.session = new GraphSession(builder);
    session.initialize();
    session.scalar(TrainingPhase.LEARNING_RATE, RATE);
  }

  static List<TrainingPhase> phases(FakeSetup setup) {
    return new Grass()
        .plan(setup).phases().stream()
            .map(phase -> ((Phase.Training) phase).create().apply(Path.of("")))
            .toList();
  }

  @Override
  public GraphScope scope() {
    return builder.root();
  }

  @Override
  public Batch batch(String stream) {
    int side = FakeSetup.SIDE;
    int[] pixels = new int[FakeSetup.N * side * side * 3];
    for (int i = 0, at = 0; i < FakeSetup.N; i++) {
      var data = setup.data().train().value(Field.IMAGE, i).data();
      while (data.hasRemaining()) {
        pixels[at++] = data.get() & 0xff;
      }
    }
    var tf = scope().tf();
    return Batch.of(
        Field.IMAGE,
        tf.dtypes.cast(
            tf.reshape(tf.constant(pixels), scope().ints(FakeSetup.N, side, side, 3)),
            TUint8.class));
  }

  @Override
  public <T extends TType> Operand<T> feed(String name, Class<T> type, long... shape) {
    Placeholder<T> placeholder = scope().tf().placeholder(type, Placeholder.shape(Shape.of(shape)));
    placeholders.put(name, placeholder);
    return placeholder;
  }

  /** Takes a step; tells its outputs. */
  Map<String, Value> train(long number) {
    session.step(number);
    Map<String, Value> outputs = new LinkedHashMap<>();
    step.program().run(runner(outputs), Map.of());
    return outputs;
  }

  /** Takes a step; tells its loss. */
  float loss(long number) {
    return Tensors.floats(train(number).get(Step.LOSS))[0];
  }

  /** The first run of a guided step, and no more. */
  Map<String, Value> guidance() {
    return runner(new LinkedHashMap<>()).run(step.runs().get(0).name(), Map.of());
  }

  float[] look(Operand<TFloat32> wanted) {
    return session.floats(wanted);
  }

  /** With boxes given. */
  float[] look(Operand<TFloat32> wanted, List<CropBox> boxes) {
    return Tensors.floats(
        fetch(Map.of("it", wanted), List.of(), Map.of("boxes", Crops.value(boxes))).get("it"));
  }

  /** Everything that lives across steps. */
  Map<String, Value> snapshot() {
    return session.read(builder.parameters().stream().map(Parameter::name).toList());
  }

  float[] stored(String parameter) {
    return Tensors.floats(snapshot().get(parameter));
  }

  void write(String parameter, UnaryOperator<float[]> change) {
    Value old = snapshot().get(parameter);
    long[] shape = old.shape().stream().mapToLong(Long::longValue).toArray();
    session.write(parameter, Tensors.floats(shape, change.apply(Tensors.floats(old))));
  }

  private Step.Runner runner(Map<String, Value> outputs) {
    return new Step.Runner() {
      @Override
      public Map<String, Value> run(String name, Map<String, Value> feeds) {
        Step.Run run =
            step.runs().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
        return fetch(run.fetches(), run.targets(), feeds);
      }

      @Override
      public void train(Map<String, Value> feeds) {
        outputs.putAll(fetch(step.outputs(), builder.updates(), feeds));
      }
    };
  }

  private Map<String, Value> fetch(
      Map<String, ? extends Operand<?>> wanted, List<Op> targets, Map<String, Value> feeds) {
    Map<Operand<?>, Tensor> fed = new LinkedHashMap<>();
    feeds.forEach((name, value) -> fed.put(placeholders.get(name), Tensors.of(value)));
    try {
      List<String> names = List.copyOf(wanted.keySet());
      List<Operand<?>> fetches = new java.util.ArrayList<>();
      names.forEach(name -> fetches.add(wanted.get(name)));
      List<Value> values = session.values(fed, fetches, targets);
      Map<String, Value> found = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        found.put(names.get(i), values.get(i));
      }
      return found;
    } finally {
      fed.values().forEach(Tensor::close);
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
