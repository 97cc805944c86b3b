package juxta.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Features;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.GraphScope;
import juxta.api.Matrix;
import juxta.api.Model;
import juxta.api.ModelFunction;
import juxta.api.Preparation;
import juxta.api.Settings;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.api.View;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * An evaluation of a model that embeds an image as its pixels, and a text as those of the mean
 * image that it speaks of, or segments bright voxels.
 */
record TinyEvaluation(
    Dataset data, List<ModelFunction> functions, Path directory, Settings settings)
    implements Evaluation {
  private static final String MEANT = "meant";

  /** What the model can do. */
  static final Set<String> FUNCTIONS =
      Set.of(
          ModelFunction.EMBED,
          ModelFunction.EMBED_TEXT,
          ModelFunction.ENCODE,
          ModelFunction.FEATURE_MAP,
          ModelFunction.DENSE_MAPS);

  static TinyEvaluation of(Dataset data, Path directory, Settings settings) {
    Field image = data.train().field(Field.IMAGE);
    Field view = new Field(Field.IMAGE, FieldType.FLOAT32, image.shape());
    return new TinyEvaluation(
        data,
        List.of(
            new ModelFunction(
                ModelFunction.EMBED,
                List.of(image),
                (scope, batch) -> flat(scope, shown(scope, batch), image)),
            new ModelFunction(
                ModelFunction.ENCODE,
                List.of(view),
                (scope, batch) -> flat(scope, batch.image(), image)),
            new ModelFunction(
                ModelFunction.FEATURE_MAP,
                List.of(image),
                (scope, batch) -> Map.of(Features.FEATURE_MAP, shown(scope, batch))),
            new ModelFunction(ModelFunction.DENSE_MAPS, List.of(view), TinyEvaluation::pixels)
                .tunedBy(TinyEvaluation::pixels),
            new ModelFunction(
                ModelFunction.EMBED_TEXT,
                List.of(Field.of(Field.TEXT, FieldType.TEXT)),
                (scope, batch) ->
                    Map.of(ModelFunction.EMBEDDING, scope.tf().identity(batch.floats(MEANT))),
                Optional.of(new Meant(image)))),
        directory,
        settings);
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

  /** An evaluation of a model that takes bright voxels for the foreground. */
  static TinyEvaluation segmenting(Dataset data, Path directory, Settings settings) {
    return new TinyEvaluation(
        data,
        List.of(
            new ModelFunction(
                ModelFunction.SEGMENT,
                List.of(data.train().field(Field.VOLUME)),
                (scope, batch) -> Map.of("probabilities", bright(scope, batch)))),
        directory,
        settings);
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

  private static Operand<TFloat32> shown(GraphScope scope, Batch batch) {
    return TinySetup.views(scope, batch, View.EVALUATION, -1).image();
  }

  private static Map<String, Operand<TFloat32>> flat(
      GraphScope scope, Operand<TFloat32> image, Field stored) {
    return Map.of(
        ModelFunction.EMBEDDING,
        scope.tf().reshape(image, scope.ints(-1, (int) stored.elements())));
  }

  @Override
  public Model model() {
    return new TinyTask.Functions(functions);
  }

  @Override
  public long seed() {
    return 1;
  }

  @Override
  public Matrix run(String function, String split, String output) {
    return Weights.rows(functions, function, data.split(split), output, Map.of(), seed());
  }

  @Override
  public Applied open(String function, List<Field> inputs) {
    return new OpenedFunction(
        new TinyTask.Functions(functions).function(function), inputs, seed(), Map.of());
  }

  @Override
  public Batch view(GraphScope scope, Batch batch, View view) {
    return TinySetup.views(scope, batch, view, -1);
  }

  @Override
  public Trained train(String name, Dataset of, TrainingPhase phase, List<ModelFunction> heads) {
    try (PhaseTrial trial = new PhaseTrial(name, phase, of, seed(), Map.of())) {
      for (long step = 0; step < phase.steps(); step++) {
        trial.run(step);
      }
      return new Head(heads, of, trial.weights(), seed());
    }
  }

  private record Head(
      List<ModelFunction> functions, Dataset data, Map<String, Value> weights, long seed)
      implements Trained {
    @Override
    public Matrix run(String function, String split, String output) {
      return Weights.rows(functions, function, data.split(split), output, weights, seed);
    }

    @Override
    public Applied open(String function, List<Field> inputs) {
      return new OpenedFunction(
          new TinyTask.Functions(functions).function(function), inputs, seed, weights);
    }
  }

  @Override
  public void progress(long done, long total, String unit) {
    Promise.require(done <= total, "progress of " + done + " " + unit + " out of " + total);
  }
}
