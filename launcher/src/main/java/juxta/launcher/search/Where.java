package juxta.launcher.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import juxta.api.UserException;
import juxta.engine.catalogue.Nearest;

/** Conditions on the fields of images, such as {@code sex=female}. */
public final class Where implements Predicate<Card> {
  /** No condition. */
  public static final Where ANY = new Where(Map.of());

  private static final int MOST_SHOWN = 30;

  private final Map<String, Set<String>> wanted;

  private Where(Map<String, Set<String>> wanted) {
    this.wanted = wanted;
  }

  /**
   * Reads conditions. Several of one field allow each of their values; those of different fields
   * must all hold.
   *
   * @param conditions such as {@code sex=female}
   * @param cards the images, for their fields and values
   * @return the conditions
   * @throws UserException if there is no such field, or no image has the value
   */
  public static Where of(List<String> conditions, List<Card> cards) {
    Map<String, Set<String>> wanted = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (String condition : conditions) {
      int equals = condition.indexOf('=');
      if (equals < 1) {
        problems.add("a filter is written field=value, not '" + condition + "'");
        continue;
      }
      String field = condition.substring(0, equals).strip();
      String value = condition.substring(equals + 1).strip();
      Set<String> values = values(field, cards);
      if (values.isEmpty()) {
        problems.add("images have no field '" + field + "'" + Nearest.among(field, fields(cards)));
      } else if (!values.contains(value)) {
        problems.add("no image has " + field + " '" + value + "'" + among(value, values));
      } else {
        wanted.computeIfAbsent(field, f -> new TreeSet<>()).add(value);
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    return new Where(wanted);
  }

  private static String among(String value, Set<String> values) {
    return values.size() > MOST_SHOWN ? Nearest.hint(value, values) : Nearest.among(value, values);
  }

  @Override
  public boolean test(Card card) {
    return wanted.entrySet().stream().allMatch(e -> e.getValue().contains(card.value(e.getKey())));
  }

  private static Set<String> fields(List<Card> cards) {
    Set<String> names = new TreeSet<>(Set.of(Card.SPLIT));
    cards.forEach(card -> names.addAll(card.fields().keySet()));
    return names;
  }

  private static Set<String> values(String field, List<Card> cards) {
    Set<String> values = new TreeSet<>();
    cards.forEach(card -> values.add(card.value(field)));
    values.remove("");
    return values;
  }
}
