package juxta.launcher.cli;

import java.io.PrintStream;
import java.util.Locale;

/** Prints results to one stream and everything else to another. */
public final class Terminal {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean live;
  private int shown;

  /**
   * A terminal.
   *
   * @param out where results go
   * @param err where progress and messages go
   * @param live whether lines may be overwritten
   */
  public Terminal(PrintStream out, PrintStream err, boolean live) {
    this.out = out;
    this.err = err;
    this.live = live;
  }

  /**
   * Prints a line of a result.
   *
   * @param line the line
   */
  public synchronized void print(String line) {
    clear();
    out.println(line);
    out.flush();
  }

  /**
   * Prints a line of progress or a message, to stay.
   *
   * @param line the line
   */
  public synchronized void say(String line) {
    clear();
    err.println(line);
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
      err.print(line);
      err.flush();
      shown = line.length();
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
