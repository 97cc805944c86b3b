package juxta.toolkit.io;

import juxta.toolkit.text.Printable;

/** What a file says of itself, fit for an error: names and fields in files may have any length. */
public final class Excerpt {
  private static final int LONGEST = 400;

  private Excerpt() {}

  /**
   * The beginning of a text on one line.
   *
   * @param text anything
   * @return the text, cut behind 400 characters, with escapes as {@link Printable} writes them
   */
  public static String of(String text) {
    return text.length() > LONGEST
        ? Printable.line(text.substring(0, LONGEST)) + "…"
        : Printable.line(text);
  }
}
