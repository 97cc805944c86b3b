package juxta.launcher.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Brings what libraries and plug-ins log to the terminal, where it is made printable. */
public final class LogLines extends Handler {
  private final Terminal terminal;
  private final SimpleFormatter formatter = new SimpleFormatter();

  private LogLines(Terminal terminal) {
    this.terminal = terminal;
    setLevel(Level.WARNING);
  }

  /**
   * Takes the place of the handlers that write to the error stream.
   *
   * @param terminal where warnings and errors go from now on
   */
  public static void to(Terminal terminal) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new LogLines(terminal));
  }

  @Override
  public void publish(LogRecord entry) {
    if (isLoggable(entry)) {
      String cause = entry.getThrown() == null ? "" : " (" + entry.getThrown() + ")";
      terminal.say("warning: " + formatter.formatMessage(entry) + cause);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
