package juxta.plugin.patchmix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Phase;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** PatchMix's step in a session; every step sees the first B images. */
final class Rig implements AutoCloseable {
  private final Graph graph = new Graph();
  private final GraphBuilder builder;
  private final GraphSession session;
  final FakeSetup setup;

  /** Gradients that were asked for, by what they are. */
  final Map<String, Operand<TFloat32>> gradients = new LinkedHashMap<>();

  final Step step;

  Rig(FakeSetup setup) {
    this(setup, 1, built -> {});
  }

  /** With further operations that are made once the step is there. */
  Rig(FakeSetup setup, long seed, Consumer<Rig> more) {
    this.setup = setup;
    this.builder = new GraphBuilder(graph, seed, "train");
    this.step = phase(setup).step().apply(new Context(builder.root(), images()));
    more.accept(this);
    this.session = new GraphSession(builder);
    session.initialize();
    session.scalar(TrainingPhase.LEARNING_RATE, 0.01);
    session.scalar(TrainingPhase.WEIGHT_DECAY, 0);
    session.scalar(TrainingPhase.MOMENTUM, 0.9);
  }

  /** Makes a gradient; zeros where nothing flows. */
  void keep(String what, Operand<TFloat32> of, Operand<TFloat32> with) {
    gradients.put(what, Gradients.of(builder.root(), of, List.of(with)).get(0));
  }

  /** The only phase of the plan. */
  static TrainingPhase phase(FakeSetup setup) {
    List<Phase> phases = new PatchMix().plan(setup).phases();
    return ((Phase.Training) phases.get(0)).create().apply(Path.of(""));
  }

  private Batch images() {
    int side = setup.summary().imageSide();
    int[] pixels = new int[setup.batch() * side * side * 3];
    for (int i = 0, at = 0; i < setup.batch(); i++) {
      var data = setup.data().train().value(Field.IMAGE, i).data();
      while (data.hasRemaining()) {
        pixels[at++] = data.get() & 0xff;
      }
    }
    var tf = builder.root().tf();
    return Batch.of(
        Field.IMAGE,
        tf.dtypes.cast(
            tf.reshape(tf.constant(pixels), tf.constant(new int[] {setup.batch(), side, side, 3})),
            TUint8.class));
  }

  GraphScope root() {
    return builder.root();
  }

  Rig scalar(String name, double value) {
    session.scalar(name, value);
    return this;
  }

  Rig at(long number) {
    session.step(number);
    return this;
  }

  /** Takes a step and tells the outputs of that name. */
  float[] train(String output) {
    return Tensors.floats(
        session.values(Map.of(), List.of(step.outputs().get(output)), builder.updates()).get(0));
  }

  /** Values of one step, which changes nothing. */
  List<float[]> look(List<? extends Operand<TFloat32>> wanted) {
    return session.values(Map.of(), wanted, List.of()).stream().map(Tensors::floats).toList();
  }

  float[] look(Operand<TFloat32> wanted) {
    return look(List.of(wanted)).get(0);
  }

  double output(String name) {
    return look(step.outputs().get(name))[0];
  }

  List<String> names() {
    return builder.parameters().stream().map(Parameter::name).toList();
  }

  List<String> trained() {
    return builder.parameters().stream().filter(Parameter::trained).map(Parameter::name).toList();
  }

  /** A parameter of floats as it is. */
  float[] stored(String parameter) {
    return state().get(parameter);
  }

  /** All parameters of floats as they are: always the same reads, which TensorFlow plans once. */
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

  void write(String parameter, Function<float[], float[]> change) {
    Value old = session.read(List.of(parameter)).get(parameter);
    long[] shape = old.shape().stream().mapToLong(Long::longValue).toArray();
    session.write(parameter, Tensors.floats(shape, change.apply(Tensors.floats(old))));
  }

  void zero(String parameter) {
    write(parameter, old -> new float[old.length]);
  }

  /** Inputs of the applications of the encoder at a place. */
  List<Operand<TFloat32>> inputs(String place) {
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    setup.uses.stream()
        .filter(use -> use.scope().name().equals(place))
        .forEach(use -> inputs.add(use.input()));
    return inputs;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  static Map<String, String> settings(String... pairs) {
    Map<String, String> all = new TreeMap<>();
    all.put("head-hidden", "8");
    all.put("head-out", "5");
    Arrays.stream(pairs).map(pair -> pair.split("=")).forEach(p -> all.put(p[0], p[1]));
    return all;
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
