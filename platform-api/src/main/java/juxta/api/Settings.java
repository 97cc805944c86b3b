package juxta.api;

import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The resolved settings of one component. Values come from the command line, a configuration file,
 * a preset or the setting's default, in this order.
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Settings {
  /** Settings in which everything has its default. */
  public static final Settings DEFAULTS = new Settings(Map.of());

  private final Map<String, Object> values;

  private Settings(Map<String, Object> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Settings with some values given as text.
   *
   * @param values values by key; keys that are absent take their default
   * @return the settings
   */
  public static Settings of(Map<String, String> values) {
    return values.isEmpty() ? DEFAULTS : new Settings(Map.copyOf(values));
  }

  /**
   * Settings with some values that were read and checked before.
   *
   * @param values values by key, as {@link Setting#parse} makes them; keys that are absent take
   *     their default
   * @return the settings
   */
  public static Settings checked(Map<String, ?> values) {
    return values.isEmpty() ? DEFAULTS : new Settings(Map.copyOf(values));
  }

  /**
   * The value of a setting. A value that was read as one that may be unset can be asked for by a
   * setting of the same key that has a default, and the other way round.
   *
   * @param <T> the setting's type
   * @param setting which one
   * @return the value given, or the default
   * @throws UserException if the text given is no value of this setting
   */
  @SuppressWarnings("unchecked") // what is no text came from the setting's own parse
  public <T> T get(Setting<T> setting) {
    Object value = values.get(setting.key());
    if (value == null) {
      return setting.defaultValue();
    }
    if (!(value instanceof String text)) {
      boolean optional = setting.defaultValue() instanceof Optional;
      return value instanceof Optional<?> given
          ? optional ? (T) given : (T) given.map(Object.class::cast).orElse(setting.defaultValue())
          : optional ? (T) Optional.of(value) : (T) value;
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

  @Override
  public String toString() {
    return values.toString();
  }
}
