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
  /** Hits that are asked for first where some will be passed over. */
  private static final int FIRST = 64;

  private static final int FACTOR = 4;

  private final String kind;
  private final List<Card> cards;
  private final Map<String, Card> byId = new HashMap<>();
  private final VectorIndex index;
  private final int vectors; // an index that others use, too, holds more than there are cards

  Gallery(String kind, List<Card> cards, VectorIndex index) {
    this.kind = kind;
    this.cards = List.copyOf(cards);
    this.index = index;
    this.vectors = index.size();
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
    return ranked(query, wanted, found -> found.size() >= k).stream().limit(k).toList();
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
    List<Found> found =
        ranked(
            query,
            wanted,
            some -> {
              Optional<Found> best = some.stream().filter(f -> relevant.test(f.card())).findFirst();
              return best.isPresent() && some.get(some.size() - 1).score() < best.get().score();
            });
    return found.stream()
        .filter(f -> relevant.test(f.card()))
        .findFirst()
        .map(
            best -> {
              long before = found.stream().filter(f -> f.score() > best.score()).count();
              long tied =
                  found.stream()
                      .filter(f -> f.score() == best.score() && !relevant.test(f.card()))
                      .count();
              return 1 + before + tied / 2.0;
            });
  }

  /** Takes more and more of the best, until there are enough of them or no more. */
  private List<Found> ranked(float[] query, Predicate<Card> wanted, Predicate<List<Found>> enough) {
    int all = cards.isEmpty() ? 0 : vectors;
    for (int ask = Math.min(all, FIRST); ; ask = (int) Math.min(all, (long) FACTOR * ask)) {
      List<Found> found = new ArrayList<>();
      if (ask > 0) {
        for (Hit hit : index.search(query, ask)) {
          Card card = byId.get(hit.id());
          if (card != null && wanted.test(card)) {
            found.add(new Found(found.size() + 1, card, Math.max(-1, Math.min(1, hit.score()))));
          }
        }
      }
      if (ask >= all || (!found.isEmpty() && enough.test(found))) {
        return found;
      }
    }
  }

  @Override
  public void close() {
    index.close();
  }
}
