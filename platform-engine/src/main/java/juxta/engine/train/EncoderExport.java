package juxta.engine.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.Parameter;
import juxta.api.Value;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Layouts;
import juxta.toolkit.io.Safetensors;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;

/** Writes the encoder of a trained model alone, under the names of timm and torchvision. */
public final class EncoderExport {
  private static final String SCOPE = "encoder.";

  private EncoderExport() {}

  /**
   * Writes the weights that the model's {@code encode} function uses.
   *
   * @param model the trained model
   * @param aliases file names by our names, where they differ
   * @param file where to write
   * @return the file, empty if the model has no encoder
   */
  public static Optional<Path> write(FrozenModel model, Map<String, String> aliases, Path file) {
    if (!model.functions().contains(ModelFunction.ENCODE)) {
      return Optional.empty();
    }
    Map<String, Value> weights = new LinkedHashMap<>();
    for (String name : parameters(model.function(ModelFunction.ENCODE))) {
      ParameterStore.Entry entry = model.store().entries().get(name);
      String own = name.substring(name.indexOf(SCOPE) + SCOPE.length());
      weights.put(aliases.getOrDefault(own, own), Layouts.toDisk(entry.layout(), entry.value()));
    }
    Safetensors.writeValues(file, weights, Map.of("format", "pt"));
    return Optional.of(file);
  }

  /** Full names of the encoder's parameters. */
  static List<String> parameters(ModelFunction encode) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 0, "export");
      Batch batch = new Batch(Map.of());
      for (Field field : encode.inputs()) {
        long[] shape = new long[field.shape().size() + 1];
        shape[0] = -1;
        for (int i = 1; i < shape.length; i++) {
          shape[i] = field.shape().get(i - 1);
        }
        batch =
            batch.with(
                field.name(),
                builder
                    .root()
                    .tf()
                    .placeholder(Tensors.type(field.type()), Placeholder.shape(Shape.of(shape))));
      }
      encode.body().apply(builder.root(), batch);
      return builder.parameters().stream()
          .map(Parameter::name)
          .filter(name -> name.contains(SCOPE))
          .toList();
    }
  }
}
