package juxta.plugin.multinet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
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
import juxta.testkit.TrialImages;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** A step in a session; every step sees the first B images. */
final class Rig implements AutoCloseable {
  static final int B = 6;
  static final int SIDE = 8;
  static final int HIDDEN = 8;
  static final int OUT = 5;

  /** Rows of the queue: two batches. */
  static final int QUEUE = 12;

  /** The momentum that is fed. */
  static final float M = 0.9f;

  private final Graph graph = new Graph();
  private final GraphBuilder builder;
  private final GraphSession session;
  final FakeSetup setup;

  /** Gradients that were asked for, by what they are. */
  final Map<String, Operand<TFloat32>> gradients = new LinkedHashMap<>();

  final Step step;

  Rig(String... settings) {
    this(rig -> {}, settings);
  }

  /** With further operations that are made once the step is there. */
  Rig(Consumer<Rig> more, String... settings) {
    this(setup(settings), more);
  }

  private Rig(FakeSetup setup, Consumer<Rig> more) {
    this(setup, phase(setup).step(), more);
  }

  /** Any step. */
  Rig(FakeSetup setup, Function<StepContext, Step> body, Consumer<Rig> more) {
    this.setup = setup;
    this.builder = new GraphBuilder(graph, 1, "train");
    this.step = body.apply(new Context(builder.root(), images()));
    more.accept(this);
    this.session = new GraphSession(builder);
    session.initialize();
    session.scalar(TrainingPhase.LEARNING_RATE, 0.01);
    session.scalar(TrainingPhase.MOMENTUM, M);
  }

  static FakeSetup setup(String... settings) {
    return new FakeSetup(new TrialImages(20, SIDE), B, 2, settings(settings));
  }

  static Map<String, String> settings(String... pairs) {
    Map<String, String> all = new TreeMap<>();
    all.put("projection-hidden", Integer.toString(HIDDEN));
    all.put("projection-out", Integer.toString(OUT));
    all.put("prediction-hidden", "4");
    all.put("queue", Integer.toString(QUEUE));
    for (String pair : pairs) {
      all.put(pair.split("=")[0], pair.split("=")[1]);
    }
    return all;
  }

  /** The only phase of the plan. */
  static TrainingPhase phase(FakeSetup setup) {
    List<Phase> phases = new Multinet().plan(setup).phases();
    return ((Phase.Training) phases.get(0)).create().apply(Path.of(""));
  }

  /** Makes a gradient; zeros where nothing flows. */
  void keep(String what, Operand<TFloat32> of, Operand<TFloat32> with) {
    gradients.put(what, Gradients.of(builder.root(), of, List.of(with)).get(0));
  }

  /** Makes the gradients of all that is trained, by name. */
  void keepTrained() {
    List<String> names = trained();
    List<Operand<TFloat32>> all =
        Gradients.of(builder.root(), loss(), names.stream().map(this::value).toList());
    for (int i = 0; i < names.size(); i++) {
      gradients.put(names.get(i), all.get(i));
    }
  }

  private Batch images() {
    int[] pixels = new int[B * SIDE * SIDE * 3];
    for (int i = 0, at = 0; i < B; i++) {
      var data = setup.data().train().value(Field.IMAGE, i).data();
      while (data.hasRemaining()) {
        pixels[at++] = data.get() & 0xff;
      }
    }
    var tf = builder.root().tf();
    return Batch.of(
        Field.IMAGE,
        tf.dtypes.cast(
            tf.reshape(tf.constant(pixels), tf.constant(new int[] {B, SIDE, SIDE, 3})),
            TUint8.class));
  }

  GraphScope root() {
    return builder.root();
  }

  Operand<TFloat32> loss() {
    return step.outputs().get(Step.LOSS);
  }

  Rig scalar(String name, double value) {
    session.scalar(name, value);
    return this;
  }

  /** Takes a step and tells the loss before it. */
  double train(long number) {
    session.step(number);
    return Tensors.floats(session.values(Map.of(), List.of(loss()), builder.updates()).get(0))[0];
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

  /** What a step reads of a parameter of floats; of an average, its value in this step. */
  @SuppressWarnings("unchecked")
  Operand<TFloat32> value(String name) {
    return (Operand<TFloat32>)
        builder.parameters().stream()
            .filter(p -> p.name().equals(name))
            .findFirst()
            .orElseThrow()
            .value();
  }

  Value read(String name) {
    return session.read(List.of(name)).get(name);
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

  /** Everything that lives across steps. */
  Map<String, Value> snapshot() {
    return session.read(names());
  }

  void restore(Map<String, Value> snapshot) {
    session.write(snapshot);
  }

  void write(String parameter, UnaryOperator<float[]> change) {
    Value old = read(parameter);
    long[] shape = old.shape().stream().mapToLong(Long::longValue).toArray();
    session.write(parameter, Tensors.floats(shape, change.apply(Tensors.floats(old))));
  }

  /** Applications of the encoder at a place. */
  List<TinyEncoder.Use> uses(String place) {
    List<TinyEncoder.Use> found = new ArrayList<>(setup.uses);
    found.removeIf(use -> !use.scope().name().equals(place));
    return found;
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
