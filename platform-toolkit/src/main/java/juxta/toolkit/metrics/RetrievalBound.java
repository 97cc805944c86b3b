package juxta.toolkit.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The best scores to be expected of a search in which the images tell only a part of what the texts
 * say, and nothing of the rest. A score well above them means that images leak the rest.
 *
 * <p>All images that look alike to the model (whose visible part is the same) are in an order that
 * has nothing to do with the texts. The best that it can do with a query is to put the n images
 * with the visible part of the query first; the m relevant ones among them are then met as in a
 * random order of n, see {@link RetrievalChance}: m = 1 for {@link Relevance#INSTANCE}, and the
 * number of equal texts for {@link Relevance#TEXT}. The bound is the mean over all records, each of
 * them once the query; it is exact for the given texts.
 *
 * <p>It bounds an expected value: a single run scatters around it at most. It also bounds the mean
 * reciprocal rank of models with exact ties, but not their hit@k, since the rank of a tie is its
 * middle: 3 tied images with one relevant rank 2 and always hit within 2.
 */
public final class RetrievalBound {
  /**
   * Queries that have the same chances.
   *
   * @param candidates images that look like the right one, which is among them
   * @param relevant how many of them are right
   */
  private record Odds(int candidates, int relevant) {}

  private final List<Odds> queries;

  private RetrievalBound(List<Odds> queries) {
    this.queries = queries;
  }

  /**
   * The bound for a split.
   *
   * @param texts the text of each record, at least one
   * @param visible what the image of each record shows of its text, for example the diagnosis
   * @param relevance which images count as found
   * @return the bound
   * @throws IllegalArgumentException if the lists differ in length, or equal texts have different
   *     visible parts, so that these are no part of the text
   */
  public static RetrievalBound of(List<String> texts, List<String> visible, Relevance relevance) {
    if (texts.size() != visible.size() || texts.isEmpty()) {
      throw new IllegalArgumentException(
          texts.size() + " texts and " + visible.size() + " visible parts");
    }
    Map<String, Integer> alike = new HashMap<>();
    Map<String, Integer> equal = new HashMap<>();
    Map<String, String> parts = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      alike.merge(visible.get(i), 1, Integer::sum);
      equal.merge(texts.get(i), 1, Integer::sum);
      String part = parts.putIfAbsent(texts.get(i), visible.get(i));
      if (part != null && !part.equals(visible.get(i))) {
        throw new IllegalArgumentException(
            "'" + texts.get(i) + "' shows both '" + part + "' and '" + visible.get(i) + "'");
      }
    }
    List<Odds> queries = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      int relevant = relevance == Relevance.INSTANCE ? 1 : equal.get(texts.get(i));
      queries.add(new Odds(alike.get(visible.get(i)), relevant));
    }
    return new RetrievalBound(List.copyOf(queries));
  }

  /**
   * The most to be expected of hit@k.
   *
   * @param k 1 or more
   * @return above 0, at most 1
   */
  public double hitAt(int k) {
    return queries.stream()
        .mapToDouble(odds -> RetrievalChance.hit(odds.candidates(), odds.relevant(), k))
        .average()
        .orElseThrow();
  }

  /**
   * The most to be expected of the mean reciprocal rank.
   *
   * @return above 0, at most 1
   */
  public double meanReciprocalRank() {
    return queries.stream()
        .mapToDouble(odds -> RetrievalChance.reciprocal(odds.candidates(), odds.relevant()))
        .average()
        .orElseThrow();
  }
}
