package juxta.testkit;

import static juxta.testkit.Promise.applies;
import static juxta.testkit.Promise.require;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Evaluator;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.Score;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.engine.train.Evaluations;
import juxta.engine.train.FrozenModel;

/**
 * What an evaluator promises, tried with a model whose embedding of an image is its pixels, on
 * images (with texts where it asks for them) that show their class and on noise; or with one that
 * segments what is bright, on scans that show their mask and on noise.
 */
final class EvaluatorContract {
  static final String ASKS = "it names the functions, fields and splits that it needs";
  static final String NUMBERS = "its scores are finite, rates between 0 and 1, no metric twice";
  static final String PROTOCOL = "its scores say which settings they depend on";
  static final String HIGHER = "embeddings that tell the classes score higher than noise";
  static final String CHANCE = "the accuracy of noise is that of guessing";
  static final String REPEATED = "it scores the same model the same twice";

  static final String LOOKS = "it looks at a model in training by settings of its own";

  private static final int CLASSES = 4;

  /** Five standard deviations of guessing 80 times among four. */
  private static final double GUESSING = 0.25;

  private EvaluatorContract() {}

  /** An evaluator with its settings. */
  private record Tried(Evaluator evaluator, Settings settings) {}

  static List<Promise> promises(Evaluator evaluator) {
    return promises(evaluator, Settings.DEFAULTS);
  }

  static List<Promise> promises(Evaluator one, Settings settings) {
    Tried evaluator = new Tried(one, settings);
    return List.of(
        new Promise(ASKS, () -> asks(one)),
        new Promise(NUMBERS, () -> numbers(scores(evaluator, true))),
        new Promise(PROTOCOL, () -> protocol(evaluator)),
        new Promise(HIGHER, () -> higher(evaluator)),
        new Promise(CHANCE, () -> chance(evaluator)),
        new Promise(REPEATED, () -> repeated(evaluator)),
        new Promise(LOOKS, () -> looks(one)));
  }

  private static void asks(Evaluator evaluator) {
    require(!evaluator.functions().isEmpty(), "no function of the model");
    require(!evaluator.splits().isEmpty(), "no split of the data");
    Stream.of(evaluator.functions(), evaluator.fields(), evaluator.splits())
        .flatMap(Set::stream)
        .forEach(name -> require(!name.isBlank(), "a name of blanks"));
  }

  private static List<Score> scores(Tried tried, boolean telling) {
    Evaluator evaluator = tried.evaluator();
    boolean images = images(evaluator);
    applies(
        (images || volumes(evaluator))
            && Set.of(Dataset.TRAIN, Dataset.TEST).containsAll(evaluator.splits()),
        "it needs more than embeddings of labelled images and their texts, or masks of scans");
    try (Scratch scratch = Scratch.make()) {
      Dataset data = images ? images(evaluator, telling) : TinyVolumes.of(4, 3, telling);
      List<Score> scores = evaluator.evaluate(evaluation(data, scratch.folder(), tried.settings()));
      require(!scores.isEmpty(), "no score");
      return scores;
    }
  }

  /** What evaluators of a finished run are given. */
  private static Evaluation evaluation(Dataset data, Path folder, Settings settings) {
    TinyTraining training = TinyTraining.of(new TinyModel(), List.of(), data, Map.of(), 1);
    FrozenModel model = training.train(folder.resolve("run"), () -> false);
    return new Evaluations(
            model,
            training.setup(folder),
            folder,
            training.choices().placement(),
            new Attentive(),
            () -> false)
        .with(settings);
  }

  private static boolean images(Evaluator evaluator) {
    return TinyModel.FUNCTIONS.containsAll(evaluator.functions())
        && Set.of(Field.IMAGE, Field.LABEL, Field.INSTANCE, Field.MASK, Field.TEXT, Field.CAPTION)
            .containsAll(evaluator.fields());
  }

  private static TinyData images(Evaluator evaluator, boolean telling) {
    return evaluator.functions().contains(ModelFunction.EMBED_TEXT)
        ? TinyData.withTexts(120, 80, 8, 3, telling)
        : TinyData.of(120, 80, 8, 3, telling);
  }

  private static boolean volumes(Evaluator evaluator) {
    return Set.of(ModelFunction.SEGMENT).containsAll(evaluator.functions())
        && TinyVolumes.FIELDS.containsAll(evaluator.fields());
  }

  private static void numbers(List<Score> scores) {
    Set<String> seen = new java.util.HashSet<>();
    for (Score score : scores) {
      require(seen.add(score.metric()), "the metric '" + score.metric() + "' twice");
      require(
          Double.isFinite(score.value())
              && (score.unit() != Score.Unit.RATE || (score.value() >= 0 && score.value() <= 1)),
          score.metric() + " = " + score.value());
    }
  }

  private static void protocol(Tried tried) {
    applies(!tried.evaluator().settings().isEmpty(), "it has no settings");
    for (Score score : scores(tried, true)) {
      require(!score.protocol().isEmpty(), "nothing beside '" + score.metric() + "'");
    }
  }

  private static void higher(Tried tried) {
    Score telling = scores(tried, true).get(0);
    applies(telling.unit() == Score.Unit.RATE, "its main score is no rate");
    Score noise = scores(tried, false).get(0);
    require(
        telling.value() > noise.value(),
        telling.metric() + " = " + telling.value() + ", and " + noise.value() + " on noise");
  }

  private static void chance(Tried tried) {
    Score noise = scores(tried, false).get(0);
    applies(noise.metric().equals("accuracy"), "its main score is no accuracy");
    require(
        Math.abs(noise.value() - 1.0 / CLASSES) <= GUESSING,
        noise.value() + " with " + CLASSES + " classes");
  }

  private static void looks(Evaluator evaluator) {
    applies(evaluator.probing().isPresent(), "it does not look at models in training");
    Map<String, String> texts = evaluator.probing().orElseThrow();
    texts.forEach(
        (key, text) -> {
          List<Setting<?>> named =
              evaluator.settings().stream().filter(s -> s.key().equals(key)).toList();
          require(!named.isEmpty(), "the key '" + key + "', which it does not have");
          try {
            named.forEach(setting -> setting.parse(text));
          } catch (IllegalArgumentException e) {
            require(false, key + ": " + e.getMessage());
          }
        });
    numbers(scores(new Tried(evaluator, Settings.of(texts)), true));
  }

  private static void repeated(Tried tried) {
    List<Score> once = scores(tried, true);
    List<Score> again = scores(tried, true);
    require(once.equals(again), once + " and then " + again);
  }
}
