package juxta.plugin.medcluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Matrix;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Sampler;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TaskContext;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.model.ImageFunctions;
import juxta.toolkit.model.Presets;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The supervised transfer baseline: an encoder with weights from elsewhere (ImageNet), frozen, and
 * a linear classifier on its features. Images are looked at once, as they are: the features of all
 * training images are kept among the artefacts, and the classifier is trained on those.
 *
 * <p>The abstract compares with such a network, which the repository builds of ResNet-50; here it
 * is whichever encoder the weights are of. Grey images are what the weights would see with the same
 * image in all three channels.
 */
public final class MedClusterTransfer implements Method {
  private static final String FEATURES = "features";
  private static final String INIT = "init";

  static final Setting<String> WEIGHTS =
      Setting.file("weights", "", INIT)
          .describe(
              "file with the encoder's weights: safetensors with timm's or torchvision's names, or a"
                  + " folded network as .npz with its .json; 'init': those of --init-from, or random"
                  + " ones")
          .source("public ImageNet weights, which do not come with Juxta");

  /** Made by the service loader. */
  public MedClusterTransfer() {}

  @Override
  public String id() {
    return "medcluster-transfer";
  }

  @Override
  public String summary() {
    return "comparison row: a linear classifier on a frozen encoder with weights from elsewhere";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(MedCluster.paper());
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(WEIGHTS, Supervision.RATE);
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return false;
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    Map<String, String> preset = new LinkedHashMap<>();
    boolean small = name.equals(SMALL);
    preset.put("encoder", small ? "mobilenet-v2" : "resnet50");
    preset.put("augmentation", "medical");
    preset.put("augmentation.size", small ? "96" : "224");
    preset.put("augmentation.normalisation", small ? "inception" : "imagenet");
    preset.put("epochs", "50");
    preset.put(
        "batch",
        small ? Presets.smallBatch(data) : Integer.toString(Math.min(512, data.trainSize())));
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    int[] labelled = Supervision.labelled(setup, id());
    check(setup.settings().get(WEIGHTS));
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, labelled, setup.batch());
    List<ModelFunction> functions = new ArrayList<>(ImageFunctions.of(setup, Autoencoder.ENCODER));
    functions.addAll(Supervision.functions(setup));
    return new Plan(
        List.of(
            new Phase.Task("features", task -> features(setup, task)),
            new Phase.Training("classify", artefacts -> classify(setup, sampler, artefacts))),
        functions);
  }

  private static void check(String weights) {
    if (weights.isEmpty()) {
      throw new UserException(
          "weights: medcluster-transfer needs a file with the encoder's weights; pass --set"
              + " weights=FILE, or --set weights=init for those of --init-from");
    }
  }

  /** Reads the weights, and looks at all images that the classifier is trained or chosen on. */
  private static void features(Setup setup, TaskContext task) {
    String weights = setup.settings().get(WEIGHTS);
    if (!weights.equals(INIT)) {
      task.write(ForeignWeights.read(Path.of(weights), setup));
    }
    for (String split : List.of(Dataset.TRAIN, Dataset.VALIDATION)) {
      if (setup.data().splits().containsKey(split)) {
        FeatureFile.write(
            file(task.artefacts(), split),
            task.run(ModelFunction.EMBED, split, ModelFunction.EMBEDDING));
      }
    }
  }

  private static Path file(Path artefacts, String split) {
    return artefacts.resolve(FEATURES + "-" + split + ".safetensors");
  }

  private static TrainingPhase classify(Setup setup, Sampler sampler, Path artefacts) {
    Matrix train = FeatureFile.read(file(artefacts, Dataset.TRAIN)); // [N, D]
    TrainingPhase phase =
        TrainingPhase.of(
            Length.of(sampler, setup.epochs()).steps(),
            sampler,
            Map.of(
                TrainingPhase.LEARNING_RATE,
                Schedule.constant(setup.settings().get(Supervision.RATE))),
            context -> step(setup, context, train));
    return Supervision.watched(
        setup,
        phase,
        context -> scores(context, FeatureFile.read(file(artefacts, Dataset.VALIDATION))));
  }

  private static Step step(Setup setup, StepContext context, Matrix train) {
    GraphScope scope = context.scope();
    setup.encoder(scope.sub(Autoencoder.ENCODER).frozen()); // so that its weights are the run's
    Operand<TFloat32> features =
        context.feed(FEATURES, TFloat32.class, setup.batch(), train.columns());
    return Supervision.step(setup, scope, features, context.batch().ints(Field.LABEL))
        .driven(
            List.of(),
            (runner, batch) ->
                runner.train(Map.of(FEATURES, rows(train, batch.get(Sampler.MAIN)))));
  }

  private static juxta.api.Value rows(Matrix all, int[] records) {
    float[] rows = new float[records.length * all.columns()];
    for (int i = 0; i < records.length; i++) {
      System.arraycopy(
          all.values(), records[i] * all.columns(), rows, i * all.columns(), all.columns());
    }
    return Tensors.floats(new long[] {records.length, all.columns()}, rows);
  }

  /** x W + b with the weights of this moment. */
  private static Matrix scores(TaskContext context, Matrix x) {
    float[] w = Tensors.floats(context.read(Supervision.CLASSIFIER + ".weight")); // [D, classes]
    float[] b = Tensors.floats(context.read(Supervision.CLASSIFIER + ".bias"));
    float[] scores = new float[x.rows() * b.length];
    for (int row = 0; row < x.rows(); row++) {
      for (int c = 0; c < b.length; c++) {
        double sum = b[c];
        for (int j = 0; j < x.columns(); j++) {
          sum += x.at(row, j) * w[j * b.length + c];
        }
        scores[row * b.length + c] = (float) sum;
      }
    }
    return new Matrix(x.rows(), b.length, scores);
  }
}
