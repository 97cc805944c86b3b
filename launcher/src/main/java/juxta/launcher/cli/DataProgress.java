package juxta.launcher.cli;

import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** Shows what opening a data set is at, how far it is, and how long that will take. */
final class DataProgress implements BiConsumer<String, Double> {
  private static final double NANOS = 1e9;

  /** Seconds between lines that stay, and between lines that are overwritten. */
  private static final double QUIET = 10;

  private static final double LIVELY = 0.2;

  private final Terminal terminal;
  private final LongSupplier clock;
  private String work = "";
  private double from;
  private long begun;
  private long shown;

  DataProgress(Terminal terminal) {
    this(terminal, System::nanoTime);
  }

  DataProgress(Terminal terminal, LongSupplier clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public synchronized void accept(String what, Double share) {
    long now = clock.getAsLong();
    if (!what.equals(work)) {
      work = what;
      from = share;
      begun = now;
      shown = now;
      terminal.show(what);
      return;
    }
    if ((now - shown) / NANOS < (terminal.live() ? LIVELY : QUIET) || share <= from) {
      return;
    }
    shown = now;
    double left = (now - begun) / NANOS * (1 - share) / (share - from);
    String line =
        String.format(Locale.ROOT, "%s  %3.0f%%  ETA %s", what, 100 * share, Terminal.clock(left));
    if (terminal.live()) {
      terminal.show(line);
    } else {
      terminal.say(line);
    }
  }
}
