package juxta.toolkit.metrics;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Which images count as found when the text of a record is searched among all images of its split.
 */
public enum Relevance {
  /**
   * Only the text's own image. With m images to a text the best expected hit@1 is 1/m: a score of 1
   * cannot be reached where texts repeat.
   */
  INSTANCE,
  /** Every image whose text equals the query. */
  TEXT;

  /**
   * The relevant candidates of each query, where query i is the text of candidate i.
   *
   * @param texts the canonical text of each record
   * @return gives the relevant candidates of a query
   */
  public IntFunction<BitSet> of(List<String> texts) {
    List<String> all = List.copyOf(texts);
    if (this == INSTANCE) {
      return query -> {
        BitSet own = new BitSet(all.size());
        own.set(query);
        return own;
      };
    }
    Map<String, BitSet> equal = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      equal.computeIfAbsent(all.get(i), text -> new BitSet()).set(i);
    }
    return query -> (BitSet) equal.get(all.get(query)).clone();
  }
}
