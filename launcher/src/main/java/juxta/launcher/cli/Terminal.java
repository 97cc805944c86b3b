package juxta.launcher.cli;

import java.io.PrintStream;
import java.util.Locale;
import juxta.toolkit.text.Printable;

/**
 * Prints results to one stream and everything else to another. All that a person reads passes here
 * and is made printable: what stands in a file's name or a foreign record gives the terminal no
 * orders, and a line stays one.
 */
public final class Terminal {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean live;
  private final int width;
  private int shown;

  /**
   * A terminal of unknown width.
   *
   * @param out where results go
   * @param err where progress and messages go
   * @param live whether lines may be overwritten
   */
  public Terminal(PrintStream out, PrintStream err, boolean live) {
    this(out, err, live, Width.UNKNOWN);
  }

  /**
   * A terminal.
   *
   * @param out where results go
   * @param err where progress and messages go
   * @param live whether lines may be overwritten
   * @param width characters that a line of a table may have
   */
  public Terminal(PrintStream out, PrintStream err, boolean live, int width) {
    this.out = out;
    this.err = err;
    this.live = live;
    this.width = width;
  }

  /**
   * How wide tables are.
   *
   * @return characters
   */
  public int width() {
    return width;
  }

  /**
   * Prints a line of a result.
   *
   * @param line the line
   */
  public synchronized void print(String line) {
    clear();
    out.println(Printable.line(line));
    out.flush();
  }

  /**
   * Prints several lines of a result.
   *
   * @param text lines of our own, such as a help text, or JSON, in which foreign text has no ends
   *     of lines
   */
  public synchronized void printAll(String text) {
    text.lines().forEach(this::print);
  }

  /**
   * Prints a line of progress or a message, to stay.
   *
   * @param line the line
   */
  public synchronized void say(String line) {
    clear();
    err.println(Printable.line(line));
    err.flush();
  }

  /**
   * Shows a line until the next one comes; nothing happens where lines cannot be overwritten.
   *
   * @param line the line
   */
  public synchronized void show(String line) {
    if (live) {
      clear();
      // what wraps cannot be overwritten
      String whole = Printable.line(line);
      String seen = whole.length() < width ? whole : whole.substring(0, width - 1);
      err.print(seen);
      err.flush();
      shown = seen.length();
    }
  }

  /**
   * Whether lines may be overwritten.
   *
   * @return true for a person's terminal
   */
  public boolean live() {
    return live;
  }

  private void clear() {
    if (shown > 0) {
      err.print("\r" + " ".repeat(shown) + "\r");
      shown = 0;
    }
  }

  /**
   * Seconds in words.
   *
   * @param seconds a duration
   * @return for example {@code 1:02:03} or {@code 4:05}
   */
  static String clock(double seconds) {
    long s = Math.max(0, Math.round(seconds));
    return s >= 3600
        ? String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60);
  }
}
