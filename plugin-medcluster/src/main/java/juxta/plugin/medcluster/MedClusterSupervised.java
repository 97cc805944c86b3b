package juxta.plugin.medcluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Pass;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Sampler;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.View;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.model.ImageFunctions;
import juxta.toolkit.model.Presets;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * MedCluster's encoder trained from scratch with labels: "supervised, no transfer", for where no
 * ImageNet weights are at hand.
 */
public final class MedClusterSupervised implements Method {
  /** Made by the service loader. */
  public MedClusterSupervised() {}

  @Override
  public String id() {
    return "medcluster-supervised";
  }

  @Override
  public String summary() {
    return "comparison row: medcluster's encoder trained from scratch with labels";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(MedCluster.paper());
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(Supervision.RATE);
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return false;
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("encoder", "conv-gelu");
    preset.put("augmentation", "medical");
    boolean small = name.equals(SMALL);
    preset.put("epochs", small ? MedClusterSettings.smallEpochs(data) : "50");
    preset.put(
        "batch",
        small ? Presets.smallBatch(data) : Integer.toString(Math.min(512, data.trainSize())));
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    int[] labelled = Supervision.labelled(setup, id());
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, labelled, setup.batch());
    TrainingPhase phase =
        Supervision.watched(
            setup,
            TrainingPhase.of(
                Length.of(sampler, setup.epochs()).steps(),
                sampler,
                Map.of(
                    TrainingPhase.LEARNING_RATE,
                    Schedule.constant(setup.settings().get(Supervision.RATE))),
                context -> step(setup, context)),
            context ->
                context.run(Supervision.CLASSIFY, Dataset.VALIDATION, Functions.PROBABILITIES));
    List<ModelFunction> functions = new ArrayList<>(ImageFunctions.of(setup, Autoencoder.ENCODER));
    functions.addAll(Supervision.functions(setup));
    return Plan.of(phase, functions);
  }

  private static Step step(Setup setup, StepContext context) {
    GraphScope scope = context.scope();
    juxta.api.Network f = setup.encoder(scope.sub(Autoencoder.ENCODER));
    Operand<TFloat32> x = setup.view(scope, context.batch(), View.global(0)).image();
    Operand<TFloat32> features = // [B, D]
        scope.tf().reshape(f.apply(x, Pass.TRAINING).embedding(), scope.ints(-1, f.width()));
    return Supervision.step(setup, scope, features, context.batch().ints(Field.LABEL))
        .with(Step.EMBEDDING, features);
  }
}
