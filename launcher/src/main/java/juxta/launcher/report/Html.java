package juxta.launcher.report;

import java.util.Locale;
import juxta.toolkit.text.Printable;

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

  /** Words that can be shown, and cannot become markup, in an element or a quoted attribute. */
  static String safe(String words) {
    String shown = Printable.line(words);
    StringBuilder safe = new StringBuilder(shown.length() + 16);
    for (char c : shown.toCharArray()) {
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  /** A name that can be linked to. */
  static String anchor(String words) {
    return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
