package juxta.toolkit.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Features;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.ModelFunction;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Setup;
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The functions of a model that is one image encoder. */
public final class ImageFunctions {
  private ImageFunctions() {}

  /**
   * {@code embed}, {@code encode}, {@code featureMap} and {@code denseMaps} of an encoder.
   *
   * @param setup the run
   * @param scope name of the scope that holds the encoder's parameters
   * @return the functions
   */
  public static List<ModelFunction> of(Setup setup, String scope) {
    Field stored = setup.data().train().field(Field.IMAGE);
    long side = setup.side(View.Kind.EVALUATION);
    long channels = stored.shape().get(stored.shape().size() - 1);
    Field view = Field.of(Field.IMAGE, FieldType.FLOAT32, side, side, channels);
    List<ModelFunction> functions = new ArrayList<>();
    functions.add(
        new ModelFunction(
            ModelFunction.EMBED,
            List.of(stored),
            (root, batch) -> {
              Batch seen = setup.view(root, batch, View.EVALUATION);
              return embedding(features(setup, root.sub(scope), seen));
            }));
    functions.add(
        new ModelFunction(
                ModelFunction.ENCODE,
                List.of(view),
                (root, batch) -> embedding(features(setup, root.sub(scope), batch)))
            .tunedBy(
                (root, batch) ->
                    embedding(setup.encoder(root.sub(scope)).apply(batch.image(), Pass.TRAINING))));
    functions.add(
        new ModelFunction(
            ModelFunction.FEATURE_MAP,
            List.of(stored),
            (root, batch) -> {
              Batch seen = setup.view(root, batch, View.EVALUATION);
              Features features = features(setup, root.sub(scope), seen);
              return Map.of(Features.FEATURE_MAP, features.map(Features.FEATURE_MAP));
            }));
    functions.add(
        new ModelFunction(
                ModelFunction.DENSE_MAPS,
                List.of(Field.of(Field.IMAGE, FieldType.FLOAT32, -1, -1, channels)),
                (root, batch) -> maps(setup, root, scope, batch, Pass.INFERENCE))
            .tunedBy((root, batch) -> maps(setup, root, scope, batch, Pass.TRAINING)));
    return functions;
  }

  private static Features features(Setup setup, GraphScope scope, Batch views) {
    Network network = setup.encoder(scope);
    return network.apply(views.image(), Pass.INFERENCE);
  }

  private static Map<String, Operand<TFloat32>> maps(
      Setup setup, GraphScope root, String scope, Batch batch, Pass pass) {
    Network network = setup.encoder(root.sub(scope));
    Features features = network.dense(setup.pixels(root, batch.image()), pass);
    Map<String, Operand<TFloat32>> maps = new LinkedHashMap<>();
    maps.put(Features.FEATURE_MAP, features.map(Features.FEATURE_MAP));
    if (features.maps().containsKey(Features.LOW_LEVEL)) {
      maps.put(Features.LOW_LEVEL, features.map(Features.LOW_LEVEL));
    }
    return maps;
  }

  private static Map<String, Operand<TFloat32>> embedding(Features features) {
    return Map.of(ModelFunction.EMBEDDING, features.embedding());
  }
}
