package juxta.engine.embed;

import java.nio.file.Path;
import java.util.List;

/**
 * What was written.
 *
 * @param rows number of rows
 * @param shape of one row before it was flattened
 * @param function the model's function
 * @param output which of its outputs
 * @param files the file with the numbers first
 */
public record Embedded(
    long rows, List<Long> shape, String function, String output, List<Path> files) {
  static Embedded of(State state, Target target) {
    return new Embedded(
        state.rows(),
        state.shape(),
        state.subject().function(),
        state.subject().output(),
        target.files());
  }

  /**
   * Numbers a row.
   *
   * @return the number of columns
   */
  public long columns() {
    return State.columns(shape);
  }
}
