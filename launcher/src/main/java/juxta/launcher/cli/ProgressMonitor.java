package juxta.launcher.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import juxta.api.Score;
import juxta.api.Step;
import juxta.engine.train.Monitor;

/** Shows how far training is, how fast, and how long it will take. */
final class ProgressMonitor implements Monitor {
  private static final long NANOS = 1_000_000_000L;
  private static final long QUIET = 10 * NANOS;
  private static final double SHORT = 3;
  private static final long LIVELY = NANOS / 5;

  private final Terminal terminal;
  private final String label;
  private final LongSupplier clock;
  private String phase = "";
  private long steps;
  private long from;
  private long records;
  private long begun;
  private long asideFrom;
  private long asideBegun;
  private long lastShown;
  private double loss;
  private boolean reported;
  private String found = "";

  ProgressMonitor(Terminal terminal, String label) {
    this(terminal, label, System::nanoTime);
  }

  ProgressMonitor(Terminal terminal, String label, LongSupplier clock) {
    this.terminal = terminal;
    this.label = label;
    this.clock = clock;
  }

  @Override
  public void phase(String name, long total, long done, long perStep) {
    phase = name;
    steps = total;
    from = done;
    records = perStep;
    begun = 0;
    asideBegun = 0;
    loss = Double.NaN;
    reported = false;
    found = "";
    lastShown = clock.getAsLong();
    if (done > 0) {
      terminal.say(label + " " + name + ": continuing after step " + done + " of " + total);
    }
  }

  @Override
  public void step(String name, long step, double epoch, Map<String, Double> scalars) {
    double now = scalars.getOrDefault(Step.LOSS, Double.NaN);
    loss = Double.isNaN(loss) ? now : 0.9 * loss + 0.1 * now;
    long time = clock.getAsLong();
    asideBegun = 0;
    if (begun == 0) {
      // the first step optimises the graph; it would spoil the rate
      begun = time;
      from = step + 1;
      return;
    }
    boolean last = step + 1 == steps;
    if (time - lastShown < (terminal.live() ? LIVELY : QUIET) && !last) {
      return;
    }
    lastShown = time;
    double seconds = (time - begun) / (double) NANOS;
    double rate = (step + 1 - from) / Math.max(1e-9, seconds);
    String line =
        String.format(
            Locale.ROOT,
            "%s %s  %3d%%  step %d/%d  epoch %.1f  loss %.4f%s  %.0f records/s  %s",
            label,
            phase,
            100 * (step + 1) / steps,
            step + 1,
            steps,
            epoch,
            loss,
            found,
            rate * records,
            last
                ? "took " + Terminal.clock(seconds)
                : "ETA " + Terminal.clock((steps - step - 1) / rate));
    if (last && seconds < SHORT) {
      return; // the many short heads of an evaluation would drown what matters
    }
    if (last || !terminal.live()) {
      terminal.say(line);
    } else {
      terminal.show(line);
    }
  }

  @Override
  public void probed(String name, long step, double epoch, Map<String, List<Score>> scores) {
    found =
        scores.entrySet().stream()
            .map(own -> "  " + own.getKey() + " " + words(own.getValue().get(0)))
            .collect(Collectors.joining());
  }

  private static String words(Score score) {
    return score.unit() == Score.Unit.RATE
        ? String.format(Locale.ROOT, "%.1f%%", 100 * score.value())
        : String.format(Locale.ROOT, "%.4g", score.value());
  }

  @Override
  public void progress(long done, long total, String unit) {
    long time = clock.getAsLong();
    if (asideBegun == 0 || done <= asideFrom) {
      // what is done between two steps, such as a look at held-out records, has a rate of its own
      asideBegun = time;
      asideFrom = done;
      return;
    }
    if (time - lastShown < (terminal.live() ? LIVELY : QUIET)) {
      return;
    }
    lastShown = time;
    reported = true;
    double rate = (done - asideFrom) / Math.max(1e-9, (time - asideBegun) / (double) NANOS);
    String line =
        String.format(
            Locale.ROOT,
            "%s %s  %3d%%  %d/%d %s  %.0f/s  ETA %s",
            label,
            phase,
            100 * done / Math.max(1, total),
            done,
            total,
            unit,
            rate,
            Terminal.clock((total - done) / rate));
    if (terminal.live()) {
      terminal.show(line);
    } else {
      terminal.say(line);
    }
  }

  @Override
  public void warn(String message) {
    terminal.say("warning: " + label + " " + message);
  }

  @Override
  public void end() {
    if (reported) {
      terminal.show("");
    }
    begun = 0;
    asideBegun = 0;
  }
}
