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
import org.apiguardian.api.API;

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
 * <p>A setting made without a default may stay unset; its value is then an {@link Optional}:
 *
 * <pre>{@code
 * static final Setting<Optional<Integer>> SIDE =
 *     Setting.integer("side").atLeast(8).unset("that of the data").describe("pixels");
 * }</pre>
 *
 * @param <T> {@code Integer}, {@code Double}, {@code Boolean} or {@code String}, or an {@code
 *     Optional} of one of them
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Setting<T> {
  /** The word that leaves a setting without a default unset. */
  public static final String UNSET = "unset";

  private final String key;
  private final Kind<T> kind;
  private final T defaultValue;
  private final Range range;
  private final Words words;

  /** The type, what people call it, and how text becomes a value. */
  private record Kind<T>(
      SettingType type, List<String> choices, boolean optional, Function<String, T> parser) {
    String form() {
      String file = "file" + (choices.isEmpty() ? "" : "|" + String.join("|", choices));
      return switch (type) {
        case INTEGER -> "integer";
        case REAL -> "real";
        case FLAG -> "true|false";
        case TEXT -> "text";
        case CHOICE -> String.join("|", choices);
        case FILE -> file;
      };
    }
  }

  /** The numbers allowed, both ends included. */
  private record Range(double least, double greatest) {
    static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    boolean has(Object value) {
      return value instanceof Optional<?> given
          ? given.isEmpty() || has(given.get())
          : !(value instanceof Number number)
              || number.doubleValue() >= least && number.doubleValue() <= greatest;
    }

    @Override
    public String toString() {
      boolean low = least > Double.NEGATIVE_INFINITY;
      boolean high = greatest < Double.POSITIVE_INFINITY;
      if (low && high) {
        return number(least) + " to " + number(greatest);
      }
      return low ? number(least) + " or more" : high ? number(greatest) + " or less" : "";
    }

    private static String number(double value) {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value)
          : Double.toString(value);
    }
  }

  /** What is said of it: its meaning, the default's origin, what unset means and was called. */
  private record Words(String description, String source, String unset, List<String> formerly) {
    static final Words NONE = new Words("", "", "", List.of());
  }

  private Setting(String key, Kind<T> kind, T defaultValue, Range range, Words words) {
    if (!key.matches("[a-z][a-z0-9-]{0,63}")) {
      throw new IllegalArgumentException(
          "setting key '" + key + "' is not kebab-case (lower-case letters, digits and '-')");
    }
    this.key = key;
    this.kind = kind;
    this.defaultValue = Objects.requireNonNull(defaultValue, key);
    this.range = range;
    this.words = words;
    if (!range.has(defaultValue)) {
      throw new IllegalArgumentException(
          key + ": default " + defaultValue + " is out of range (" + range + ")");
    }
  }

  private static <T> Setting<T> of(
      String key, SettingType type, T defaultValue, List<String> choices, Function<String, T> p) {
    return new Setting<>(
        key, new Kind<>(type, choices, false, p), defaultValue, Range.ALL, Words.NONE);
  }

  private static <T> Setting<Optional<T>> unset(
      String key, SettingType type, Function<String, T> parser) {
    return new Setting<>(
        key,
        new Kind<>(type, List.of(), true, text -> Optional.of(parser.apply(text))),
        Optional.empty(),
        Range.ALL,
        Words.NONE);
  }

  /**
   * A whole number.
   *
   * @param key kebab-case name
   * @param defaultValue value when the user says nothing
   * @return the setting
   */
  public static Setting<Integer> integer(String key, int defaultValue) {
    return of(key, SettingType.INTEGER, defaultValue, List.of(), Setting::whole);
  }

  /**
   * A whole number that may stay unset.
   *
   * @param key kebab-case name
   * @return the setting
   */
  public static Setting<Optional<Integer>> integer(String key) {
    return unset(key, SettingType.INTEGER, Setting::whole);
  }

  /**
   * A real number.
   *
   * @param key kebab-case name
   * @param defaultValue value when the user says nothing
   * @return the setting
   */
  public static Setting<Double> real(String key, double defaultValue) {
    return of(key, SettingType.REAL, defaultValue, List.of(), Setting::finite);
  }

  /**
   * A real number that may stay unset.
   *
   * @param key kebab-case name
   * @return the setting
   */
  public static Setting<Optional<Double>> real(String key) {
    return unset(key, SettingType.REAL, Setting::finite);
  }

  /**
   * A switch.
   *
   * @param key kebab-case name
   * @param defaultValue value when the user says nothing
   * @return the setting
   */
  public static Setting<Boolean> flag(String key, boolean defaultValue) {
    return of(
        key,
        SettingType.FLAG,
        defaultValue,
        List.of(),
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
    return of(key, SettingType.TEXT, defaultValue, List.of(), text -> text);
  }

  /**
   * Free text that may stay unset.
   *
   * @param key kebab-case name
   * @return the setting
   */
  public static Setting<Optional<String>> text(String key) {
    return unset(key, SettingType.TEXT, text -> text);
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
    return of(key, SettingType.FILE, defaultValue, List.of(words), text -> text);
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
    return of(key, SettingType.CHOICE, defaultValue, words, text -> text);
  }

  private static Integer whole(String text) {
    try {
      return Integer.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
    }
  }

  private static Double finite(String text) {
    try {
      Double value = Double.valueOf(text.strip());
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a number", e);
    }
    throw new IllegalArgumentException("'" + text + "' is not a finite number");
  }

  /**
   * The same setting with a range, both ends included.
   *
   * @param least the smallest value allowed
   * @param greatest the largest value allowed
   * @return a new setting
   * @throws IllegalArgumentException if the default is out of it
   */
  public Setting<T> range(double least, double greatest) {
    return new Setting<>(key, kind, defaultValue, new Range(least, greatest), words);
  }

  /**
   * The same setting with a lower bound, included.
   *
   * @param least the smallest value allowed
   * @return a new setting
   * @throws IllegalArgumentException if the default is below it
   */
  public Setting<T> atLeast(double least) {
    return range(least, range.greatest());
  }

  /**
   * The same setting with its meaning.
   *
   * @param text one line, with the unit
   * @return a new setting
   */
  public Setting<T> describe(String text) {
    return with(new Words(text, words.source(), words.unset(), words.formerly()));
  }

  /**
   * The same setting with the origin of its default.
   *
   * @param text paper section or table, or the file of the reference implementation
   * @return a new setting
   */
  public Setting<T> source(String text) {
    return with(new Words(words.description(), text, words.unset(), words.formerly()));
  }

  /**
   * The same setting with what holds while it is unset.
   *
   * @param meaning what takes its place, for people
   * @param formerly texts by which older runs said that it is unset; still understood
   * @return a new setting
   */
  public Setting<T> unset(String meaning, String... formerly) {
    if (!kind.optional()) {
      throw new IllegalArgumentException(key + " has a default, so it is never unset");
    }
    return with(new Words(words.description(), words.source(), meaning, List.of(formerly)));
  }

  private Setting<T> with(Words other) {
    return new Setting<>(key, kind, defaultValue, range, other);
  }

  /**
   * The same setting with another default.
   *
   * @param value the new default
   * @return a new setting
   * @throws IllegalArgumentException if it is out of range
   */
  public Setting<T> defaultsTo(T value) {
    return new Setting<>(key, kind, value, range, words);
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
   * What values it takes.
   *
   * @return the type
   */
  public SettingType type() {
    return kind.type();
  }

  /**
   * The type as a user reads it, for example {@code integer} or {@code cosine|constant}.
   *
   * @return the form
   */
  public String form() {
    return kind.form();
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
   * The default as a user reads it.
   *
   * @return its text; for a setting without one, what holds while it is unset
   */
  public String defaultText() {
    if (kind.optional()) {
      return words.unset().isEmpty() ? UNSET : UNSET + ": " + words.unset();
    }
    return defaultValue.toString().isEmpty() ? "\"\"" : defaultValue.toString();
  }

  /**
   * What the setting does.
   *
   * @return one line, perhaps empty
   */
  public String description() {
    return words.description();
  }

  /**
   * Where the default comes from.
   *
   * @return one line, perhaps empty
   */
  public String source() {
    return words.source();
  }

  /**
   * The range as a user reads it, for example {@code 0 to 1}.
   *
   * @return the range, empty where every value is allowed
   */
  public String range() {
    return range.toString();
  }

  /**
   * Looks whether what a value names is there.
   *
   * @param text as the user typed it
   * @return one line if this setting is a {@link #file} and there is none of that name
   */
  public Optional<String> missing(String text) {
    if (kind.type() != SettingType.FILE || text.isEmpty() || kind.choices().contains(text)) {
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
    if (kind.optional() && (text.equals(UNSET) || words.formerly().contains(text.strip()))) {
      return defaultValue;
    }
    T value = kind.parser().apply(text);
    if (kind.type() == SettingType.CHOICE && !kind.choices().contains(text)) {
      throw new IllegalArgumentException(
          "'" + text + "' is none of " + String.join(", ", kind.choices()));
    }
    if (!range.has(value)) {
      throw new IllegalArgumentException("'" + text + "' is out of range (" + range + ")");
    }
    return value;
  }

  /**
   * The text from which {@link #parse} makes a value.
   *
   * @param value a value
   * @return its text
   */
  public String text(T value) {
    return value instanceof Optional<?> given
        ? given.map(Object::toString).orElse(UNSET)
        : value.toString();
  }

  @Override
  public String toString() {
    return key + "=" + text(defaultValue);
  }
}
