package juxta.plugin.grass;

import java.util.List;
import java.util.Map;
import juxta.api.Sampler;
import juxta.api.Schedule;

/** The released learning rate, and how a second phase goes on where the first one ended. */
final class Rates {
  private static final double LEAST = 0.0048;
  private static final double FIRST = 3.5968;
  private static final double SECOND = 1.1949;

  /** Share of the training that is warm-up. */
  private static final double WARMUP = 0.1;

  /** Length of a cosine wave from its top to its bottom, of what follows the warm-up. */
  private static final double WAVE = 0.334;

  private Rates() {}

  /**
   * The rate of the released configuration for a batch of 256 (it is not scaled): a line from 0.6
   * to 4.8, then a cosine that falls to 0.0048, rises to 1.195 and falls again.
   *
   * @param steps steps of the whole training
   * @return the schedule
   */
  static Schedule released(long steps) {
    return (step, history) -> at(step / (double) Math.max(1, steps));
  }

  /** The rate at a share u of the training. */
  static double at(double u) {
    if (u < WARMUP) {
      return 0.6 + (4.8 - 0.6) * u / WARMUP;
    }
    double w = (u - WARMUP) / (1 - WARMUP);
    double top = w < WAVE ? FIRST : SECOND;
    return LEAST + 0.5 * (top - LEAST) * (1 + Math.cos(Math.PI * w / WAVE));
  }

  /** What a schedule does from a step on. */
  static Schedule from(long first, Schedule schedule) {
    return (step, history) -> schedule.at(first + step, List.of());
  }

  /** What a sampler draws from a step on. */
  static Sampler from(long first, Sampler sampler) {
    return new Rest(first, sampler);
  }

  private record Rest(long first, Sampler sampler) implements Sampler {
    @Override
    public Map<String, Stream> streams() {
      return sampler.streams();
    }

    @Override
    public long stepsPerEpoch() {
      return sampler.stepsPerEpoch();
    }

    @Override
    public Map<String, int[]> indices(long seed, long step) {
      return sampler.indices(seed, first + step);
    }

    @Override
    public int examplesPerStep() {
      return sampler.examplesPerStep();
    }
  }
}
