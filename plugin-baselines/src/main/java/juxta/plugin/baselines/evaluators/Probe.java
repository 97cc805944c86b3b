package juxta.plugin.baselines.evaluators;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.ModelFunction;
import juxta.api.Sampler;
import juxta.api.Step;
import juxta.api.TrainingPhase;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A linear classifier on features, and how to train it.
 *
 * @param width D, length of a feature
 * @param classes number of classes
 */
record Probe(int width, int classes) {
  /** Name of the function that gives scores. */
  static final String CLASSIFY = "classify";

  /** Its output, [B, classes]. */
  static final String SCORES = "scores";

  private static final String NAME = "linear-probe";

  /**
   * Trains on some records of the training split.
   *
   * @param data records to train on
   * @param records which of them
   * @param recipe the recipe, fitting the number of records
   * @param features makes features [B, D] of a batch, for training
   * @param classify function from an input to scores
   */
  Evaluation.Trained train(
      Evaluation evaluation,
      Dataset data,
      int[] records,
      ProbeRecipe recipe,
      BiFunction<GraphScope, Batch, Operand<TFloat32>> features,
      ModelFunction classify) {
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, records, recipe.batch());
    TrainingPhase phase =
        TrainingPhase.of(
            recipe.steps(records.length),
            sampler,
            Map.of(TrainingPhase.LEARNING_RATE, recipe.schedule(records.length)),
            context -> {
              GraphScope scope = context.scope();
              Ops tf = scope.tf();
              Batch batch = context.batch();
              Operand<TFloat32> x = // [B, D]
                  tf.stopGradient(features.apply(scope, batch));
              Operand<TFloat32> scores = head(scope).apply(x); // [B, classes]
              Operand<TFloat32> each = // [B]
                  tf.nn.sparseSoftmaxCrossEntropyWithLogits(scores, batch.ints(Field.LABEL)).loss();
              Operand<TFloat32> loss = tf.math.mean(each, scope.ints(0));
              recipe.updates().minimize(scope, loss);
              return Step.of(loss);
            });
    return evaluation.train(NAME, data, phase, List.of(classify));
  }

  /** The layer: weights N(0, 0.01), bias 0, as in the reference implementations. */
  Linear head(GraphScope scope) {
    return new Linear(
        scope.sub(NAME),
        width,
        classes,
        Initializers.normal(0.01),
        Optional.of(Initializers.zeros()));
  }
}
