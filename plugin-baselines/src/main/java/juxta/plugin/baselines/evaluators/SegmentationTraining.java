package juxta.plugin.baselines.evaluators;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Features;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.ModelFunction;
import juxta.api.Pass;
import juxta.api.Sampler;
import juxta.api.Split;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TaskContext;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.metrics.ConfusionMatrix;
import juxta.toolkit.optim.Adam;
import juxta.toolkit.optim.Schedules;
import juxta.toolkit.optim.WeightDecay;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The training of a segmentation head.
 *
 * @param evaluation model, data and engine
 * @param settings how
 * @param tiles the training tiles whose masks are used
 * @param classes number of classes
 * @param size pixels along each edge of a tile as stored
 * @param side pixels along each edge of a tile as seen
 */
record SegmentationTraining(
    Evaluation evaluation,
    SegmentationSettings settings,
    int[] tiles,
    int classes,
    int size,
    int side) {
  /** Function from {@code image} uint8 [B, L, L, C] to {@link #CLASSES}. */
  static final String SEGMENT = "segmentTiles";

  /** Output of {@link #SEGMENT}: the most probable class of each pixel, [B, L, L]. */
  static final String CLASSES = "classes";

  private static final String NAME = "segmentation-head";

  /** What {@link #SEGMENT} takes. */
  static List<Field> inputs(Split split) {
    return List.of(split.field(Field.IMAGE));
  }

  Evaluation.Trained run() {
    Dataset data = evaluation.data();
    Sampler sampler = sampler();
    long epoch = sampler.stepsPerEpoch();
    TrainingPhase phase =
        TrainingPhase.of(
            epoch * settings.epochs(),
            sampler,
            Map.of(
                TrainingPhase.LEARNING_RATE,
                Schedules.exponential(settings.rate(), settings.fall(), epoch)),
            this::step);
    if (data.splits().containsKey(Dataset.VALIDATION)) {
      phase =
          phase.validatedBy(new TrainingPhase.Validation(epoch, this::accuracy, false, true, 0));
    }
    ModelFunction segment = new ModelFunction(SEGMENT, inputs(data.train()), this::segment);
    return evaluation.train(NAME, data, phase, List.of(segment));
  }

  private Sampler sampler() {
    return Samplers.shuffled(Dataset.TRAIN, tiles, Math.min(settings.batch(), tiles.length));
  }

  private Step step(StepContext context) {
    GraphScope scope = context.scope();
    Ops tf = scope.tf();
    Batch batch = context.batch();
    TileViews views =
        TileViews.random(scope, batch.bytes(Field.IMAGE), batch.bytes(Field.MASK), side);
    Operand<TFloat32> scores = // [B, S, S, classes]
        scores(scope, views.image(), Pass.TRAINING, side);
    Operand<TFloat32> loss = loss(tf, scores, views.mask());
    Adam.of(WeightDecay.of(settings.decay()).everywhere()).betas(0.9, 0.99).minimize(scope, loss);
    return Step.of(loss);
  }

  /** Mean cross-entropy of the pixels that have a class; 0 if none has. */
  private Operand<TFloat32> loss(Ops tf, Operand<TFloat32> scores, Operand<TInt32> mask) {
    Operand<TInt32> labels = tf.reshape(mask, tf.constant(new int[] {-1})); // [B S S]
    Operand<TFloat32> known =
        tf.dtypes.cast(tf.math.less(labels, tf.constant(classes)), TFloat32.class);
    Operand<TInt32> safe = tf.math.mul(labels, tf.dtypes.cast(known, TInt32.class));
    Operand<TFloat32> each =
        tf.nn
            .sparseSoftmaxCrossEntropyWithLogits(
                tf.reshape(scores, tf.constant(new int[] {-1, classes})), safe)
            .loss();
    Operand<TInt32> all = tf.constant(new int[] {0});
    return tf.math.div(
        tf.reduceSum(tf.math.mul(each, known), all),
        tf.math.maximum(tf.reduceSum(known, all), tf.constant(1f)));
  }

  private Map<String, Operand<TFloat32>> segment(GraphScope scope, Batch batch) {
    Ops tf = scope.tf();
    Operand<TFloat32> image = TileViews.whole(scope, batch.bytes(Field.IMAGE), side);
    Operand<TFloat32> scores = scores(scope, image, Pass.INFERENCE, size); // [B, L, L, classes]
    return Map.of(
        CLASSES,
        tf.dtypes.cast(tf.math.argMax(scores, tf.constant(3), TInt32.class), TFloat32.class));
  }

  /** Scores of each class, enlarged to so many pixels. */
  private Operand<TFloat32> scores(
      GraphScope scope, Operand<TFloat32> image, Pass pass, int pixels) {
    Batch batch = Batch.of(Field.IMAGE, image);
    Map<String, Operand<TFloat32>> maps =
        pass.training() && settings.tuned()
            ? evaluation.model().tune(ModelFunction.DENSE_MAPS, scope, batch)
            : fixed(scope, evaluation.model().apply(ModelFunction.DENSE_MAPS, scope, batch));
    if (maps.get(Features.FEATURE_MAP).shape().get(1) <= 0) {
      throw new UserException("segmentation: the encoder does not tell how large its maps are");
    }
    Operand<TFloat32> scores =
        new DeepLabHead(scope.sub(NAME), pass, settings).apply(maps, classes);
    return DeepLabHead.resized(scope.tf(), scores, pixels, pixels);
  }

  private static Map<String, Operand<TFloat32>> fixed(
      GraphScope scope, Map<String, Operand<TFloat32>> maps) {
    Map<String, Operand<TFloat32>> fixed = new LinkedHashMap<>();
    maps.forEach((name, map) -> fixed.put(name, scope.tf().stopGradient(map)));
    return fixed;
  }

  private double accuracy(TaskContext context) {
    ConfusionMatrix found = new ConfusionMatrix(classes);
    try (Evaluation.Applied applied = context.open(SEGMENT, inputs(evaluation.data().train()))) {
      new TileScoring(evaluation.data(), Dataset.VALIDATION, applied)
          .run(found, TilePicture.NONE, done -> {});
    }
    return found.accuracy();
  }

  Map<String, String> shown() {
    Dataset data = evaluation.data();
    Map<String, String> shown =
        settings.shown(
            tiles.length, data.train().size(), side, sampler().stepsPerEpoch() * settings.epochs());
    shown.put(
        "weights",
        data.splits().containsKey(Dataset.VALIDATION)
            ? "of the epoch with the best accuracy on validation"
            : "of the last epoch");
    return shown;
  }
}
