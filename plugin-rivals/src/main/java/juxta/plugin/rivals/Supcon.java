package juxta.plugin.rivals;

import static juxta.api.TrainingPhase.LEARNING_RATE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import juxta.api.Comparison;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Method;
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
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.discrimination.Branch;
import juxta.toolkit.discrimination.Head;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.discrimination.Recipe;
import juxta.toolkit.discrimination.TwoViews;
import juxta.toolkit.discrimination.Widths;
import juxta.toolkit.model.ImageFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Supervised contrastive learning (<a href="https://arxiv.org/abs/2004.11362">Khosla et al.
 * 2020</a>): all views of all images of one class attract, all others repel. It uses labels, so it
 * is no rival of methods that do not. Records with a label below 0 have none and are left out.
 *
 * <pre>
 *   z = g(f([x1; x2]))                                       [2B, out]
 *   s_ia = cos(z_i, z_a)                                     [2B, 2B], a != i
 *   P(i) = all j != i with the label of i
 *   L = mean over i of -1/|P(i)| sum over p in P(i) of log softmax_a(s_ia / tau)[p]
 * </pre>
 */
public final class Supcon implements Method {
  private static final String SOURCE = "SupCon; HobbitLong/SupContrast, README for CIFAR";

  static final Reference REFERENCE =
      new Reference(
          "Khosla et al.",
          "Supervised Contrastive Learning",
          2020,
          "https://arxiv.org/abs/2004.11362");

  /** Hidden width of g. */
  public static final Setting<Optional<Integer>> HIDDEN = Widths.projectionHidden(SOURCE);

  /** Output width of g. */
  public static final Setting<Integer> OUT = Widths.projectionOut(128, SOURCE);

  /** How it is optimised: 0.5 for a batch of 1024, from 0.01. */
  public static final Recipe RECIPE = Recipe.of("sgd", 0.125, 1e-4, 10, SOURCE).startingAt(0.02);

  /** For the ServiceLoader. */
  public Supcon() {}

  @Override
  public String id() {
    return "supcon";
  }

  @Override
  public String summary() {
    return "views of images of one class attract, all others repel; it uses the labels";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(REFERENCE);
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(HIDDEN, OUT));
    all.addAll(RECIPE.settings());
    return all;
  }

  /** The authors' recipe is for CIFAR with ResNet-50; for larger images it is own choice. */
  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    Map<String, String> preset = new LinkedHashMap<>();
    preset.put("augmentation", Recipes.tiny(data) ? "cifar" : "mocov2");
    preset.put("augmentation.crop-min", "0.2");
    preset.put("loss", "supcon");
    preset.put("loss.temperature", "0.1");
    if (name.equals(SMALL)) {
      preset.put("projection-hidden", "256");
      preset.put("optimizer", "adamw"); // own choice, as simclr's
      preset.put("base-rate", "4e-3");
      preset.put("weight-decay", "0.01");
      preset.putAll(Recipes.small(data));
      return preset;
    }
    preset.put("encoder", "resnet50");
    if (Recipes.tiny(data)) {
      preset.put("encoder.stem", "cifar");
    }
    preset.put("epochs", "1000");
    preset.put("batch", "1024");
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
          "supcon: the data '"
              + setup.data().id()
              + "' have no class labels; choose data that have, or a method without labels such as"
              + " simclr");
    }
    int[] labelled =
        IntStream.range(0, train.size())
            .filter(i -> train.value(Field.LABEL, i).number() >= 0)
            .toArray();
    if (labelled.length < setup.batch()) {
      throw new UserException(
          "supcon: "
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
    Settings s = setup.settings();
    Ops tf = scope.tf();
    Branch fg = Branch.online(setup, scope, (at, d) -> projection(s, at, d));
    TwoViews x = TwoViews.of(setup, scope, context.batch()); // x1 = t(x), x2 = t'(x)
    Branch.Encoded encoded = // both views in one pass
        fg.apply(tf.concat(List.of(x.x1(), x.x2()), tf.constant(0)), Pass.TRAINING);
    Operand<TFloat32> z = encoded.projection(); // [2B, out]
    Operand<TInt32> y = context.batch().ints(Field.LABEL); // [B]
    Operand<TFloat32> loss = setup.loss(scope, contrast(scope, 2 * setup.batch(), z, y));
    RECIPE.build(s).minimize(scope, loss);
    return Step.of(loss).with(Step.EMBEDDING, encoded.feature());
  }

  /** g: linear, ReLU, linear. */
  private static Head projection(Settings s, GraphScope at, int d) {
    return Head.from(at, d).linear(s.get(HIDDEN).orElse(d), true).relu().linear(s.get(OUT), true);
  }

  /** s, and the targets 1 / |P(i)| of all pairs (i, p); n = 2B rows of z, labels y [B]. */
  static Comparison contrast(GraphScope scope, int n, Operand<TFloat32> z, Operand<TInt32> y) {
    Ops tf = scope.tf();
    Operand<TInt32> labels = tf.tile(y, scope.ints(2)); // [2B]
    Operand<TFloat32> self = Targets.excludeSelf(scope, n); // [2B, 2B]
    Operand<TFloat32> alike = // [2B, 2B]
        tf.dtypes.cast(
            tf.math.equal(
                tf.expandDims(labels, tf.constant(1)), tf.expandDims(labels, tf.constant(0))),
            TFloat32.class);
    Operand<TFloat32> positive = tf.math.sub(alike, self); // the other view is always one
    Operand<TFloat32> count = tf.reduceSum(positive, scope.ints(1), ReduceSum.keepDims(true));
    return Comparison.of(Similarity.cosine(scope, z, z), tf.math.div(positive, count))
        .excluding(self);
  }
}
