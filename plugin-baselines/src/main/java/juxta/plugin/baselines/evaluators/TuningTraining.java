package juxta.plugin.baselines.evaluators;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.ModelFunction;
import juxta.api.Parameter;
import juxta.api.Sampler;
import juxta.api.Schedule;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.toolkit.contrast.SoftCrossEntropy;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.image.RandomErasing;
import juxta.toolkit.optim.AdamW;
import juxta.toolkit.optim.Group;
import juxta.toolkit.optim.Optimizer;
import juxta.toolkit.optim.WeightDecay;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The training of a linear head together with the encoder below it. The engine trains a copy of the
 * model's weights; the model stays as it is.
 *
 * @param evaluation model, data and engine
 * @param settings how
 * @param train the labelled records that are used
 * @param head the head
 */
record TuningTraining(Evaluation evaluation, TuningSettings settings, Labelled train, Probe head) {
  private static final String NAME = "finetune";

  /** Parameters of vision transformers that do not decay, whatever their rank (timm, DeiT). */
  private static final List<String> UNDECAYED = List.of("cls_token", "pos_embed");

  Mixing mixing() {
    return new Mixing(settings.mixup(), settings.cutmix(), evaluation.seed());
  }

  Evaluation.Trained run() {
    Dataset data = evaluation.data();
    int records = train.records().length;
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, train.records(), settings.batch(records));
    Map<String, Schedule> schedules = new LinkedHashMap<>(mixing().schedules());
    schedules.put(TrainingPhase.LEARNING_RATE, settings.schedule(records));
    return evaluation.train(
        NAME,
        data,
        TrainingPhase.of(settings.steps(records), sampler, schedules, this::step),
        List.of(
            new ModelFunction(
                Probe.CLASSIFY, List.of(data.train().field(Field.IMAGE)), this::classify)));
  }

  private Step step(StepContext context) {
    GraphScope scope = context.scope();
    Batch batch = context.batch();
    Operand<TFloat32> x = // [B, h, w, C]
        RandomErasing.apply(
            scope,
            settings.view().of(evaluation, scope, batch, settings.changes()).image(),
            settings.erasing());
    Operand<TFloat32> y = // [B, classes]
        Mixing.smoothed(scope, batch.ints(Field.LABEL), head.classes(), settings.smoothing());
    if (mixing().isOn()) {
      Operand<TFloat32> weight = // [1, h, w, 1]
          Mixing.weight(scope, (int) x.shape().get(1), (int) x.shape().get(2));
      x = Mixing.images(scope, x, weight);
      y = Mixing.targets(scope, y, weight);
    }
    Operand<TFloat32> features = features(scope, batch.with(Field.IMAGE, x)); // [B, D]
    List<String> encoder = trained(scope);
    Operand<TFloat32> loss = SoftCrossEntropy.apply(scope, head.head(scope).apply(features), y);
    optimizer(encoder).minimize(scope, loss);
    return Step.of(loss);
  }

  private Operand<TFloat32> features(GraphScope scope, Batch views) {
    return settings.encoderRate() == 0
        ? scope
            .tf()
            .stopGradient(
                evaluation
                    .model()
                    .apply(ModelFunction.ENCODE, scope.frozen(), views)
                    .get(ModelFunction.EMBEDDING))
        : evaluation.model().tune(ModelFunction.ENCODE, scope, views).get(ModelFunction.EMBEDDING);
  }

  private static List<String> trained(GraphScope scope) {
    return scope.parameters().stream().filter(Parameter::trained).map(Parameter::name).toList();
  }

  /** AdamW, with a group for each learning rate of the encoder's layers. */
  private Optimizer optimizer(List<String> encoder) {
    Map<Double, List<String>> rates = new LinkedHashMap<>();
    new LayerDecay(settings.layerDecay())
        .factors(encoder)
        .forEach(
            (name, factor) ->
                rates
                    .computeIfAbsent(settings.encoderRate() * factor, f -> new ArrayList<>())
                    .add(name));
    Group[] groups =
        rates.entrySet().stream()
            .map(rate -> Group.named(rate.getValue()::contains).rateTimes(rate.getKey()))
            .toArray(Group[]::new);
    WeightDecay decay = WeightDecay.of(settings.decay());
    return AdamW.of(decay.on(p -> decay.decayed().test(p) && !undecayed(p))).groups(groups);
  }

  private static boolean undecayed(Parameter<?> parameter) {
    return UNDECAYED.stream().anyMatch(parameter.name()::endsWith);
  }

  private Map<String, Operand<TFloat32>> classify(GraphScope scope, Batch batch) {
    Operand<TFloat32> features =
        evaluation
            .model()
            .apply(ModelFunction.EMBED, scope.frozen(), batch)
            .get(ModelFunction.EMBEDDING);
    return Map.of(Probe.SCORES, head.head(scope).apply(features));
  }
}
