package juxta.plugin.baselines.methods;

import static juxta.api.TrainingPhase.LEARNING_RATE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Method;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Sampler;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Split;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.View;
import juxta.toolkit.contrast.SoftCrossEntropy;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.discrimination.Recipe;
import juxta.toolkit.model.ImageFunctions;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Supervised training, what representations without labels are measured against: a linear
 * classifier on the encoder, cross-entropy with the labels. Records with a label below 0 have none
 * and are left out.
 *
 * <pre>
 *   h = f(t(x)),  o = W h + b                                      [B, classes]
 *   L = CE(o, y)
 * </pre>
 */
public final class Supervised implements Method {
  private static final String SOURCE = "ResNet (arXiv 1512.03385), section 3.4";

  /** How it is optimised; the paper divides the rate by 10 at intervals, here it is a cosine. */
  public static final Recipe RECIPE = Recipe.of("sgd", 0.1, 1e-4, 0, SOURCE);

  /** For the ServiceLoader. */
  public Supervised() {}

  @Override
  public String id() {
    return "supervised";
  }

  @Override
  public String summary() {
    return "cross-entropy with the labels: what training without labels is measured against";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "He, Zhang, Ren, Sun",
            "Deep Residual Learning for Image Recognition",
            2015,
            "https://arxiv.org/abs/1512.03385"));
  }

  @Override
  public List<Setting<?>> settings() {
    return RECIPE.settings();
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return false;
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("augmentation", "crop-flip");
    if (name.equals(SMALL)) {
      preset.put("weight-decay", "5e-4");
      preset.putAll(Recipes.small(data));
      return preset;
    }
    preset.putAll(Recipes.paperEncoder(data));
    if (Recipes.tiny(data)) { // own choice: what ResNets on CIFAR are usually trained with
      preset.put("base-rate", "0.2");
      preset.put("weight-decay", "5e-4");
      preset.put("epochs", "200");
      preset.put("batch", "128");
    } else {
      preset.put("epochs", "90");
      preset.put("batch", "256");
    }
    return preset;
  }

  @Override
  public Plan plan(Setup setup) {
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, labelled(setup), setup.batch());
    Length length = Length.of(sampler, setup.epochs());
    return Plan.of(
        TrainingPhase.of(
            length.steps(),
            sampler,
            Map.of(LEARNING_RATE, RECIPE.schedule(setup, length)),
            context -> step(setup, context)),
        ImageFunctions.of(setup, "encoder"));
  }

  private static int[] labelled(Setup setup) {
    Split train = setup.data().train();
    int classes = setup.data().classes().size();
    if (!train.has(Field.LABEL) || classes < 2) {
      throw new UserException(
          "supervised: the data '"
              + setup.data().id()
              + "' have no class labels; choose data that have, or a method without labels");
    }
    int[] labelled =
        IntStream.range(0, train.size())
            .filter(i -> train.value(Field.LABEL, i).number() >= 0)
            .toArray();
    if (labelled.length < setup.batch()) {
      throw new UserException(
          "supervised: "
              + labelled.length
              + " labelled records of '"
              + setup.data().id()
              + "' do not fill a batch of "
              + setup.batch()
              + "; pass a smaller --batch");
    }
    return labelled;
  }

  private static Step step(Setup setup, StepContext context) {
    GraphScope scope = context.scope();
    Ops tf = scope.tf();
    int classes = setup.data().classes().size();
    Network f = setup.encoder(scope.sub("encoder"));
    Linear classifier = new Linear(scope.sub("classifier"), f.width(), classes, true);
    Operand<TFloat32> x = setup.view(scope, context.batch(), View.global(0)).image();
    Operand<TInt32> y = context.batch().ints(Field.LABEL); // [B]
    Operand<TFloat32> h = f.apply(x, Pass.TRAINING).embedding(); // [B, D]
    Operand<TFloat32> o = classifier.apply(h); // [B, classes]
    Operand<TFloat32> truth =
        tf.oneHot(y, tf.constant(classes), tf.constant(1f), tf.constant(0f)); // [B, classes]
    Operand<TFloat32> loss = SoftCrossEntropy.apply(scope, o, truth);
    RECIPE.build(setup.settings()).minimize(scope, loss);
    return Step.of(loss).with("accuracy", accuracy(scope, o, y)).with(Step.EMBEDDING, h);
  }

  /** Share of the batch whose largest output is that of its class. */
  private static Operand<TFloat32> accuracy(
      GraphScope scope, Operand<TFloat32> o, Operand<TInt32> y) {
    Ops tf = scope.tf();
    Operand<TInt32> chosen = tf.math.argMax(o, tf.constant(1), TInt32.class); // [B]
    return tf.math.mean(tf.dtypes.cast(tf.math.equal(chosen, y), TFloat32.class), scope.ints(0));
  }
}
