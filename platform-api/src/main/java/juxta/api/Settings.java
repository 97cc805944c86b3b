package juxta.api;

import java.util.Map;

/**
 * The resolved settings of one component. Values come from the command line, a configuration file,
 * a preset or the setting's default, in this order.
 */
public final class Settings {
  /** Settings in which everything has its default. */
  public static final Settings DEFAULTS = new Settings(Map.of());

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Settings with some values given as text.
   *
   * @param values values by key; keys that are absent take their default
   * @return the settings
   */
  public static Settings of(Map<String, String> values) {
    return values.isEmpty() ? DEFAULTS : new Settings(values);
  }

  /**
   * The value of a setting.
   *
   * @param <T> the setting's type
   * @param setting which one
   * @return the value given, or the default
   * @throws UserException if the text given is no value of this setting
   */
  public <T> T get(Setting<T> setting) {
    String text = values.get(setting.key());
    if (text == null) {
      return setting.defaultValue();
    }
    try {
      return setting.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UserException(setting.key() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Whether a value was given rather than left at its default.
   *
   * @param setting which one
   * @return true if a value was given
   */
  public boolean has(Setting<?> setting) {
    return values.containsKey(setting.key());
  }

  /**
   * The values given, as text.
   *
   * @return values by key
   */
  public Map<String, String> asMap() {
    return values;
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
