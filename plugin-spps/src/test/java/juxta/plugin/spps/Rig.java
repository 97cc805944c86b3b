package juxta.plugin.spps;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Sampler;
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
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** Runs the steps of a training phase with the records that its sampler draws. */
final class Rig implements AutoCloseable, StepContext {
  private final Graph graph = new Graph();
  private final GraphBuilder builder;
  private final GraphSession session;
  private final TrainingPhase phase;
  private final Placeholder<TInt32> records;
  private final Batch batch;
  private final Map<String, Placeholder<? extends TType>> fed = new LinkedHashMap<>();
  final Step step;

  Rig(String name, TrainingPhase phase, FakeSetup setup) {
    this.phase = phase;
    this.builder = new GraphBuilder(graph, setup.seed(), name);
    var tf = builder.root().tf();
    int size = phase.sampler().streams().get(Sampler.MAIN).size();
    this.records = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(size)));
    this.batch =
        Batch.of(Field.IMAGE, tf.gather(images(builder.root(), setup), records, tf.constant(0)));
    this.step = phase.step().apply(this);
    this.session = new GraphSession(builder);
    session.initialize();
  }

  /** All training images, as stored. */
  static Operand<TUint8> images(GraphScope root, FakeSetup setup) {
    int n = setup.data().train().size();
    int side = setup.summary().imageSide();
    int[] pixels = new int[n * side * side * 3];
    for (int i = 0, at = 0; i < n; i++) {
      var data = setup.data().train().value(Field.IMAGE, i).data();
      while (data.hasRemaining()) {
        pixels[at++] = data.get() & 0xff;
      }
    }
    var tf = root.tf();
    return tf.dtypes.cast(
        tf.reshape(tf.constant(pixels), root.ints(n, side, side, 3)), TUint8.class);
  }

  /** Takes a step and tells the loss before it. */
  double train(long number) {
    return Tensors.floats(run(number, List.of(step.outputs().get(Step.LOSS)), true).get(0))[0];
  }

  /** Values in a step that changes nothing. */
  float[] look(long number, Operand<TFloat32> wanted) {
    return Tensors.floats(run(number, List.of(wanted), false).get(0));
  }

  private List<Value> run(long number, List<Operand<TFloat32>> wanted, boolean update) {
    session.step(number);
    phase.schedules().forEach((n, schedule) -> session.scalar(n, schedule.at(number, List.of())));
    int[] drawn = phase.sampler().indices(1, number).get(Sampler.MAIN);
    List<Value> values = new ArrayList<>();
    step.program()
        .run(
            new Step.Runner() {
              @Override
              public Map<String, Value> run(String name, Map<String, Value> feeds) {
                throw new UnsupportedOperationException();
              }

              @Override
              public void train(Map<String, Value> feeds) {
                values.addAll(once(drawn, feeds, wanted, update));
              }
            },
            Map.of(Sampler.MAIN, drawn));
    return values;
  }

  private List<Value> once(
      int[] drawn, Map<String, Value> feeds, List<Operand<TFloat32>> wanted, boolean update) {
    Map<Operand<?>, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(records, Tensors.of(drawn));
    feeds.forEach((name, value) -> tensors.put(fed.get(name), Tensors.of(value)));
    try {
      return session.values(tensors, wanted, update ? builder.updates() : List.of());
    } finally {
      tensors.values().forEach(Tensor::close);
    }
  }

  List<String> names() {
    return builder.parameters().stream().map(Parameter::name).toList();
  }

  Map<String, Value> snapshot() {
    return session.read(names());
  }

  void restore(Map<String, Value> snapshot) {
    session.write(snapshot);
  }

  @Override
  public GraphScope scope() {
    return builder.root();
  }

  @Override
  public Batch batch(String stream) {
    return batch;
  }

  @Override
  public <T extends TType> Operand<T> feed(String name, Class<T> type, long... shape) {
    Placeholder<T> placeholder = scope().tf().placeholder(type, Placeholder.shape(Shape.of(shape)));
    fed.put(name, placeholder);
    return placeholder;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
