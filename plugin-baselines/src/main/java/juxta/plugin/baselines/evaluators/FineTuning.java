package juxta.plugin.baselines.evaluators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Evaluator;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Reference;
import juxta.api.Score;
import juxta.api.Setting;
import juxta.toolkit.metrics.Classification;
import juxta.toolkit.metrics.Rows;

/**
 * Trains a copy of the encoder on, with a linear head, on the labels of all training records or of
 * a share of them, and scores the test records. The model itself stays as it is.
 *
 * <p>On how many records a copy was tuned, and by which recipe, stands beside each score. Labels of
 * the test records are looked at once, after the last step: no epoch is chosen by them.
 */
public final class FineTuning implements Evaluator {
  /** Made by the service loader. */
  public FineTuning() {}

  @Override
  public String id() {
    return "finetune";
  }

  @Override
  public String summary() {
    return "the encoder trained on with a linear head, on all labels or few";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Touvron, Cord, Douze, Massa, Sablayrolles, Jégou",
            "Training data-efficient image transformers & distillation through attention",
            2021,
            "https://arxiv.org/abs/2012.12877"));
  }

  @Override
  public List<Setting<?>> settings() {
    return TuningSettings.ALL;
  }

  @Override
  public Set<String> functions() {
    return Set.of(ModelFunction.EMBED, ModelFunction.ENCODE);
  }

  @Override
  public Set<String> fields() {
    return Set.of(Field.IMAGE, Field.LABEL);
  }

  @Override
  public List<Score> evaluate(Evaluation evaluation) {
    Dataset data = evaluation.data();
    TuningSettings settings =
        TuningSettings.of(evaluation.settings(), data.train().field(Field.IMAGE));
    Labelled all = Labelled.of(data, Dataset.TRAIN);
    Labelled test = Labelled.of(data, Dataset.TEST);
    int classes = Labelled.classes(data, all, test);
    Labelled train = LabelledShare.draw(all, settings.labelled(), evaluation.seed());
    int width =
        evaluation.run(ModelFunction.EMBED, Dataset.TEST, ModelFunction.EMBEDDING).columns();
    TuningTraining training =
        new TuningTraining(evaluation, settings, train, new Probe(width, classes));
    Matrix scores = // [test records, classes]
        Rows.pick(training.run().run(Probe.CLASSIFY, Dataset.TEST, Probe.SCORES), test.records());
    Map<String, String> protocol =
        settings.shown(train.records().length, all.records().length, training.mixing());
    List<Score> found = new ArrayList<>();
    found.add(score("accuracy", 1, scores, test, protocol));
    if (classes > 5) {
      found.add(score("top5", 5, scores, test, protocol));
    }
    return found;
  }

  private static Score score(
      String metric, int k, Matrix scores, Labelled test, Map<String, String> protocol) {
    return new Score(
        metric, Classification.topAccuracy(scores, test.labels(), k), Score.Unit.RATE, protocol);
  }
}
