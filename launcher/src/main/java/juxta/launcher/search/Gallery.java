package juxta.launcher.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import juxta.search.Hit;
import juxta.search.VectorIndex;

/** Indexed images that can be searched. Safe to use from several threads at once. */
public final class Gallery implements AutoCloseable {
  /** Hits that are asked for first where it is not known how far a rank is down. */
  private static final int FIRST = 64;

  private static final int FACTOR = 4;

  private final String kind;
  private final List<Card> cards;
  private final Map<String, Card> byId = new HashMap<>();
  private final VectorIndex index;

  Gallery(String kind, List<Card> cards, VectorIndex index) {
    this.kind = kind;
    this.cards = List.copyOf(cards);
    this.index = index;
    cards.forEach(card -> byId.put(card.id(), card));
  }

  /**
   * What was found.
   *
   * @param rank from 1
   * @param card the image
   * @param score cosine of query and image, in [-1, 1]
   */
  public record Found(int rank, Card card, float score) {}

  /**
   * The kind of index.
   *
   * @return {@code exact}, {@code hnsw} or {@code postgresql}
   */
  public String kind() {
    return kind;
  }

  /**
   * All images, in the order of the data.
   *
   * @return their cards
   */
  public List<Card> cards() {
    return cards;
  }

  /**
   * Looks an image up.
   *
   * @param id its id
   * @return its card
   */
  public Optional<Card> card(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * Finds the images that are most alike to a query.
   *
   * @param query its vector
   * @param k how many are wanted, 1 or more
   * @param wanted which images may be found
   * @return the best first; fewer than k if there are fewer
   */
  public List<Found> search(float[] query, int k, Predicate<Card> wanted) {
    if (cards.isEmpty()) {
      return List.of();
    }
    List<Found> found = new ArrayList<>();
    for (Hit hit :
        index.search(query, k, id -> byId.containsKey(id) && wanted.test(byId.get(id)))) {
      float score = Math.max(-1, Math.min(1, hit.score()));
      found.add(new Found(found.size() + 1, byId.get(hit.id()), score));
    }
    return found;
  }

  /**
   * The rank of images in a search.
   *
   * @param query the query's vector
   * @param relevant the images that are right
   * @param wanted which images take part
   * @return 1 and the number of images before the best right one; of those that tie with it, half
   *     are counted; empty if no right image takes part
   */
  public Optional<Double> rank(float[] query, Predicate<Card> relevant, Predicate<Card> wanted) {
    return search(query, 1, relevant.and(wanted)).stream()
        .findFirst()
        .map(best -> rank(query, best.score(), relevant, wanted));
  }

  private double rank(float[] query, float best, Predicate<Card> relevant, Predicate<Card> wanted) {
    for (int ask = FIRST; ; ask = (int) Math.min(Integer.MAX_VALUE, (long) FACTOR * ask)) {
      List<Found> found = search(query, ask, wanted);
      if (found.size() < ask || found.get(ask - 1).score() < best) {
        long before = found.stream().filter(f -> f.score() > best).count();
        long tied =
            found.stream().filter(f -> f.score() == best && !relevant.test(f.card())).count();
        return 1 + before + tied / 2.0;
      }
    }
  }

  @Override
  public void close() {
    index.close();
  }
}
