package juxta.plugin.medcluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Parameter;
import juxta.api.Setup;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.model.PretrainedWeights;
import org.tensorflow.Graph;

/**
 * Weights that were trained on colour images elsewhere. For grey images the first convolution's
 * kernels are summed over the colours, which is what they make of the same image in all three.
 */
final class ForeignWeights {
  private static final long COLOURS = 3;

  private ForeignWeights() {}

  /**
   * Reads the weights of the chosen encoder.
   *
   * @return values of all its parameters by full name
   * @throws juxta.api.UserException if the file is unreadable or of another encoder
   */
  static Map<String, Value> read(Path file, Setup setup) {
    List<Parameter<?>> wanted = parameters(setup);
    Optional<Parameter<?>> grey =
        wanted.stream()
            .filter(p -> p.shape().size() == 4)
            .findFirst()
            .filter(p -> p.shape().get(2) == 1);
    List<Parameter<?>> stored = new ArrayList<>(wanted);
    grey.ifPresent(p -> stored.set(wanted.indexOf(p), inColour(p)));
    Map<String, Value> values =
        new LinkedHashMap<>(PretrainedWeights.read(file, Autoencoder.ENCODER, stored));
    grey.ifPresent(p -> values.put(p.name(), summed(values.get(p.name()))));
    return values;
  }

  /** The encoder's parameters in the order in which it makes them. */
  private static List<Parameter<?>> parameters(Setup setup) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 0, "names");
      setup.encoder(builder.root().sub(Autoencoder.ENCODER));
      return List.copyOf(builder.parameters());
    }
  }

  private static <T extends org.tensorflow.types.family.TNumber> Parameter<T> inColour(
      Parameter<T> p) {
    List<Long> shape = List.of(p.shape().get(0), p.shape().get(1), COLOURS, p.shape().get(3));
    return new Parameter<>(
        p.name(), p.type(), shape, p.layout(), p.trained(), p.value(), p.handle());
  }

  /** [k, k, 3, out] to [k, k, 1, out]. */
  static Value summed(Value kernel) {
    float[] all = Tensors.floats(kernel);
    long[] shape = kernel.shape().stream().mapToLong(Long::longValue).toArray();
    int colours = (int) shape[2];
    int out = (int) shape[3];
    float[] grey = new float[all.length / colours];
    for (int i = 0; i < all.length; i++) {
      grey[i / out / colours * out + i % out] += all[i];
    }
    return Tensors.floats(new long[] {shape[0], shape[1], 1, out}, grey);
  }
}
