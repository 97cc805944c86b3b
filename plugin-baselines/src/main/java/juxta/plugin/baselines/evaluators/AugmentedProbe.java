package juxta.plugin.baselines.evaluators;

import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.View;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A linear probe that sees another random crop of each record every time, as published. */
final class AugmentedProbe {
  private AugmentedProbe() {}

  /** Scores of all test records, [records, classes], labelled or not. */
  static Matrix scores(Evaluation evaluation, Labelled train, int classes, ProbeRecipe recipe) {
    Dataset data = evaluation.data();
    int width =
        evaluation.run(ModelFunction.EMBED, Dataset.TEST, ModelFunction.EMBEDDING).columns();
    Probe probe = new Probe(width, classes);
    ModelFunction classify =
        new ModelFunction(
            Probe.CLASSIFY,
            List.of(data.train().field(Field.IMAGE)),
            (scope, batch) ->
                Map.of(
                    Probe.SCORES,
                    probe.head(scope).apply(apply(evaluation, ModelFunction.EMBED, scope, batch))));
    return probe
        .train(
            evaluation,
            data,
            train.records(),
            recipe,
            (scope, batch) ->
                apply(
                    evaluation,
                    ModelFunction.ENCODE,
                    scope,
                    evaluation.view(scope, batch, View.PROBE)),
            classify)
        .run(Probe.CLASSIFY, Dataset.TEST, Probe.SCORES);
  }

  /** The model's embedding, in inference mode, with weights that are not trained. */
  private static Operand<TFloat32> apply(
      Evaluation evaluation, String function, GraphScope scope, Batch batch) {
    return evaluation.model().apply(function, scope.frozen(), batch).get(ModelFunction.EMBEDDING);
  }
}
