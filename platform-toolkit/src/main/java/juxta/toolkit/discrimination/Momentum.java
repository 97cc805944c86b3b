package juxta.toolkit.discrimination;

import java.util.List;
import juxta.api.Schedule;
import juxta.api.Setting;
import juxta.api.Setup;
import juxta.toolkit.optim.Schedules;

/**
 * Momentum of the averaged networks, from its base to its end by half a cosine wave: {@code m = end
 * - (end - base) (1 + cos(pi k / K)) / 2} at step k of K.
 *
 * @param base momentum at the start
 * @param end momentum at the end
 */
public record Momentum(Setting<Double> base, Setting<Double> end) {
  /**
   * A momentum with these defaults.
   *
   * @param base momentum at the start
   * @param end momentum at the end
   * @param source where both come from
   * @return the momentum
   */
  public static Momentum of(double base, double end, String source) {
    return new Momentum(
        Setting.real("momentum-base", base)
            .range(0, 1)
            .describe("momentum of the averaged network at the start")
            .source(source),
        Setting.real("momentum-end", end)
            .range(0, 1)
            .describe("momentum of the averaged network at the end, reached by cosine")
            .source(source));
  }

  /**
   * The settings.
   *
   * @return base, end
   */
  public List<Setting<?>> settings() {
    return List.of(base, end);
  }

  /**
   * The schedule.
   *
   * @param setup the run
   * @param length of the training
   * @return the momentum at each step
   */
  public Schedule schedule(Setup setup, Length length) {
    return Schedules.cosine(
        setup.settings().get(base), setup.settings().get(end), Math.max(1, length.steps()));
  }
}
