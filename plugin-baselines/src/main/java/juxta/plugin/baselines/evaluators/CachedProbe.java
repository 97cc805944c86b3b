package juxta.plugin.baselines.evaluators;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.FieldType;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.toolkit.metrics.Rows;

/**
 * A linear probe on embeddings that were computed once, without augmentation.
 *
 * @param train [N, D] of the labelled training records
 * @param trainLabels N classes
 * @param test [M, D] of the labelled test records
 * @param testLabels M classes
 * @param classes number of classes
 */
record CachedProbe(Matrix train, int[] trainLabels, Matrix test, int[] testLabels, int classes) {
  static CachedProbe of(
      Evaluation evaluation, Labelled train, Labelled test, int classes, boolean standardize) {
    Matrix trainFeatures = features(evaluation, Dataset.TRAIN, train);
    Matrix testFeatures = features(evaluation, Dataset.TEST, test);
    if (standardize) {
      Standardisation standardisation = Standardisation.of(trainFeatures);
      trainFeatures = standardisation.apply(trainFeatures);
      testFeatures = standardisation.apply(testFeatures);
    }
    return new CachedProbe(trainFeatures, train.labels(), testFeatures, test.labels(), classes);
  }

  private static Matrix features(Evaluation evaluation, String split, Labelled labelled) {
    return Rows.pick(
        evaluation.run(ModelFunction.EMBED, split, ModelFunction.EMBEDDING), labelled.records());
  }

  /** Trains on the training features and scores the test features, [M, classes]. */
  Matrix scores(Evaluation evaluation, ProbeRecipe recipe) {
    Probe probe = new Probe(train.columns(), classes);
    ModelFunction classify =
        new ModelFunction(
            Probe.CLASSIFY,
            List.of(Field.of(FeatureData.FEATURE, FieldType.FLOAT32, train.columns())),
            (scope, batch) ->
                Map.of(Probe.SCORES, probe.head(scope).apply(batch.floats(FeatureData.FEATURE))));
    FeatureData data =
        FeatureData.of(
            evaluation.data(),
            Map.of(
                Dataset.TRAIN, FeatureData.split(train, trainLabels),
                Dataset.TEST, FeatureData.split(test, testLabels)));
    return probe
        .train(
            evaluation,
            data,
            IntStream.range(0, train.rows()).toArray(),
            recipe,
            (scope, batch) -> batch.floats(FeatureData.FEATURE),
            classify)
        .run(Probe.CLASSIFY, Dataset.TEST, Probe.SCORES);
  }
}
