package juxta.plugin.spps;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Batch;
import juxta.api.DataSummary;
import juxta.api.Dataset;
import juxta.api.Encoder;
import juxta.api.GraphScope;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Reference;
import juxta.api.Sampler;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.Step;
import juxta.api.StepContext;
import juxta.api.Tour;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.discrimination.Length;
import juxta.toolkit.discrimination.PairwiseMethod;
import juxta.toolkit.discrimination.PairwiseTraining;
import juxta.toolkit.discrimination.TwoViews;
import juxta.toolkit.model.ImageFunctions;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * SPPS (<a href="https://arxiv.org/abs/2306.16122">Alkhalefi et al. 2023</a>): pairs of different
 * images with the same content, found once without labels, are positives in addition to the two
 * views of one image.
 *
 * <pre>
 *   E                                        a trained encoder, given or bootstrapped
 *   V_n = unit(E(x_n))                       all images
 *   P = {(i, j): i an anchor, j the best with tau_min &lt;= V_i . V_j &lt;= tau_max}
 *   each epoch, for each entry of D and P in random order:
 *     an image x:     v1 = t(x),   v2 = t'(x)
 *     a pair (i, j):  v1 = t(x_i), v2 = t'(x_j), or the other way round
 *     a step of the framework with v1, v2
 * </pre>
 *
 * <p>Any {@link PairwiseMethod} can be the framework; it is trained from scratch on D and P, and
 * knows nothing of pairs. The body of the paper was not at hand: the abstract gives the idea, and
 * what it leaves open is our own choice and a setting.
 */
public final class Spps implements Method {
  /** Where the parameters of the encoder that mines are. */
  static final String REFERENCE = "reference.encoder";

  /** Name of the function that applies it. */
  static final String EMBED_REFERENCE = "embedReference";

  private static final String APART = "apart";

  private final Frameworks frameworks;
  private final List<Encoder> encoders;

  /** For the ServiceLoader. */
  public Spps() {
    this(new Frameworks(Map.of()), List.of());
  }

  private Spps(Frameworks frameworks, List<Encoder> encoders) {
    this.frameworks = frameworks;
    this.encoders = List.copyOf(encoders);
  }

  @Override
  public Method among(List<Method> all) {
    return new Spps(Frameworks.of(all), encoders);
  }

  @Override
  public Method withEncoders(List<Encoder> all) {
    return new Spps(frameworks, all);
  }

  @Override
  public String id() {
    return "spps";
  }

  @Override
  public String summary() {
    return "pairs of similar images, mined once, are further positives of any framework";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Alkhalefi, Leontidis, Zhong",
            "Semantic Positive Pairs for Enhancing Contrastive Instance Discrimination",
            2023,
            "https://arxiv.org/abs/2306.16122"));
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(frameworks.settings());
    all.addAll(1, SppsSettings.ADDED);
    all.add(
        1 + SppsSettings.ADDED.indexOf(SppsSettings.REFERENCE), ReferenceEncoder.choice(encoders));
    return all;
  }

  @Override
  public Set<String> presets() {
    return frameworks.presets();
  }

  @Override
  public boolean usesLoss(Settings settings) {
    return frameworks.chosen(settings).usesLoss(settings);
  }

  @Override
  public Map<String, String> preset(String name, DataSummary data) {
    return frameworks.preset(name, data);
  }

  @Override
  public Optional<Tour> tour() {
    return Optional.of(
        new Tour(
            "shapes",
            List.of("linear", "knn"),
            Map.ofEntries(
                Map.entry("data.train-size", "2000"),
                Map.entry("data.test-size", "500"),
                Map.entry("data.variety", "0.5"),
                Map.entry("knn.k", "20"),
                Map.entry("epochs", "16"),
                Map.entry("bootstrap-epochs", "6")),
            150));
  }

  @Override
  public Plan plan(Setup setup) {
    Settings s = setup.settings();
    PairwiseMethod framework = frameworks.chosen(s);
    check(framework, setup);
    List<ModelFunction> functions = new ArrayList<>(ImageFunctions.of(setup, "encoder"));
    List<Phase> phases = new ArrayList<>();
    if (!s.get(SppsSettings.PAIRS).equals("none")) {
      ReferenceEncoder reference = ReferenceEncoder.of(setup, encoders);
      functions.add(embedReference(reference.setup()));
      if (s.get(SppsSettings.REFERENCE).isEmpty()) {
        phases.add(
            new Phase.Training("bootstrap", artefacts -> bootstrap(framework, reference.setup())));
      }
      phases.add(new Phase.Task("mine", new MinePairs(setup, reference)::run));
    }
    // the same name as of the framework's own phase: with no pairs, the same draws
    phases.add(new Phase.Training("train", artefacts -> train(framework, setup, artefacts)));
    return new Plan(phases, functions);
  }

  private void check(PairwiseMethod framework, Setup setup) {
    Settings s = setup.settings();
    framework.settings().forEach(s::get); // the choice between frameworks allowed what any does
    framework.check(setup);
    if (s.get(SppsSettings.LOW) > s.get(SppsSettings.HIGH)) {
      throw new UserException(
          "similarity-min: "
              + s.get(SppsSettings.LOW)
              + " is above similarity-max "
              + s.get(SppsSettings.HIGH)
              + ", which leaves no pairs; pass --set pairs=none to train without pairs");
    }
    if (s.get(SppsSettings.MASK_SHARED) && !framework.keepsApart()) {
      throw new UserException(
          "mask-shared: views of a batch repel each other in framework "
              + frameworks.keepingApart()
              + " only; leave it out");
    }
  }

  /** E(x) of images as stored, under the fixed view, in evaluation mode. */
  private static ModelFunction embedReference(Setup setup) {
    ModelFunction embed =
        ImageFunctions.of(setup, REFERENCE).stream()
            .filter(function -> function.name().equals(ModelFunction.EMBED))
            .findFirst()
            .orElseThrow();
    return new ModelFunction(EMBED_REFERENCE, embed.inputs(), embed.body());
  }

  /** Trains E with the framework alone. */
  private static TrainingPhase bootstrap(PairwiseMethod framework, Setup setup) {
    int epochs = setup.settings().get(SppsSettings.BOOTSTRAP);
    return PairwiseTraining.onImages(framework, setup, epochs, "reference");
  }

  /** Trains the model on D and P. */
  private static TrainingPhase train(PairwiseMethod framework, Setup setup, Path artefacts) {
    Settings s = setup.settings();
    int n = setup.data().train().size();
    List<Pair> pairs =
        s.get(SppsSettings.PAIRS).equals("none")
            ? List.of()
            : PairFile.read(artefacts.resolve(PairFile.NAME)).pairs();
    Sampler sampler = new PairSampler(n, pairs, setup.batch());
    Length length = length(setup, pairs);
    return TrainingPhase.of(
        length.steps(),
        sampler,
        framework.schedules(setup, length),
        context -> step(framework, setup, context));
  }

  /** How long the model is trained on D and P. */
  static Length length(Setup setup, List<Pair> pairs) {
    int n = setup.data().train().size();
    return Length.of(
        setup.settings().get(SppsSettings.EQUAL_STEPS)
            ? Samplers.shuffled(Dataset.TRAIN, n, setup.batch())
            : new PairSampler(n, pairs, setup.batch()),
        setup.epochs());
  }

  private static Step step(PairwiseMethod framework, Setup setup, StepContext context) {
    GraphScope root = context.scope();
    List<Batch> sides = halves(root, context.batch()); // x_i and x_j of each entry
    TwoViews v = TwoViews.of(setup, root, sides.get(0), sides.get(1)); // v1 = t(x_i), v2 = t'(x_j)
    if (!setup.settings().get(SppsSettings.MASK_SHARED)) {
      return PairwiseTraining.step(framework, setup, root, root, v);
    }
    long views = 2L * setup.batch();
    Operand<TFloat32> apart = context.feed(APART, TFloat32.class, views, views);
    return PairwiseTraining.step(framework, setup, root, root, v.keepingApart(apart))
        .driven(
            List.of(),
            (runner, records) ->
                runner.train(Map.of(APART, SharedImages.of(records.get(Sampler.MAIN)))));
  }

  /** The first and the second B records of 2B. */
  private static List<Batch> halves(GraphScope scope, Batch both) {
    Map<String, Operand<? extends TType>> first = new LinkedHashMap<>();
    Map<String, Operand<? extends TType>> second = new LinkedHashMap<>();
    both.fields()
        .forEach(
            (name, field) -> {
              List<? extends Operand<? extends TType>> halves = split(scope.tf(), field);
              first.put(name, halves.get(0));
              second.put(name, halves.get(1));
            });
    return List.of(new Batch(first), new Batch(second));
  }

  private static <T extends TType> List<Operand<T>> split(Ops tf, Operand<T> field) {
    List<Operand<T>> halves = new ArrayList<>();
    tf.split(tf.constant(0), field, 2L).forEach(halves::add);
    return halves;
  }
}
