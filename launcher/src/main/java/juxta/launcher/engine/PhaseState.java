package juxta.launcher.engine;

import java.util.List;

/**
 * Where a run stands.
 *
 * @param phase index of the phase in the plan
 * @param step steps of it that are done
 * @param history validation values of the phase so far
 */
public record PhaseState(int phase, long step, List<Double> history) {
  /** The beginning of a run. */
  public static final PhaseState START = new PhaseState(0, 0, List.of());

  /**
   * Copies.
   *
   * @param phase see the record
   * @param step see the record
   * @param history see the record
   */
  public PhaseState {
    history = List.copyOf(history);
  }

  /**
   * The beginning of the next phase.
   *
   * @return the state
   */
  public PhaseState next() {
    return new PhaseState(phase + 1, 0, List.of());
  }
}
