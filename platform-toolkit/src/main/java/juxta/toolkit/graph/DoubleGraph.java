package juxta.toolkit.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.FieldType;
import juxta.api.Value;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * What a graph computes from its parameters, once more in double precision, so that differences of
 * it say something about the function and nothing about the rounding of some kernel. Operations
 * that do not depend on a parameter (constants, random numbers) stay as they are, in float32, and
 * give both graphs the same values.
 */
final class DoubleGraph implements AutoCloseable {
  private final Graph graph;
  private final Session session;
  private final Output<?> scalar;

  /** By name of a placeholder, its value at the start. */
  private final Map<String, Tensor> feeds = new LinkedHashMap<>();

  private DoubleGraph(GraphBuilder builder, Operand<TFloat32> scalar, Map<String, Value> start) {
    this.scalar = scalar.asOutput();
    this.graph = new Graph();
    this.session = new Session(graph);
    try {
      Map<String, Value> reads = new LinkedHashMap<>();
      start.forEach((parameter, value) -> reads.put(read(builder, parameter), value));
      graph.importGraphDef(
          new DoubleNodes(builder.graph(), reads.keySet()).of(this.scalar.op().name()));
      reads.forEach((read, value) -> feed(read, tensor(value)));
      feed(builder.step().op().name(), Tensors.scalar(0L));
      run(Map.of());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Makes the graph.
   *
   * @param builder the graph in float32
   * @param scalar what is computed
   * @param start values of all parameters by full name
   * @return nothing where some operation has no kernel in double precision
   */
  static Optional<DoubleGraph> of(
      GraphBuilder builder, Operand<TFloat32> scalar, Map<String, Value> start) {
    try {
      return Optional.of(new DoubleGraph(builder, scalar, start));
    } catch (TensorFlowException | IllegalArgumentException noKernel) {
      return Optional.empty();
    }
  }

  /** Name of the operation that reads a parameter, here a placeholder. */
  static String read(GraphBuilder builder, String parameter) {
    return builder.stored(parameter).asOutput().op().name();
  }

  /** Keeps the value if the graph has such a placeholder. */
  private void feed(String placeholder, Tensor value) {
    if (graph.operation(placeholder) == null) {
      value.close();
    } else {
      feeds.put(placeholder, value);
    }
  }

  /** The scalar at the start. */
  double value() {
    return run(Map.of());
  }

  /** The scalar where what {@link #read} names has other values than at the start. */
  double at(String read, List<Long> shape, double[] values) {
    try (Tensor moved = tensor(shape, values)) {
      return run(Map.of(read, moved));
    }
  }

  private double run(Map<String, Tensor> moved) {
    Session.Runner runner = session.runner();
    feeds.forEach((name, value) -> runner.feed(name, 0, moved.getOrDefault(name, value)));
    try (Result result = runner.fetch(scalar.op().name(), scalar.index()).run()) {
      return result.get(0) instanceof TFloat64 precise
          ? precise.asRawTensor().data().asDoubles().getDouble(0)
          : result.get(0).asRawTensor().data().asFloats().getFloat(0);
    }
  }

  private static Tensor tensor(Value value) {
    if (value.type() != FieldType.FLOAT32) {
      return Tensors.of(value);
    }
    float[] floats = Tensors.floats(value);
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return tensor(value.shape(), doubles);
  }

  private static Tensor tensor(List<Long> shape, double[] values) {
    return TFloat64.tensorOf(
        Shape.of(shape.stream().mapToLong(Long::longValue).toArray()), DataBuffers.of(values));
  }

  @Override
  public void close() {
    feeds.values().forEach(Tensor::close);
    session.close();
    graph.close();
  }
}
