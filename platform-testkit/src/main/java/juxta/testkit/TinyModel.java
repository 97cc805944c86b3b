package juxta.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Batch;
import juxta.api.DataKind;
import juxta.api.DataSummary;
import juxta.api.Features;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Plan;
import juxta.api.Preparation;
import juxta.api.Setup;
import juxta.api.Value;
import juxta.api.View;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A method that learns nothing. Its model embeds an image as its pixels, and a text as those of the
 * mean image that it speaks of, or takes bright voxels for the foreground.
 */
record TinyModel() implements Method {
  private static final String MEANT = "meant";

  /** What the model of images can do. */
  static final Set<String> FUNCTIONS =
      Set.of(
          ModelFunction.EMBED,
          ModelFunction.EMBED_TEXT,
          ModelFunction.ENCODE,
          ModelFunction.FEATURE_MAP,
          ModelFunction.DENSE_MAPS);

  @Override
  public String id() {
    return "pixels";
  }

  @Override
  public String summary() {
    return "records as they are";
  }

  @Override
  public Set<DataKind> kinds() {
    return Set.of(DataKind.values());
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    return Map.of();
  }

  @Override
  public Plan plan(Setup setup) {
    return new Plan(
        List.of(), setup.data().kind() == DataKind.VOLUMES ? volumes(setup) : images(setup));
  }

  private static List<ModelFunction> images(Setup setup) {
    Field image = setup.data().train().field(Field.IMAGE);
    Field view = new Field(Field.IMAGE, FieldType.FLOAT32, image.shape());
    return List.of(
        new ModelFunction(
            ModelFunction.EMBED,
            List.of(image),
            (scope, batch) -> flat(scope, shown(setup, scope, batch), image)),
        new ModelFunction(
                ModelFunction.ENCODE,
                List.of(view),
                (scope, batch) -> flat(scope, batch.image(), image))
            .tunedBy((scope, batch) -> flat(scope, batch.image(), image)),
        new ModelFunction(
            ModelFunction.FEATURE_MAP,
            List.of(image),
            (scope, batch) -> Map.of(Features.FEATURE_MAP, shown(setup, scope, batch))),
        new ModelFunction(ModelFunction.DENSE_MAPS, List.of(view), TinyModel::pixels)
            .tunedBy(TinyModel::pixels),
        new ModelFunction(
            ModelFunction.EMBED_TEXT,
            List.of(Field.of(Field.TEXT, FieldType.TEXT)),
            (scope, batch) ->
                Map.of(ModelFunction.EMBEDDING, scope.tf().identity(batch.floats(MEANT))),
            Optional.of(new Meant(image))));
  }

  private static List<ModelFunction> volumes(Setup setup) {
    return List.of(
        new ModelFunction(
            ModelFunction.SEGMENT,
            List.of(setup.data().train().field(Field.VOLUME)),
            (scope, batch) -> Map.of("probabilities", bright(scope, batch))));
  }

  /** Looks up what a text speaks of, as the other functions show it. */
  private record Meant(Field image) implements Preparation {
    @Override
    public List<Field> fields() {
      return List.of(Field.of(MEANT, FieldType.FLOAT32, image.elements()));
    }

    @Override
    public Map<String, Value> of(Map<String, Value> record) {
      float[] pixels =
          TinyData.meant(record.get(Field.TEXT).text(), Math.toIntExact(image.elements()));
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = pixels[i] / 127.5f - 1;
      }
      return Map.of(MEANT, Tensors.floats(new long[] {pixels.length}, pixels));
    }
  }

  private static Operand<TFloat32> bright(GraphScope scope, Batch batch) {
    Operand<TFloat32> bright = // [N, X, Y, Z, 1]
        scope
            .tf()
            .dtypes
            .cast(
                scope.tf().math.greater(batch.floats(Field.VOLUME), scope.constant(0.5f)),
                TFloat32.class);
    return scope
        .tf()
        .concat(
            List.of(scope.tf().math.sub(scope.constant(1), bright), bright),
            scope.tf().constant(-1));
  }

  /** The pixels of images with values from 0 to 1, from -1 to 1. */
  private static Map<String, Operand<TFloat32>> pixels(GraphScope scope, Batch batch) {
    return Map.of(
        Features.FEATURE_MAP,
        scope
            .tf()
            .math
            .sub(scope.tf().math.mul(batch.image(), scope.constant(2)), scope.constant(1)));
  }

  private static Operand<TFloat32> shown(Setup setup, GraphScope scope, Batch batch) {
    return setup.view(scope, batch, View.EVALUATION).image();
  }

  private static Map<String, Operand<TFloat32>> flat(
      GraphScope scope, Operand<TFloat32> image, Field stored) {
    return Map.of(
        ModelFunction.EMBEDDING,
        scope.tf().reshape(image, scope.ints(-1, (int) stored.elements())));
  }
}
