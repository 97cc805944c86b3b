package juxta.engine.run;

/**
 * What a training phase has taken in one process.
 *
 * @param name name of the phase
 * @param steps steps done in all processes
 * @param records records a step
 * @param timedSteps steps done in this process after its first, which is slow
 * @param seconds how long these took
 */
record PhaseCost(String name, long steps, long records, long timedSteps, double seconds) {
  private static final double NANOS = 1e9;

  /** The same after one more step; times are those of {@link System#nanoTime}. */
  PhaseCost step(long step, long firstEnd, long now) {
    return new PhaseCost(
        name, step + 1, records, now == firstEnd ? 0 : timedSteps + 1, (now - firstEnd) / NANOS);
  }
}
