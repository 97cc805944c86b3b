package juxta.engine.train;

import java.util.List;

/**
 * Where a run stands.
 *
 * @param phase index of the phase in the plan
 * @param step steps of it that are done
 * @param history validation values of the phase so far
 * @param earlier steps of all phases before it
 */
public record PhaseState(int phase, long step, List<Double> history, long earlier) {
  /** The beginning of a run. */
  public static final PhaseState START = new PhaseState(0, 0, List.of(), 0);

  /**
   * Copies.
   *
   * @param phase see the record
   * @param step see the record
   * @param history see the record
   * @param earlier see the record
   */
  public PhaseState {
    history = List.copyOf(history);
  }

  /**
   * This state after more steps of the same phase.
   *
   * @param done steps of the phase that are done
   * @param values validation values of the phase so far
   * @return the state
   */
  public PhaseState at(long done, List<Double> values) {
    return new PhaseState(phase, done, values, earlier);
  }

  /**
   * The beginning of the next phase.
   *
   * @return the state
   */
  public PhaseState next() {
    return new PhaseState(phase + 1, 0, List.of(), total());
  }

  /**
   * Steps done in all phases.
   *
   * @return the number of steps
   */
  public long total() {
    return earlier + step;
  }
}
