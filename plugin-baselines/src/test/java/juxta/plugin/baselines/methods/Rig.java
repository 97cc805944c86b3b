package juxta.plugin.baselines.methods;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Method;
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
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** A method's step in a session; every step sees the first B images. */
final class Rig implements AutoCloseable {
  private final Graph graph = new Graph();
  private final GraphBuilder builder;
  private final GraphSession session;
  final FakeSetup setup;
  final Step step;

  Rig(Method method, FakeSetup setup) {
    this(method, setup, rig -> {});
  }

  /** With further operations that are made once the step is there. */
  Rig(Method method, FakeSetup setup, Consumer<Rig> more) {
    this.setup = setup;
    this.builder = new GraphBuilder(graph, 1, "train");
    this.step =
        phase(method, setup)
            .step()
            .apply(new Context(builder.root(), images(builder, setup, setup.batch())));
    more.accept(this);
    this.session = new GraphSession(builder);
    session.initialize();
    session.scalar(TrainingPhase.LEARNING_RATE, 0.01);
    session.scalar(TrainingPhase.MOMENTUM, 0.9);
  }

  Rig scalar(String name, double value) {
    session.scalar(name, value);
    return this;
  }

  /** The only phase of the plan. */
  static TrainingPhase phase(Method method, FakeSetup setup) {
    List<Phase> phases = method.plan(setup).phases();
    return ((Phase.Training) phases.get(0)).create().apply(Path.of(""));
  }

  /** The first images of the training data, as stored. */
  static Batch images(GraphBuilder builder, FakeSetup setup, int count) {
    int side = setup.summary().imageSide();
    int[] pixels = new int[count * side * side * 3];
    for (int i = 0, at = 0; i < count; i++) {
      var data = setup.data().train().value(Field.IMAGE, i).data();
      while (data.hasRemaining()) {
        pixels[at++] = data.get() & 0xff;
      }
    }
    var tf = builder.root().tf();
    Batch images =
        Batch.of(
            Field.IMAGE,
            tf.dtypes.cast(
                tf.reshape(tf.constant(pixels), tf.constant(new int[] {count, side, side, 3})),
                TUint8.class));
    if (!setup.data().train().has(Field.LABEL)) {
      return images;
    }
    int[] labels =
        IntStream.range(0, count)
            .map(i -> setup.data().train().value(Field.LABEL, i).number())
            .toArray();
    return images.with(Field.LABEL, tf.constant(labels));
  }

  /** Takes a step and tells the loss before it. */
  double train(long number) {
    session.step(number);
    return Tensors.floats(
        session.values(Map.of(), List.of(step.outputs().get(Step.LOSS)), builder.updates()).get(0))[
        0];
  }

  float[] look(Operand<TFloat32> wanted) {
    return session.floats(wanted);
  }

  List<Parameter<?>> parameters() {
    return builder.parameters();
  }

  GraphScope root() {
    return builder.root();
  }

  /** The loss of this moment; nothing changes. */
  double loss() {
    return look(step.outputs().get(Step.LOSS))[0];
  }

  /** Everything that lives across steps. */
  Map<String, Value> snapshot() {
    return session.read(builder.parameters().stream().map(Parameter::name).toList());
  }

  void restore(Map<String, Value> snapshot) {
    session.write(snapshot);
  }

  /** Changes the elements of a parameter of floats. */
  void write(String parameter, UnaryOperator<float[]> change) {
    Value old = session.read(List.of(parameter)).get(parameter);
    long[] shape = old.shape().stream().mapToLong(Long::longValue).toArray();
    session.write(parameter, Tensors.floats(shape, change.apply(Tensors.floats(old))));
  }

  /** All parameters of floats as they are. */
  Map<String, float[]> state() {
    List<String> floats =
        builder.parameters().stream()
            .filter(p -> p.type() == TFloat32.class)
            .map(Parameter::name)
            .toList();
    Map<String, float[]> state = new LinkedHashMap<>();
    session.read(floats).forEach((name, value) -> state.put(name, Tensors.floats(value)));
    return state;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private record Context(GraphScope scope, Batch records) implements StepContext {
    @Override
    public Batch batch(String stream) {
      return records;
    }

    @Override
    public <T extends TType> Operand<T> feed(String name, Class<T> type, long... shape) {
      throw new UnsupportedOperationException();
    }
  }
}
