package juxta.launcher.report;

import java.util.ArrayList;
import java.util.List;

/** Paragraphs in lines of at most so many characters. */
final class Wrapped {
  private static final String INDENT = "    ";

  private Wrapped() {}

  /** Breaks at blanks, and inside of words that are too long for any line; later lines go in. */
  static List<String> lines(String paragraph, int width) {
    List<String> lines = new ArrayList<>();
    String rest = paragraph;
    while (rest.length() > width) {
      int inset = lines.isEmpty() ? leading(rest) : INDENT.length();
      int blank = rest.lastIndexOf(' ', width);
      int at = blank > inset ? blank : width;
      lines.add(rest.substring(0, at).stripTrailing());
      rest = INDENT + rest.substring(at).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  private static int leading(String text) {
    return text.length() - text.stripLeading().length();
  }
}
