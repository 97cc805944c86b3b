package juxta.benchmarks.claims;

import java.util.Locale;

/** Lines of a picture on white, written one below the other. */
final class Svg {
  private final StringBuilder lines = new StringBuilder();

  /** A line of text; the place is that of its foot. */
  void text(double x, double y, String anchor, String more, String words) {
    lines.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>\n",
            x,
            y,
            anchor,
            more.isEmpty() ? "" : " " + more,
            escaped(words)));
  }

  /** What a colour says, at the top; returns where the next one goes. */
  int legend(int x, String colour, String words) {
    add("<circle cx=\"%d\" cy=\"12\" r=\"4\" fill=\"%s\"/>", x, colour);
    text(x + 8, 16, "start", "", words);
    return x + 30 + 7 * words.length();
  }

  /** Whatever else there is, as {@link String#format(Locale, String, Object...)} has it. */
  void add(String element, Object... values) {
    lines.append(String.format(Locale.ROOT, element, values)).append('\n');
  }

  /** The lines of another after those of this one. */
  void add(Svg other) {
    lines.append(other.lines);
  }

  /** The whole picture. */
  String picture(int width, int height, String title) {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\""
                + " height=\"%2$d\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n"
                + "<title>%3$s</title>\n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
            width,
            height,
            escaped(title))
        + lines
        + "</svg>\n";
  }

  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;");
  }
}
