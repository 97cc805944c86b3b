package juxta.plugin.baselines.encoders;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.Network;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Layouts;
import org.tensorflow.Graph;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Runs an encoder whose weights are given in the layouts of files. */
final class Loaded {
  private Loaded() {}

  /** The embedding of images [B, H, W, C] in inference mode. */
  static float[] embed(
      Encoder encoder,
      Settings settings,
      Function<Parameter<?>, float[]> onDisk,
      long[] shape,
      float[] images) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      Placeholder<TFloat32> input =
          builder
              .root()
              .tf()
              .placeholder(
                  TFloat32.class, Placeholder.shape(Shape.of(-1, shape[1], shape[2], shape[3])));
      long[] record = Arrays.copyOfRange(shape, 1, 4);
      Network network = encoder.create(builder.root(), record, settings);
      Features features = network.apply(input, Pass.INFERENCE);
      try (GraphSession session = new GraphSession(builder);
          Tensor fed = Tensors.of(shape, images)) {
        for (Parameter<?> parameter : builder.parameters()) {
          Value stored = Tensors.floats(diskShape(parameter), onDisk.apply(parameter));
          session.write(parameter.name(), Layouts.toGraph(parameter.layout(), stored));
        }
        return Tensors.floats(
            session.values(Map.of(input, fed), List.of(features.embedding()), List.of()).get(0));
      }
    }
  }

  /** The shape of a parameter in files. */
  static long[] diskShape(Parameter<?> parameter) {
    return Layouts.diskShape(parameter.layout(), parameter.shape()).stream()
        .mapToLong(Long::longValue)
        .toArray();
  }

  /** Row-major elements with the axes in another order. */
  static float[] permuted(float[] values, long[] shape, int... axes) {
    int rank = shape.length;
    long[] strides = new long[rank];
    long stride = 1;
    for (int i = rank - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    float[] out = new float[values.length];
    long[] at = new long[rank];
    for (int o = 0; o < out.length; o++) {
      long from = 0;
      for (int i = 0; i < rank; i++) {
        from += at[i] * strides[axes[i]];
      }
      out[o] = values[(int) from];
      for (int i = rank - 1; i >= 0 && ++at[i] == shape[axes[i]]; i--) {
        at[i] = 0;
      }
    }
    return out;
  }
}
