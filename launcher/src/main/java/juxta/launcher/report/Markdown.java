package juxta.launcher.report;

/** Words in Markdown. */
final class Markdown {
  private static final String SPECIAL = "\\`*_{}[]<>#|~!&";

  private Markdown() {}

  /** Words of anybody, on one line and without meaning to Markdown or HTML. */
  static String safe(String words) {
    StringBuilder safe = new StringBuilder();
    words
        .codePoints()
        .forEach(
            c -> {
              if (c == '\n' || c == '\t' || c == '\r') {
                safe.append(' ');
              } else if (c == '<') {
                safe.append("&lt;");
              } else if (c == '&') {
                safe.append("&amp;");
              } else if (!Html.harmless(c)) {
                safe.append('\uFFFD');
              } else {
                safe.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").appendCodePoint(c);
              }
            });
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
