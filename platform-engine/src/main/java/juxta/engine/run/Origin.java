package juxta.engine.run;

import java.util.Locale;

/**
 * Where a value came from.
 *
 * @param kind the sort of origin
 * @param name which one: the preset's name; empty where there is but one
 */
public record Origin(Kind kind, String name) {
  /** Sorts of origins. */
  public enum Kind {
    /** The component's own default. */
    DEFAULT,
    /** A preset of the method. */
    PRESET,
    /** The tour. */
    TOUR,
    /** A comparison, which gives all its methods the same. */
    COMPARISON,
    /** A configuration file of the user. */
    FILE,
    /** The command line. */
    COMMAND_LINE
  }

  /** Nobody said anything. */
  public static final Origin DEFAULT = new Origin(Kind.DEFAULT, "");

  /** The tour that a method gives itself. */
  public static final Origin TOUR = new Origin(Kind.TOUR, "");

  /** A comparison. */
  public static final Origin COMPARISON = new Origin(Kind.COMPARISON, "");

  /** The file named by {@code --config}. */
  public static final Origin FILE = new Origin(Kind.FILE, "");

  /** The command line. */
  public static final Origin COMMAND_LINE = new Origin(Kind.COMMAND_LINE, "");

  /**
   * A preset.
   *
   * @param name its name
   * @return the origin
   */
  public static Origin preset(String name) {
    return new Origin(Kind.PRESET, name);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @param text such as {@code preset small} or {@code command line}
   * @return the origin; the command line for words that are not known, so that nothing overrides it
   */
  public static Origin parse(String text) {
    for (Kind kind : Kind.values()) {
      String word = word(kind);
      if (text.equals(word)) {
        return new Origin(kind, "");
      }
      if (kind == Kind.PRESET && text.startsWith(word + " ")) {
        return preset(text.substring(word.length() + 1));
      }
    }
    return COMMAND_LINE;
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Whether a user said it, rather than a preset, a comparison or nobody.
   *
   * @return true for the command line and files
   */
  public boolean users() {
    return kind == Kind.FILE || kind == Kind.COMMAND_LINE;
  }

  @Override
  public String toString() {
    return name.isEmpty() ? word(kind) : word(kind) + " " + name;
  }
}
