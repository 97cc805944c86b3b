package juxta.plugin.baselines.evaluators;

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
import juxta.api.Reference;
import juxta.api.Score;
import juxta.api.Setting;
import juxta.toolkit.metrics.Classification;
import juxta.toolkit.metrics.KnnClassifier;
import juxta.toolkit.metrics.Rows;

/**
 * Weighted nearest neighbours: the bank is the whole training split under the test transform, and
 * the k most similar records vote with weight exp(cosine / temperature).
 */
public final class Knn implements Evaluator {
  /** The recipe. */
  public static final Setting<String> PROTOCOL =
      Setting.choice("protocol", "moco", "moco", "instdisc", "dino", "patchmix")
          .describe("whose numbers are taken where none are given")
          .source(
              "moco: its CIFAR demo; instdisc: Wu et al. 2018, section 4; dino: its code, the best"
                  + " of its four k; patchmix: its configuration, which tries k of 10, 20, 100 and"
                  + " 200 and does not say which the table quotes: 20 here");

  private static final String PROTOCOLS = "the protocol's";

  /** Number of neighbours. */
  public static final Setting<Optional<Integer>> K =
      Setting.integer("k")
          .atLeast(1)
          .unset(PROTOCOLS)
          .describe("number of neighbours; a smaller bank is used whole")
          .source("moco and instdisc: 200; dino and patchmix: 20");

  /** Softmax temperature of the votes. */
  public static final Setting<Optional<Double>> TEMPERATURE =
      Setting.real("temperature")
          .range(1e-3, 1e3)
          .unset(PROTOCOLS)
          .describe("votes have weight exp(cosine / temperature)")
          .source("moco: 0.1; instdisc, dino and patchmix: 0.07");

  private static final int CHUNK = 500;

  /** Made by the service loader. */
  public Knn() {}

  @Override
  public String id() {
    return "knn";
  }

  @Override
  public String summary() {
    return "weighted nearest neighbours in the space of embeddings";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Wu, Xiong, Yu, Lin",
            "Unsupervised Feature Learning via Non-Parametric Instance Discrimination",
            2018,
            "https://arxiv.org/abs/1805.01978"));
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(PROTOCOL, K, TEMPERATURE);
  }

  @Override
  public Set<String> functions() {
    return Set.of(ModelFunction.EMBED);
  }

  @Override
  public Optional<Map<String, String>> probing() {
    return Optional.of(Map.of(K.key(), "20")); // the bank is small then
  }

  @Override
  public List<Score> evaluate(Evaluation evaluation) {
    String named = evaluation.settings().get(PROTOCOL);
    int k = evaluation.settings().get(K).orElse(neighbours(named));
    double temperature = evaluation.settings().get(TEMPERATURE).orElse(temperature(named));
    Labelled train = Labelled.of(evaluation.data(), Dataset.TRAIN);
    Labelled test = Labelled.of(evaluation.data(), Dataset.TEST);
    int classes = Labelled.classes(evaluation.data(), train, test);
    Matrix bank = features(evaluation, Dataset.TRAIN, train);
    KnnClassifier classifier = new KnnClassifier(bank, train.labels(), classes, k, temperature);
    int[] predicted = predict(evaluation, classifier, features(evaluation, Dataset.TEST, test));
    Map<String, String> protocol = new LinkedHashMap<>();
    protocol.put("protocol", named);
    protocol.put("k", Integer.toString(Math.min(k, bank.rows())));
    protocol.put("temperature", Double.toString(temperature));
    protocol.put("feature", "embed, " + bank.columns() + " dimensions");
    protocol.put("bank", bank.rows() + " training records");
    return List.of(
        new Score(
            "accuracy",
            Classification.accuracy(predicted, test.labels()),
            Score.Unit.RATE,
            protocol));
  }

  private static int neighbours(String protocol) {
    return protocol.equals("moco") || protocol.equals("instdisc") ? 200 : 20;
  }

  private static double temperature(String protocol) {
    return protocol.equals("moco") ? 0.1 : 0.07;
  }

  private static Matrix features(Evaluation evaluation, String split, Labelled labelled) {
    return Rows.pick(
        evaluation.run(ModelFunction.EMBED, split, ModelFunction.EMBEDDING), labelled.records());
  }

  private static int[] predict(Evaluation evaluation, KnnClassifier classifier, Matrix queries) {
    int[] predicted = new int[queries.rows()];
    for (int from = 0; from < predicted.length; from += CHUNK) {
      int to = Math.min(predicted.length, from + CHUNK);
      int[] part = classifier.predict(Rows.slice(queries, from, to));
      System.arraycopy(part, 0, predicted, from, part.length);
      evaluation.progress(to, predicted.length, "queries");
    }
    return predicted;
  }
}
