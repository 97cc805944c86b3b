package juxta.launcher.whole;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A training that is carried out up to the line that says what is trained: options, settings, data
 * and parts were judged then.
 */
final class Planned {
  private static final String STOPPED = "planned, and no more";

  private Planned() {}

  /** What keeps a training from beginning; of a comparison, any of its rows. */
  static Optional<String> problem(Shell shell, List<String> words) {
    AtomicInteger planned = new AtomicInteger();
    Outcome outcome =
        shell.runUntil(
            line -> {
              if (line.matches(".* on .* \\(\\d+ records\\).*")) {
                planned.incrementAndGet();
                throw new IllegalStateException(STOPPED);
              }
            },
            words);
    boolean otherwise =
        outcome.errLines().stream()
            .anyMatch(line -> line.matches("(failed|juxta): .*") && !line.contains(STOPPED));
    boolean one = words.get(0).equals("train");
    return planned.get() > 0 && (one || !otherwise)
        ? Optional.empty()
        : Optional.of(String.join(" ", words) + "\n" + outcome.out() + outcome.err());
  }
}
