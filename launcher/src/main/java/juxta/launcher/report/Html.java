package juxta.launcher.report;

import java.util.Locale;

/** Text of a page; whatever is not markup of ours goes through {@link #safe}. */
final class Html {
  private final StringBuilder text = new StringBuilder();

  /** Markup of ours, as it is. */
  Html raw(String markup) {
    text.append(markup);
    return this;
  }

  /** Words of anybody. */
  Html words(String words) {
    text.append(safe(words));
    return this;
  }

  /** An element with words in it; the tag may carry attributes of ours. */
  Html element(String tag, String words) {
    return raw("<" + tag + ">").words(words).raw("</" + tag.split(" ", 2)[0] + ">\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /**
   * Words that cannot become markup, in an element or a quoted attribute. Control characters and
   * those that turn the direction of writing around are shown as a replacement character.
   */
  static String safe(String words) {
    StringBuilder safe = new StringBuilder(words.length() + 16);
    words
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(harmless(c) ? c : 0xFFFD);
              }
            });
    return safe.toString();
  }

  /** Whether a character does no more than show itself. */
  static boolean harmless(int c) {
    boolean turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    boolean half = c >= 0xD800 && c <= 0xDFFF;
    return !turns && !half && (c == '\n' || c == '\t' || !Character.isISOControl(c));
  }

  /** A name that can be linked to. */
  static String anchor(String words) {
    return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
