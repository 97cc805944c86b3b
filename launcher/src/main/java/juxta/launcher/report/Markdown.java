package juxta.launcher.report;

import juxta.toolkit.text.Printable;

/** Words in Markdown. */
final class Markdown {
  private static final String SPECIAL = "\\`*_{}[]<>#|~!&";

  private Markdown() {}

  /** Words of anybody, on one line and without meaning to Markdown or HTML. */
  static String safe(String words) {
    StringBuilder safe = new StringBuilder();
    for (char c : Printable.line(words).toCharArray()) {
      switch (c) {
        case '<' -> safe.append("&lt;");
        case '&' -> safe.append("&amp;");
        default -> safe.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(c);
      }
    }
    return safe.toString();
  }

  /** A block of code; its fence is longer than any in it. */
  static String code(String code) {
    String fence = "```";
    while (code.contains(fence)) {
      fence += "`";
    }
    return fence + "\n" + code + "\n" + fence + "\n\n";
  }
}
