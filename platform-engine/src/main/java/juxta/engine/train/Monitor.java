package juxta.engine.train;

import java.util.List;
import java.util.Map;
import juxta.api.Score;

/** Is told what the engine does; implementations print and record it. */
public interface Monitor {
  /**
   * A phase begins.
   *
   * @param phase name of the phase
   * @param steps number of its steps, 0 for tasks
   * @param done steps done in an earlier process
   * @param records records a step
   */
  void phase(String phase, long steps, long done, long records);

  /**
   * A step is done.
   *
   * @param phase name of the phase
   * @param step number of the step, from 0
   * @param epoch passes over the data so far
   * @param scalars loss, learning rate and other scalars by name
   */
  void step(String phase, long step, double epoch, Map<String, Double> scalars);

  /**
   * A task or evaluation has come so far.
   *
   * @param done units done
   * @param total units in all
   * @param unit what is counted
   */
  void progress(long done, long total, String unit);

  /**
   * Evaluators have looked at the model between two steps.
   *
   * @param phase name of the phase
   * @param step number of the step before, from 0
   * @param epoch passes over the data so far
   * @param scores what they found, the main score first, by id of the evaluator
   */
  default void probed(String phase, long step, double epoch, Map<String, List<Score>> scores) {}

  /**
   * Something that the user should know.
   *
   * @param message one line
   */
  void warn(String message);

  /** The phase has ended. */
  void end();

  /** A monitor that does nothing. */
  Monitor SILENT =
      new Monitor() {
        @Override
        public void phase(String phase, long steps, long done, long records) {}

        @Override
        public void step(String phase, long step, double epoch, Map<String, Double> scalars) {}

        @Override
        public void progress(long done, long total, String unit) {}

        @Override
        public void warn(String message) {}

        @Override
        public void end() {}
      };
}
