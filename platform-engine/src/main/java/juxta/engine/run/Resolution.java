package juxta.engine.run;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import juxta.api.Setting;
import juxta.api.Settings;

/**
 * The values of a run, its method, parts, data and evaluators: each held once, typed, with its
 * origin. What is not here has the default of its setting.
 */
public final class Resolution {
  /**
   * A value.
   *
   * @param part whose it is: {@code run}, {@code method}, {@code encoder}, {@code augmentation},
   *     {@code loss}, {@code data}, or an evaluator's id
   * @param setting what it is a value of
   * @param value the value, as the setting's parse made it
   * @param text as it was given
   * @param origin who gave it
   */
  public record Entry(String part, Setting<?> setting, Object value, String text, Origin origin) {}

  private final Map<String, Entry> entries;

  Resolution(Map<String, Entry> entries) {
    this.entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  /**
   * All values that were given, by key as users write it.
   *
   * @return in alphabetical order of keys
   */
  public Map<String, Entry> entries() {
    return entries;
  }

  /**
   * The settings of a part.
   *
   * @param part as in {@link Entry#part}
   * @return its settings
   */
  public Settings of(String part) {
    Map<String, Object> own = new HashMap<>();
    entries
        .values()
        .forEach(
            entry -> {
              if (entry.part().equals(part)) {
                own.put(entry.setting().key(), entry.value());
              }
            });
    return Settings.checked(own);
  }

  /**
   * A value of the run.
   *
   * @param setting one of {@link RunSettings}
   * @param <T> its type
   * @return the value given, or the default
   */
  public <T> T run(Setting<T> setting) {
    return of(Part.RUN).get(setting);
  }

  /**
   * Who gave a value.
   *
   * @param key as users write it
   * @return its origin
   */
  public Origin origin(String key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::origin).orElse(Origin.DEFAULT);
  }

  /**
   * What a training is identified by: everything but the settings of evaluators.
   *
   * @return texts by key
   */
  public Overrides training() {
    Map<String, Overrides.Entry> some = new TreeMap<>();
    entries.forEach(
        (key, entry) -> {
          if (trains(key)) {
            some.put(key, new Overrides.Entry(entry.text(), entry.origin()));
          }
        });
    return new Overrides(some);
  }

  /** Whether a key is one of a training, not of an evaluator. */
  static boolean trains(String key) {
    String part = Part.named(key);
    return part.isEmpty() || part.equals(Part.DATA) || Part.PIECES.contains(part);
  }

  /** The same with another value of the run. */
  <T> Resolution with(Setting<T> setting, T value, Origin origin) {
    Map<String, Entry> other = new TreeMap<>(entries);
    other.put(setting.key(), new Entry(Part.RUN, setting, value, setting.text(value), origin));
    return new Resolution(other);
  }
}
