package juxta.api;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A typed setting: its key, default, range, meaning, and where the default comes from.
 *
 * <p>Declare one as a constant and read it through {@link Settings#get}:
 *
 * <pre>{@code
 * static final Setting<Double> TEMPERATURE =
 *     Setting.real("temperature", 0.2).range(1e-4, 100).describe("softmax temperature").source("section 4.1");
 * }</pre>
 *
 * @param <T> {@code Integer}, {@code Double}, {@code Boolean} or {@code String}
 */
public final class Setting<T> {
  private static final String FILE = "file";

  private final String key;
  private final String type;
  private final T defaultValue;
  private final double minimum;
  private final double maximum;
  private final List<String> choices;
  private final String description;
  private final String source;
  private final Function<String, T> parser;

  private Setting(
      String key,
      String type,
      T defaultValue,
      double minimum,
      double maximum,
      List<String> choices,
      String description,
      String source,
      Function<String, T> parser) {
    if (!key.matches("[a-z][a-z0-9-]{0,63}")) {
      throw new IllegalArgumentException(
          "setting key '" + key + "' is not kebab-case (lower-case letters, digits and '-')");
    }
    this.key = key;
    this.type = type;
    this.defaultValue = Objects.requireNonNull(defaultValue, key);
    this.minimum = minimum;
    this.maximum = maximum;
    this.choices = choices;
    this.description = description;
    this.source = source;
    this.parser = parser;
  }

  /**
   * A whole number.
   *
   * @param key kebab-case name
   * @param defaultValue value when the user says nothing
   * @return the setting
   */
  public static Setting<Integer> integer(String key, int defaultValue) {
    return new Setting<>(
        key,
        "integer",
        defaultValue,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        List.of(),
        "",
        "",
        text -> parse(text, "a whole number", Integer::valueOf));
  }

  /**
   * A real number.
   *
   * @param key kebab-case name
   * @param defaultValue value when the user says nothing
   * @return the setting
   */
  public static Setting<Double> real(String key, double defaultValue) {
    return new Setting<>(
        key,
        "real",
        defaultValue,
        -Double.MAX_VALUE,
        Double.MAX_VALUE,
        List.of(),
        "",
        "",
        text -> parse(text, "a number", Double::valueOf));
  }

  /**
   * A switch.
   *
   * @param key kebab-case name
   * @param defaultValue value when the user says nothing
   * @return the setting
   */
  public static Setting<Boolean> flag(String key, boolean defaultValue) {
    return new Setting<>(
        key,
        "true|false",
        defaultValue,
        0,
        0,
        List.of(),
        "",
        "",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on", "1" -> true;
              case "false", "no", "off", "0" -> false;
              default -> throw new IllegalArgumentException("'" + text + "' is not true or false");
            });
  }

  /**
   * Free text.
   *
   * @param key kebab-case name
   * @param defaultValue value when the user says nothing
   * @return the setting
   */
  public static Setting<String> text(String key, String defaultValue) {
    return new Setting<>(key, "text", defaultValue, 0, 0, List.of(), "", "", text -> text);
  }

  /**
   * A file or folder that a training reads before anything else; empty for none. Whether it is
   * there is checked before a training starts, not when a finished run is opened.
   *
   * @param key kebab-case name
   * @param defaultValue value when the user says nothing
   * @param words what may stand instead of a file
   * @return the setting
   */
  public static Setting<String> file(String key, String defaultValue, String... words) {
    String type = words.length == 0 ? FILE : FILE + "|" + String.join("|", words);
    return new Setting<>(key, type, defaultValue, 0, 0, List.of(), "", "", text -> text);
  }

  /**
   * One of several words.
   *
   * @param key kebab-case name
   * @param defaultValue value when the user says nothing, one of the choices
   * @param choices the words allowed
   * @return the setting
   */
  public static Setting<String> choice(String key, String defaultValue, String... choices) {
    List<String> words = List.copyOf(Arrays.asList(choices));
    if (!words.contains(defaultValue)) {
      throw new IllegalArgumentException(key + ": default '" + defaultValue + "' is no choice");
    }
    return new Setting<>(
        key, String.join("|", words), defaultValue, 0, 0, words, "", "", text -> text);
  }

  private static <N> N parse(String text, String kind, Function<String, N> parser) {
    try {
      return parser.apply(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not " + kind, e);
    }
  }

  /**
   * The same setting with a range, both ends included.
   *
   * @param least the smallest value allowed
   * @param greatest the largest value allowed
   * @return a new setting
   */
  public Setting<T> range(double least, double greatest) {
    return new Setting<>(
        key, type, defaultValue, least, greatest, choices, description, source, parser);
  }

  /**
   * The same setting with a lower bound, included.
   *
   * @param least the smallest value allowed
   * @return a new setting
   */
  public Setting<T> atLeast(double least) {
    return range(least, maximum);
  }

  /**
   * The same setting with its meaning.
   *
   * @param text one line, with the unit
   * @return a new setting
   */
  public Setting<T> describe(String text) {
    return new Setting<>(key, type, defaultValue, minimum, maximum, choices, text, source, parser);
  }

  /**
   * The same setting with the origin of its default.
   *
   * @param text paper section or table, or the file of the reference implementation
   * @return a new setting
   */
  public Setting<T> source(String text) {
    return new Setting<>(
        key, type, defaultValue, minimum, maximum, choices, description, text, parser);
  }

  /**
   * The same setting with another default.
   *
   * @param value the new default
   * @return a new setting
   */
  public Setting<T> defaultsTo(T value) {
    return new Setting<>(key, type, value, minimum, maximum, choices, description, source, parser);
  }

  /**
   * The key in kebab-case.
   *
   * @return the key
   */
  public String key() {
    return key;
  }

  /**
   * The type as a user reads it, for example {@code integer} or {@code cosine|constant}.
   *
   * @return the type
   */
  public String type() {
    return type;
  }

  /**
   * The value when the user says nothing.
   *
   * @return the default
   */
  public T defaultValue() {
    return defaultValue;
  }

  /**
   * What the setting does.
   *
   * @return one line, perhaps empty
   */
  public String description() {
    return description;
  }

  /**
   * Where the default comes from.
   *
   * @return one line, perhaps empty
   */
  public String source() {
    return source;
  }

  /**
   * The range as a user reads it, for example {@code 0 to 1}.
   *
   * @return the range, empty where every value is allowed
   */
  public String range() {
    boolean low = minimum > (type.equals("integer") ? Integer.MIN_VALUE : -Double.MAX_VALUE);
    boolean high = maximum < (type.equals("integer") ? Integer.MAX_VALUE : Double.MAX_VALUE);
    if (!(defaultValue instanceof Number) || (!low && !high)) {
      return "";
    }
    if (low && high) {
      return number(minimum) + " to " + number(maximum);
    }
    return low ? number(minimum) + " or more" : number(maximum) + " or less";
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /**
   * Looks whether what a value names is there.
   *
   * @param text as the user typed it
   * @return one line if this setting is a {@link #file} and there is none of that name
   */
  public Optional<String> missing(String text) {
    List<String> words = List.of(type.split("\\|"));
    if (!words.get(0).equals(FILE) || text.isEmpty() || words.indexOf(text) > 0) {
      return Optional.empty();
    }
    try {
      return Files.isReadable(Path.of(text))
          ? Optional.empty()
          : Optional.of("'" + text + "' is not there or cannot be read; name a file that is there");
    } catch (InvalidPathException e) {
      return Optional.of("'" + text + "' cannot be the name of a file");
    }
  }

  /**
   * Reads a value and checks it.
   *
   * @param text as the user typed it
   * @return the value
   * @throws IllegalArgumentException with one line that says what is wrong with the text
   */
  public T parse(String text) {
    T value = parser.apply(text);
    if (!choices.isEmpty() && !choices.contains(text)) {
      throw new IllegalArgumentException("'" + text + "' is none of " + String.join(", ", choices));
    }
    if (value instanceof Number n && !(n.doubleValue() >= minimum && n.doubleValue() <= maximum)) {
      throw new IllegalArgumentException("'" + text + "' is out of range (" + range() + ")");
    }
    return value;
  }

  @Override
  public String toString() {
    return key + "=" + defaultValue;
  }
}
