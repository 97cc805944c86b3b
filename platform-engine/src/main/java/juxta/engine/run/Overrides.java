package juxta.engine.run;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Texts that count more than what a preset or a default says, each with its origin.
 *
 * @param entries by key
 */
public record Overrides(Map<String, Entry> entries) {
  /** None. */
  public static final Overrides NONE = new Overrides(Map.of());

  /**
   * A text with its origin.
   *
   * @param text as it was given
   * @param origin who gave it
   */
  public record Entry(String text, Origin origin) {}

  /**
   * Copies.
   *
   * @param entries see the record
   */
  public Overrides {
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  /**
   * Texts of one origin.
   *
   * @param origin who gave them
   * @param texts by key
   * @return the overrides
   */
  public static Overrides of(Origin origin, Map<String, String> texts) {
    Map<String, Entry> entries = new TreeMap<>();
    texts.forEach((key, text) -> entries.put(key, new Entry(text, origin)));
    return new Overrides(entries);
  }

  /**
   * Texts of the command line.
   *
   * @param texts by key
   * @return the overrides
   */
  public static Overrides typed(Map<String, String> texts) {
    return of(Origin.COMMAND_LINE, texts);
  }

  /**
   * These, and others that count more.
   *
   * @param stronger what wins where both have a key
   * @return all of them
   */
  public Overrides under(Overrides stronger) {
    Map<String, Entry> all = new TreeMap<>(entries);
    all.putAll(stronger.entries);
    return new Overrides(all);
  }

  /**
   * Some of them.
   *
   * @param kept tells by key and entry which stay
   * @return the rest
   */
  public Overrides only(BiPredicate<String, Entry> kept) {
    Map<String, Entry> some = new TreeMap<>(entries);
    some.entrySet().removeIf(e -> !kept.test(e.getKey(), e.getValue()));
    return new Overrides(some);
  }

  /**
   * A text.
   *
   * @param key its key
   * @return the text, if there is one
   */
  public Optional<String> text(String key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::text);
  }

  /**
   * All texts.
   *
   * @return by key
   */
  public Map<String, String> texts() {
    return entries.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> e.getValue().text(), (a, b) -> b, TreeMap::new));
  }
}
