package juxta.engine.run;

import java.util.function.LongSupplier;

/**
 * Keeps looks at a model within a share of the time that a process trains. A look is left out if, a
 * quarter longer than the last one, it would bring the time of all looks above the share of the
 * time until its end. How long the first one will take is not known: it is taken for a quarter of
 * the phase's first step, which optimises the graph, and of the steps with as many records, since a
 * look has one view where a step has two as a rule, and no gradients.
 */
final class ProbeBudget {
  private static final double NANOS = 1e9;
  private static final double OF_STEPS = 0.25;

  /** How much longer than the last one a look may take without breaking the promise. */
  private static final double MARGIN = 1.25;

  private final double share;
  private final LongSupplier clock;
  private boolean running;
  private long begun;
  private long phaseBegun;
  private long firstEnd;
  private long lastEnd;
  private long steps;
  private long asked;
  private double spent;
  private double longest;
  private double latest;
  private long looks;

  /**
   * Nothing spent yet.
   *
   * @param share greatest share, 1 for as many looks as wanted
   * @param clock nanoseconds
   */
  ProbeBudget(double share, LongSupplier clock) {
    this.share = share;
    this.clock = clock;
  }

  /** A phase begins; its first look will take the longest. */
  void phase() {
    phaseBegun = clock.getAsLong();
    begun = running ? begun : phaseBegun;
    running = true;
    steps = 0;
    latest = longest;
  }

  /** A step is done. */
  void step() {
    lastEnd = clock.getAsLong();
    firstEnd = steps == 0 ? lastEnd : firstEnd;
    steps++;
  }

  /**
   * Whether a look fits now.
   *
   * @param parts records of a look over those of a step
   */
  boolean allows(double parts) {
    asked = clock.getAsLong();
    double next = looks > 0 ? MARGIN * latest : first(parts);
    return share >= 1 || spent + next <= share * ((asked - begun) / NANOS + next);
  }

  private double first(double parts) {
    double start = (firstEnd - phaseBegun) / NANOS;
    double step = steps > 1 ? (lastEnd - firstEnd) / NANOS / (steps - 1) : start;
    return OF_STEPS * (start + parts * step);
  }

  /** The look that fitted is done. */
  void looked() {
    latest = (clock.getAsLong() - asked) / NANOS;
    longest = Math.max(longest, latest);
    spent += latest;
    looks++;
  }

  /** Looks so far. */
  long looks() {
    return looks;
  }

  /** Seconds that they took. */
  double spent() {
    return spent;
  }

  /** Seconds since the first phase began. */
  double elapsed() {
    return running ? (clock.getAsLong() - begun) / NANOS : 0;
  }
}
