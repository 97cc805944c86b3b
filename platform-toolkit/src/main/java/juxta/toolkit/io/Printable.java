package juxta.toolkit.io;

/** What a file says, fit to be shown in an error: files may be hostile. */
public final class Printable {
  private Printable() {}

  /**
   * The first characters of a text, without any that would do something to a terminal.
   *
   * @param text anything
   * @return at most 20 characters of ASCII, and three dots if there were more
   */
  public static String of(String text) {
    String shown = text.length() > 20 ? text.substring(0, 20) + "…" : text;
    return shown.replaceAll("[^\\x20-\\x7e…]", "?");
  }
}
