package juxta.launcher.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import juxta.api.Field;

/**
 * A field with few values, which can be chosen from a list.
 *
 * @param field its name
 * @param counts number of images by value, in the order of the values
 */
public record Facets(String field, Map<String, Integer> counts) {
  /** Longer lists are no help. */
  private static final int MOST = 60;

  /** A value that hardly any other image has, such as a patient's number, is none to choose. */
  private static final int SHARED = 4;

  /**
   * The fields of images that can be chosen from: two values or more, each shared by several
   * images.
   *
   * @param cards the images
   * @return the fields, in the order of the data, the split last
   */
  public static List<Facets> of(List<Card> cards) {
    Map<String, Map<String, Integer>> all = new LinkedHashMap<>();
    for (Card card : cards) {
      card.fields().forEach((field, value) -> count(all, field, value));
    }
    cards.forEach(card -> count(all, Card.SPLIT, card.split()));
    all.remove(Field.TEXT);
    Map<String, Integer> classes = all.remove(Field.LABEL);
    if (classes != null && !all.containsValue(classes)) { // often a text field says the same
      all.put(Field.LABEL, classes);
    }
    List<Facets> facets = new ArrayList<>();
    all.forEach(
        (field, counts) -> {
          int images = counts.values().stream().mapToInt(Integer::intValue).sum();
          boolean shared = SHARED * counts.size() <= images;
          if (counts.size() > 1 && counts.size() <= MOST && shared) {
            facets.add(new Facets(field, counts));
          }
        });
    return facets;
  }

  private static void count(Map<String, Map<String, Integer>> all, String field, String value) {
    // far more values than are shown are not counted to the end
    Map<String, Integer> counts = all.computeIfAbsent(field, f -> new TreeMap<>());
    if (counts.size() <= MOST || counts.containsKey(value)) {
      counts.merge(value, 1, Integer::sum);
    }
  }
}
