package juxta.launcher.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import juxta.api.Method;
import juxta.api.Score;
import juxta.engine.hardware.Device;
import juxta.engine.run.Choices;
import juxta.engine.train.Monitor;

/**
 * Says what a paper's own setting costs on a processor, for which it was not made: before the first
 * step of a long phase that there is a smaller setting, and after some steps how long it will take.
 */
final class PaperNotice implements Monitor {
  private static final double NANOS = 1e9;

  /** Records below which a phase is short on any processor. */
  private static final long MANY = 200_000;

  /** An estimate below this many seconds is no reason for a word. */
  private static final double LONG = 30 * 60;

  /** The first steps optimise the graph and warm caches up. */
  private static final int WARM_UP = 2;

  /** Steps and seconds of which an estimate is made, whichever takes longer. */
  private static final int TIMED_STEPS = 3;

  private static final double TIMED_SECONDS = 10;

  private static final String SMALL = "small";

  private final Monitor shown;
  private final Terminal terminal;
  private final int cores;
  private final LongSupplier clock;
  private boolean named;
  private boolean told;
  private long steps;
  private int seen;
  private long begun;

  PaperNotice(Monitor shown, Terminal terminal, int cores, LongSupplier clock) {
    this.shown = shown;
    this.terminal = terminal;
    this.cores = cores;
    this.clock = clock;
  }

  /** What shows how far a training is, and says this where there is something to say. */
  static Monitor of(Monitor shown, Choices choices, Terminal terminal) {
    return around(
        shown,
        terminal,
        choices.preset(),
        choices.method().component().presets(),
        choices.device() instanceof Device.OnCard);
  }

  /**
   * A monitor that says it where there is something to say.
   *
   * @param shown what else is told
   * @param terminal where it is said
   * @param preset the run's preset
   * @param presets those that its method has
   * @param card whether it runs on a card
   */
  static Monitor around(
      Monitor shown, Terminal terminal, String preset, Set<String> presets, boolean card) {
    boolean applies = preset.equals(Method.PAPER) && presets.contains(SMALL) && !card;
    int cores = Runtime.getRuntime().availableProcessors();
    return applies ? new PaperNotice(shown, terminal, cores, System::nanoTime) : shown;
  }

  @Override
  public void phase(String phase, long total, long done, long records) {
    steps = total;
    seen = 0;
    if (!named && (total - done) * records >= MANY) {
      named = true;
      terminal.say(
          "preset paper is made for cards; --preset small is made for machines such as this one"
              + " (how long it will take is said after the first steps)");
    }
    shown.phase(phase, total, done, records);
  }

  @Override
  public void step(String phase, long step, double epoch, Map<String, Double> scalars) {
    shown.step(phase, step, epoch, scalars);
    seen++;
    if (seen == WARM_UP) {
      begun = clock.getAsLong();
    }
    if (told || seen < WARM_UP + TIMED_STEPS) {
      return;
    }
    double seconds = (clock.getAsLong() - begun) / NANOS;
    if (seconds >= TIMED_SECONDS) {
      told = true;
      estimate(phase, seconds / (seen - WARM_UP), steps - step - 1).ifPresent(terminal::say);
    }
  }

  private Optional<String> estimate(String phase, double each, long left) {
    double seconds = each * left;
    if (seconds < LONG) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "preset paper on %d %s: about %s for %s at the present pace (%s a step, %,d steps left);"
                + " --preset small is made for such machines",
            cores,
            cores == 1 ? "core" : "cores",
            duration(seconds),
            phase,
            each < 1
                ? String.format(Locale.ROOT, "%.0f ms", 1000 * each)
                : String.format(Locale.ROOT, "%.1f s", each),
            left));
  }

  private static String duration(double seconds) {
    double hours = seconds / 3600;
    if (hours < 1.5) {
      return Math.round(seconds / 60) + " min";
    }
    return hours < 72 ? Math.round(hours) + " h" : Math.round(hours / 24) + " days";
  }

  @Override
  public void progress(long done, long total, String unit) {
    shown.progress(done, total, unit);
  }

  @Override
  public void probed(String phase, long step, double epoch, Map<String, List<Score>> scores) {
    shown.probed(phase, step, epoch, scores);
  }

  @Override
  public void warn(String message) {
    shown.warn(message);
  }

  @Override
  public void end() {
    shown.end();
  }
}
