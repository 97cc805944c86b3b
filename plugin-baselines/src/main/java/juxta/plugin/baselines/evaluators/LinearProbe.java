package juxta.plugin.baselines.evaluators;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Evaluator;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Score;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.toolkit.metrics.Classification;
import juxta.toolkit.metrics.Rows;

/**
 * A linear classifier on the frozen model's embeddings.
 *
 * <p>By default the embeddings of the whole data set are computed once, without augmentation, and
 * softmax regression is fitted to them; its learning rate and weight decay are chosen on a part of
 * the training records that is held out for that. The protocols of the reference implementations
 * are there by name; with {@code features=augmented} they train on random crops, as published.
 */
public final class LinearProbe implements Evaluator {
  /** The recipe. */
  public static final Setting<String> PROTOCOL =
      Setting.choice(
              "protocol",
              "logistic",
              "logistic",
              "simclr",
              "simclr-cifar",
              "mocov2",
              "mocov3",
              "mocov3-vit",
              "simsiam-lars",
              "byol",
              "dino",
              "patchmix",
              "mnc")
          .describe("whose recipe the classifier is trained by")
          .source(
              "logistic: ours, for speed; the others: the papers' code; patchmix: with the rate of"
                  + " ViT-S (ViT-T: 0.05, ViT-B: 0.01) and the batch of CIFAR (ImageNet: 1024); mnc:"
                  + " multi-network contrast. Both report the best epoch on the test data, and here"
                  + " it is the last one");

  /** What the classifier is trained on. */
  public static final Setting<String> FEATURES =
      Setting.choice("features", "cached", "cached", "augmented")
          .describe("embeddings computed once, or of a random crop and flip at each step")
          .source("cached: ours, for speed; the papers' protocols train on random crops");

  private static final String PROTOCOLS = "the protocol's";

  /** Whether dimensions are brought to mean 0 and deviation 1. */
  public static final Setting<String> STANDARDIZE =
      Setting.choice("standardize", "auto", "auto", "yes", "no")
          .describe("bring each dimension to mean 0 and deviation 1; auto: for logistic only")
          .source("ours");

  /** Passes over the training records. */
  public static final Setting<Optional<Integer>> EPOCHS =
      Setting.integer("epochs")
          .atLeast(1)
          .unset(PROTOCOLS, "0")
          .describe("passes over the training records");

  /** Records a step. */
  public static final Setting<Optional<Integer>> BATCH =
      Setting.integer("batch").atLeast(1).unset(PROTOCOLS, "0").describe("records a step");

  /** Learning rate. */
  public static final Setting<Optional<Double>> RATE =
      Setting.real("learning-rate")
          .atLeast(0)
          .unset(PROTOCOLS, "0", "0.0")
          .describe("learning rate for a batch of 256");

  /** Weight decay. */
  public static final Setting<Optional<Double>> DECAY =
      Setting.real("weight-decay")
          .atLeast(0)
          .unset(PROTOCOLS, "-1", "-1.0")
          .describe("weight decay of the classifier");

  /** Made by the service loader. */
  public LinearProbe() {}

  @Override
  public String id() {
    return "linear";
  }

  @Override
  public String summary() {
    return "a linear classifier trained on the frozen embeddings";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(PROTOCOL, FEATURES, STANDARDIZE, EPOCHS, BATCH, RATE, DECAY);
  }

  @Override
  public Set<String> functions() {
    return Set.of(ModelFunction.EMBED);
  }

  @Override
  public Optional<Map<String, String>> probing() {
    // one fit of the values that held-out records choose as a rule, in a few hundred steps
    return Optional.of(
        Map.of(RATE.key(), "0.1", DECAY.key(), "0.001", EPOCHS.key(), "60", BATCH.key(), "250"));
  }

  @Override
  public List<Score> evaluate(Evaluation evaluation) {
    Settings settings = evaluation.settings();
    boolean logistic = settings.get(PROTOCOL).equals("logistic");
    boolean augmented = settings.get(FEATURES).equals("augmented");
    boolean standardize =
        settings.get(STANDARDIZE).equals("yes")
            || (logistic && !settings.get(STANDARDIZE).equals("no"));
    check(evaluation, logistic, augmented);
    Labelled train = Labelled.of(evaluation.data(), Dataset.TRAIN);
    Labelled test = Labelled.of(evaluation.data(), Dataset.TEST);
    int classes = Labelled.classes(evaluation.data(), train, test);
    ProbeRecipe recipe = recipe(settings).fitting(train.records().length);

    Map<String, String> protocol = new LinkedHashMap<>();
    protocol.put("protocol", settings.get(PROTOCOL));
    Matrix scores; // [test records, classes]
    if (augmented) {
      protocol.put("features", "embedding of a random crop and flip; scored on the test view");
      scores = AugmentedProbe.scores(evaluation, train, classes, recipe);
    } else {
      protocol.put(
          "features",
          "embed, cached, not augmented" + (standardize ? ", standardised on train" : ""));
      CachedProbe probe = CachedProbe.of(evaluation, train, test, classes, standardize);
      if (logistic) {
        HeldOut.Choice choice = HeldOut.choose(evaluation, probe, candidates(settings, recipe));
        recipe = choice.recipe();
        protocol.put("chosen", choice.how());
      }
      scores = probe.scores(evaluation, recipe);
    }
    protocol.putAll(recipe.shown(train.records().length));

    List<Score> found = new ArrayList<>();
    found.add(score("accuracy", 1, scores, test, protocol));
    if (classes > 5) {
      found.add(score("top5", 5, scores, test, protocol));
    }
    return found;
  }

  private static void check(Evaluation evaluation, boolean logistic, boolean augmented) {
    if (!augmented) {
      return;
    }
    List<String> problems = new ArrayList<>();
    if (logistic) {
      problems.add(
          "linear: features=augmented needs a protocol other than logistic, for example"
              + " protocol=simclr-cifar");
    }
    if (evaluation.settings().get(STANDARDIZE).equals("yes")) {
      problems.add("linear: standardize=yes needs features=cached");
    }
    if (!evaluation.model().functions().contains(ModelFunction.ENCODE)) {
      problems.add(
          "linear: the model has no function '"
              + ModelFunction.ENCODE
              + "', which features=augmented needs; use features=cached");
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  private static ProbeRecipe recipe(Settings settings) {
    ProbeRecipe named = ProbeRecipe.named(settings.get(PROTOCOL));
    ProbeRecipe passes = settings.get(EPOCHS).map(epochs -> named.epochs(epochs, 0)).orElse(named);
    ProbeRecipe steps = settings.get(BATCH).map(passes::batch).orElse(passes);
    ProbeRecipe rated = settings.get(RATE).map(steps::rate).orElse(steps);
    return settings.get(DECAY).map(rated::decay).orElse(rated);
  }

  /** What is tried on held-out records; a value that the user gave is not varied. */
  private static List<ProbeRecipe> candidates(Settings settings, ProbeRecipe recipe) {
    List<Double> rates =
        settings.get(RATE).isPresent() ? List.of(recipe.rate()) : List.of(0.1, 0.01);
    List<Double> decays =
        settings.get(DECAY).isPresent() ? List.of(recipe.decay()) : List.of(1e-4, 1e-3, 1e-2);
    List<ProbeRecipe> candidates = new ArrayList<>();
    for (double rate : rates) {
      for (double decay : decays) {
        candidates.add(recipe.rate(rate).decay(decay));
      }
    }
    return candidates;
  }

  private static Score score(
      String metric, int k, Matrix scores, Labelled test, Map<String, String> protocol) {
    Matrix rows =
        scores.rows() == test.records().length ? scores : Rows.pick(scores, test.records());
    return new Score(
        metric, Classification.topAccuracy(rows, test.labels(), k), Score.Unit.RATE, protocol);
  }
}
