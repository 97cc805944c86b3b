package juxta.plugin.claires;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Evaluator;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Reference;
import juxta.api.Score;
import juxta.api.Setting;
import juxta.api.Split;
import juxta.api.UserException;
import juxta.toolkit.metrics.Bootstrap;
import juxta.toolkit.metrics.Relevance;
import juxta.toolkit.metrics.RetrievalBound;
import juxta.toolkit.metrics.RetrievalRanks;
import juxta.toolkit.metrics.Rows;

/**
 * Search by text: the text of each record of the test split is looked for among all its images, by
 * the cosine of the embeddings. Scores are hit@1, 3, 5, 10 and the mean reciprocal rank, with any
 * image of an equal text as a find (TEXT) and with the text's own image only (INSTANCE). Beside
 * each stand the number of candidates, what a random order scores, and a bootstrap 95 % interval
 * over the queries.
 *
 * <p>It leaves {@code retrieval-queries.csv}, a row a query, and {@code retrieval.png}, some
 * queries' own images with what was found.
 */
public final class Retrieval implements Evaluator {
  static final Setting<String> VISIBLE =
      Setting.text("visible", "")
          .describe(
              "field with all that images show of their texts: the best that can be expected is"
                  + " told, too; 'diagnosis' for --data dental --set data.variant=bounded")
          .source("own choice: nothing is known of most data");

  static final Setting<Integer> PICTURE =
      Setting.integer("picture-queries", 8)
          .range(0, 100)
          .describe("queries in the picture, 0 for no picture")
          .source("own choice");

  private static final List<Integer> CUTS = List.of(3, 1, 5, 10);

  /** Made by the service loader. */
  public Retrieval() {}

  @Override
  public String id() {
    return "retrieval";
  }

  @Override
  public String summary() {
    return "search of the test images by their texts: hit@k and mean reciprocal rank";
  }

  @Override
  public Optional<Reference> reference() {
    return new Claires().reference();
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(VISIBLE, PICTURE);
  }

  @Override
  public Set<String> functions() {
    return Set.of(ModelFunction.EMBED, ModelFunction.EMBED_TEXT);
  }

  @Override
  public Set<String> fields() {
    return Set.of(Field.IMAGE, Field.TEXT);
  }

  @Override
  public Set<String> splits() {
    return Set.of(Dataset.TEST);
  }

  @Override
  public List<Score> evaluate(Evaluation evaluation) {
    Split split = evaluation.data().split(Dataset.TEST);
    List<String> texts = Lexicon.canonical(split);
    Map<Relevance, Optional<RetrievalBound>> bounds = new LinkedHashMap<>();
    for (Relevance mode : List.of(Relevance.TEXT, Relevance.INSTANCE)) {
      bounds.put(mode, bound(evaluation, split, mode));
    }
    Matrix queries = embedded(evaluation, ModelFunction.EMBED_TEXT); // [N, D]
    Matrix images = embedded(evaluation, ModelFunction.EMBED); // [N, D]
    List<Score> scores = new ArrayList<>();
    Map<Relevance, double[]> ranks = new LinkedHashMap<>();
    for (Relevance mode : bounds.keySet()) {
      RetrievalRanks found = RetrievalRanks.search(queries, images, mode.of(texts));
      ranks.put(mode, found.ranks());
      scores.addAll(scores(evaluation, mode, found, bounds.get(mode)));
    }
    Findings findings =
        Findings.of(
            queries, images, texts, ranks.get(Relevance.TEXT), ranks.get(Relevance.INSTANCE));
    findings.write(evaluation.directory().resolve("retrieval-queries.csv"));
    if (evaluation.settings().get(PICTURE) > 0) {
      findings.draw(
          evaluation.settings().get(PICTURE),
          split,
          evaluation.directory().resolve("retrieval.png"));
    }
    return scores;
  }

  private static Matrix embedded(Evaluation evaluation, String function) {
    return Rows.unit(evaluation.run(function, Dataset.TEST, ModelFunction.EMBEDDING));
  }

  /** The best to be expected, where the user said what images show. */
  private static Optional<RetrievalBound> bound(
      Evaluation evaluation, Split split, Relevance mode) {
    String field = evaluation.settings().get(VISIBLE);
    if (field.isEmpty()) {
      return Optional.empty();
    }
    split.field(field); // or say that there is none
    List<String> visible =
        IntStream.range(0, split.size()).mapToObj(i -> split.value(field, i).text()).toList();
    try {
      return Optional.of(RetrievalBound.of(Lexicon.canonical(split), visible, mode));
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "retrieval.visible: field '"
              + field
              + "' is no part of the texts ("
              + e.getMessage()
              + "); name a field that is",
          e);
    }
  }

  private static List<Score> scores(
      Evaluation evaluation, Relevance mode, RetrievalRanks ranks, Optional<RetrievalBound> bound) {
    long seed = evaluation.seed();
    String prefix = mode.name().toLowerCase(Locale.ROOT);
    List<Score> scores = new ArrayList<>();
    for (int k : CUTS) {
      scores.add(
          new Score(
              prefix + "-hit@" + k,
              ranks.hitAt(k),
              Score.Unit.RATE,
              protocol(
                  ranks,
                  ranks.hitInterval(k, seed),
                  ranks.chanceOfHit(k),
                  bound.map(b -> b.hitAt(k)))));
    }
    scores.add(
        new Score(
            prefix + "-mrr",
            ranks.meanReciprocalRank(),
            Score.Unit.NUMBER,
            protocol(
                ranks,
                ranks.reciprocalInterval(seed),
                ranks.chanceOfReciprocal(),
                bound.map(RetrievalBound::meanReciprocalRank))));
    return scores;
  }

  private static Map<String, String> protocol(
      RetrievalRanks ranks, Bootstrap interval, double chance, Optional<Double> bound) {
    Map<String, String> protocol = new LinkedHashMap<>();
    protocol.put("candidates", Integer.toString(ranks.candidates()));
    protocol.put("queries", Integer.toString(ranks.queries()));
    protocol.put("excluded", Integer.toString(ranks.excluded()));
    protocol.put("95%", text(interval.low()) + " to " + text(interval.high()));
    protocol.put(Score.CHANCE, text(chance));
    bound.ifPresent(best -> protocol.put("bound", text(best)));
    return protocol;
  }

  private static String text(double number) {
    return String.format(Locale.ROOT, "%.4f", number);
  }
}
