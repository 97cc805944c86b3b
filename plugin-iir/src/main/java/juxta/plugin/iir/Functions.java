package juxta.plugin.iir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Features;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.ModelFunction;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The functions of the model. All take images of any size; {@code embed} and {@code encode} give
 * the final descriptor, of length 1.
 */
final class Functions {
  /** {@code image} uint8 [B, H, W, C] to {@code embedding} [B, D], before whitening. */
  static final String DESCRIBE = "describe";

  /** As {@link #DESCRIBE}, but before the linear layer: what that can start from. */
  static final String POOLED = "pooled";

  private Functions() {}

  static List<ModelFunction> of(Setup setup, Arm arm, boolean whitened) {
    List<Long> stored = setup.data().train().field(Field.IMAGE).shape();
    long channels = stored.get(stored.size() - 1);
    Field image = Field.of(Field.IMAGE, FieldType.UINT8, -1, -1, channels);
    Field view = Field.of(Field.IMAGE, FieldType.FLOAT32, -1, -1, channels);
    List<ModelFunction> functions = new ArrayList<>();
    functions.add(
        new ModelFunction(
            ModelFunction.EMBED,
            List.of(image),
            (root, batch) -> embed(setup, arm, root, seen(setup, root, batch), whitened)));
    functions.add(
        new ModelFunction(
                ModelFunction.ENCODE,
                List.of(view),
                (root, batch) -> embed(setup, arm, root, batch.image(), whitened))
            .tunedBy( // as its own fine-tuning: batch normalisation keeps its statistics
                (root, batch) -> embed(setup, arm, root, batch.image(), whitened)));
    functions.add(
        new ModelFunction(
            ModelFunction.FEATURE_MAP,
            List.of(image),
            (root, batch) -> {
              Features features =
                  setup
                      .encoder(root.sub(DescriptorNetwork.ENCODER))
                      .apply(seen(setup, root, batch), Pass.INFERENCE);
              return Map.of(Features.FEATURE_MAP, features.map(Features.FEATURE_MAP));
            }));
    if (whitened) {
      functions.add(
          new ModelFunction(
              DESCRIBE,
              List.of(image),
              (root, batch) -> embed(setup, arm, root, seen(setup, root, batch), false)));
    }
    if (arm.tuned() && setup.settings().get(IirSettings.START).equals("pca")) {
      functions.add(
          new ModelFunction(
              POOLED,
              List.of(image),
              (root, batch) ->
                  embedding(
                      new DescriptorNetwork(root, setup, arm)
                          .pooled(seen(setup, root, batch), Pass.INFERENCE))));
    }
    return List.copyOf(functions);
  }

  /** Whole images, normalised. */
  private static Operand<TFloat32> seen(Setup setup, GraphScope root, Batch batch) {
    return setup.view(root, batch, View.EVALUATION).image();
  }

  private static Map<String, Operand<TFloat32>> embed(
      Setup setup, Arm arm, GraphScope root, Operand<TFloat32> x, boolean whitened) {
    Settings s = setup.settings();
    DescriptorNetwork network = new DescriptorNetwork(root, setup, arm);
    List<Double> scales = DescriptorNetwork.scales(s.get(IirSettings.SCALES));
    boolean followed = !s.get(arm.whitening()).equals("none"); // also where this stops before it
    Operand<TFloat32> d = network.scaled(x, scales, followed); // [B, D]
    return embedding(
        whitened ? new WhiteningLayer(root, network.width(), s).apply(d) : d); // [B, k]
  }

  private static Map<String, Operand<TFloat32>> embedding(Operand<TFloat32> d) {
    return Map.of(ModelFunction.EMBEDDING, d);
  }
}
