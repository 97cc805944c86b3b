package juxta.toolkit.text;

import java.util.Locale;

/**
 * Text from files, names and networks made fit to be shown. What does more than show itself is
 * written as an escape: control characters (a terminal takes orders by them), the invisible
 * characters that turn the direction of writing around, halves of characters, and whatever begins a
 * new line, so that one line stays one. Escapes are those of Java and JSON, such as {@code \n} and
 * {@code \u202e}: JSON that is made printable says what it said before.
 */
public final class Printable {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Printable() {}

  /**
   * Text on one line.
   *
   * @param text anybody's text
   * @return the same where all of it can be shown
   */
  public static String line(String text) {
    if (text.codePoints().allMatch(Printable::shows)) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (shows(c)) {
                line.appendCodePoint(c);
              } else {
                escape(line, c);
              }
            });
    return line.toString();
  }

  /**
   * Whether a character does no more than show itself.
   *
   * @param codePoint a code point of Unicode
   * @return false for control and format characters, ends of lines and halves of characters
   */
  public static boolean shows(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      // scripts and emoji need the joiners
      case Character.FORMAT -> codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER;
      default -> true;
    };
  }

  private static void escape(StringBuilder line, int codePoint) {
    switch (codePoint) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        for (char unit : Character.toChars(codePoint)) {
          line.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
        }
      }
    }
  }
}
