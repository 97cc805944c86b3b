package juxta.launcher.preview;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What readers log while data are read: as a rule what they passed over, and why. From when it is
 * made until it is closed warnings come here; where they would have gone, they do not go.
 */
public final class Notes implements AutoCloseable {
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final Logger root = Logger.getLogger("");
  private final List<Handler> others = List.of(root.getHandlers());
  private final Handler own = new Lines();

  /** Listens from now on. */
  public Notes() {
    others.forEach(root::removeHandler);
    root.addHandler(own);
  }

  private final class Lines extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord entry) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        String cause = entry.getThrown() == null ? "" : " (" + entry.getThrown() + ")";
        String line = formatter.formatMessage(entry) + cause;
        if (!lines.contains(line)) {
          lines.add(line);
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /**
   * What was logged so far.
   *
   * @return each warning once, in order
   */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Stops to listen; warnings go where they went before. */
  @Override
  public void close() {
    root.removeHandler(own);
    others.forEach(root::addHandler);
  }
}
