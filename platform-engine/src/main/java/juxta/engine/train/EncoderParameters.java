package juxta.engine.train;

import java.util.LinkedHashMap;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.Parameter;
import juxta.toolkit.graph.GraphBuilder;
import org.tensorflow.Graph;

/** Which of a model's parameters are its encoder's. */
public final class EncoderParameters {
  private static final String SCOPE = "encoder.";

  private EncoderParameters() {}

  /**
   * The parameters that the function {@code encode} uses.
   *
   * @param model a trained model
   * @return the encoder's own names by full names, in order of creation; none if the model has no
   *     such function
   */
  public static Map<String, String> of(FrozenModel model) {
    Map<String, String> names = new LinkedHashMap<>();
    if (!model.functions().contains(ModelFunction.ENCODE)) {
      return names;
    }
    ModelFunction encode = model.function(ModelFunction.ENCODE);
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 0, "export");
      Batch batch = new Batch(Map.of());
      for (Field field : encode.inputs()) {
        batch = batch.with(field.name(), AppliedFunction.placeholder(builder, field));
      }
      encode.body().apply(builder.root(), batch);
      for (Parameter<?> parameter : builder.parameters()) {
        String full = parameter.name();
        int at = full.indexOf(SCOPE);
        if (at >= 0) {
          names.put(full, full.substring(at + SCOPE.length()));
        }
      }
      return names;
    }
  }
}
