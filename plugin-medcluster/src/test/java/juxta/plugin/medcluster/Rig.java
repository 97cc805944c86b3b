package juxta.plugin.medcluster;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Split;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** Takes steps on the first training images, again and again. */
final class Rig implements AutoCloseable, StepContext {
  private final Graph graph = new Graph();
  private final GraphBuilder builder = new GraphBuilder(graph, 1, "rig");
  private final Batch batch;
  private final GraphSession session;
  private long number;
  final Step step;

  Rig(Design design, BiFunction<Design, StepContext, Step> build) {
    batch =
        Batch.of(
            Field.IMAGE, images(scope(), design.setup().data().train(), design.setup().batch()));
    step = build.apply(design, this);
    session = new GraphSession(builder);
    session.initialize();
  }

  /** The first images of a split, as stored. */
  static Operand<TUint8> images(GraphScope scope, Split split, int n) {
    List<Long> shape = split.field(Field.IMAGE).shape();
    int length = (int) split.field(Field.IMAGE).elements();
    int[] pixels = new int[n * length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = split.value(Field.IMAGE, i / length).data().get(i % length) & 0xff;
    }
    return scope
        .tf()
        .dtypes
        .cast(
            scope
                .tf()
                .reshape(
                    scope.tf().constant(pixels),
                    scope.ints(
                        n,
                        shape.get(0).intValue(),
                        shape.get(1).intValue(),
                        shape.get(2).intValue())),
            TUint8.class);
  }

  /** Takes a step and tells the outputs before it. */
  float[] train(double rate, String output) {
    return run(rate, step.outputs().get(output), true);
  }

  /** Values in a step that changes nothing. */
  float[] look(Operand<TFloat32> wanted) {
    return run(0, wanted, false);
  }

  private float[] run(double rate, Operand<TFloat32> wanted, boolean update) {
    session.step(number++);
    if (builder.scalars().containsKey("learning-rate")) {
      session.scalar("learning-rate", rate);
    }
    return Tensors.floats(
        session.values(Map.of(), List.of(wanted), update ? builder.updates() : List.of()).get(0));
  }

  Map<String, Value> parameters() {
    return session.read(builder.parameters().stream().map(Parameter::name).toList());
  }

  float[] parameter(String name) {
    return Tensors.floats(session.read(List.of(name)).get(name));
  }

  void write(Map<String, Value> parameters) {
    session.write(parameters);
  }

  List<String> trained() {
    return builder.parameters().stream().filter(Parameter::trained).map(Parameter::name).toList();
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
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
