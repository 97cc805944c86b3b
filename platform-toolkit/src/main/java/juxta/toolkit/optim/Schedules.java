package juxta.toolkit.optim;

import java.util.Arrays;
import java.util.List;
import juxta.api.Schedule;

/** Schedules for learning rates, momenta and weight decay. Steps count from 0. */
public final class Schedules {
  private Schedules() {}

  /**
   * A part of {@link #piecewise}.
   *
   * @param steps how long it lasts
   * @param schedule its values; it sees steps counted from its own start
   */
  public record Piece(long steps, Schedule schedule) {
    /**
     * Checks.
     *
     * @param steps see the record
     * @param schedule see the record
     */
    public Piece {
      if (steps < 0) {
        throw new IllegalArgumentException("a piece of " + steps + " steps");
      }
    }
  }

  /**
   * Always the same value.
   *
   * @param value the value
   * @return the schedule
   */
  public static Schedule constant(double value) {
    return Schedule.constant(value);
  }

  /**
   * A straight line, then the last value.
   *
   * @param from value at step 0
   * @param to value at step {@code steps} and after
   * @param steps length of the way; with 0 the value is {@code to} at once
   * @return the schedule
   */
  public static Schedule linear(double from, double to, long steps) {
    return (step, history) -> from + (to - from) * progress(step, steps);
  }

  /**
   * Half a cosine wave, then the last value: {@code to + (from - to) * (1 + cos(pi * step / steps))
   * / 2}.
   *
   * @param from value at step 0
   * @param to value at step {@code steps} and after
   * @param steps length of the way; with 0 the value is {@code to} at once
   * @return the schedule
   */
  public static Schedule cosine(double from, double to, long steps) {
    return (step, history) ->
        to + (from - to) * (1 + Math.cos(Math.PI * progress(step, steps))) / 2;
  }

  /**
   * A line from 0 to the base, then half a cosine wave to the minimum.
   *
   * @param base value at step {@code warmup}
   * @param minimum value at step {@code total} and after
   * @param warmup steps of the line, 0 for none
   * @param total all steps, those of the line included
   * @return the schedule
   */
  public static Schedule warmupCosine(double base, double minimum, long warmup, long total) {
    return piecewise(
        new Piece(warmup, linear(0, base, warmup)),
        new Piece(Math.max(0, total - warmup), cosine(base, minimum, total - warmup)));
  }

  /**
   * A value that is multiplied by a factor at each milestone.
   *
   * @param base first value
   * @param factor the factor, for example 0.1
   * @param milestones steps from which on the factor counts once more
   * @return the schedule
   */
  public static Schedule stepDecay(double base, double factor, long... milestones) {
    long[] sorted = milestones.clone();
    Arrays.sort(sorted);
    return (step, history) ->
        base * Math.pow(factor, Arrays.stream(sorted).takeWhile(m -> m <= step).count());
  }

  /**
   * A value that is multiplied by a factor at regular intervals.
   *
   * @param base first value
   * @param factor the factor, for example 0.98
   * @param every steps of an interval
   * @return the schedule
   */
  public static Schedule exponential(double base, double factor, long every) {
    positive(every, "interval");
    return (step, history) -> base * Math.pow(factor, Math.floorDiv(step, every));
  }

  /**
   * One schedule after another. The last one goes on when all pieces are used up.
   *
   * @param pieces at least one
   * @return the schedule
   */
  public static Schedule piecewise(Piece... pieces) {
    List<Piece> parts = List.of(pieces);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a schedule needs at least one piece");
    }
    return (step, history) -> {
      long start = 0;
      int last = parts.size() - 1;
      for (Piece piece : parts.subList(0, last)) {
        if (step < start + piece.steps()) {
          return piece.schedule().at(step - start, history);
        }
        start += piece.steps();
      }
      return parts.get(last).schedule().at(step - start, history);
    };
  }

  /**
   * Cosine waves that start again (<a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter
   * 2017</a>), each from its own peak.
   *
   * @param minimum value at the end of each wave
   * @param peaks value at the start of each wave
   * @param lengths steps of each wave, as many as peaks
   * @return the schedule; after the last wave it stays at the minimum
   */
  public static Schedule cosineRestarts(double minimum, List<Double> peaks, List<Long> lengths) {
    if (peaks.size() != lengths.size()) {
      throw new IllegalArgumentException(
          peaks.size() + " peaks, but " + lengths.size() + " lengths of waves");
    }
    Piece[] waves = new Piece[peaks.size()];
    for (int i = 0; i < waves.length; i++) {
      waves[i] = new Piece(lengths.get(i), cosine(peaks.get(i), minimum, lengths.get(i)));
    }
    return piecewise(waves);
  }

  /**
   * A schedule that counts epochs: all steps of an epoch share the value of its number.
   *
   * @param epochs values by number of the epoch, from 0
   * @param stepsPerEpoch steps of an epoch
   * @return the schedule
   */
  public static Schedule perEpoch(Schedule epochs, long stepsPerEpoch) {
    positive(stepsPerEpoch, "epoch");
    return (step, history) -> epochs.at(Math.floorDiv(step, stepsPerEpoch), history);
  }

  /**
   * A schedule times a factor.
   *
   * @param schedule the schedule
   * @param factor the factor
   * @return the schedule
   */
  public static Schedule scaled(Schedule schedule, double factor) {
    return (step, history) -> factor * schedule.at(step, history);
  }

  /**
   * A value that is multiplied by a factor whenever validation has not improved for longer than
   * {@code patience} values, by PyTorch's rule ({@code ReduceLROnPlateau}): an improvement is more
   * than one part in 10,000, and the count starts again after each reduction.
   *
   * @param base first value
   * @param factor the factor, for example 0.8
   * @param patience values without improvement that are borne
   * @param lowerIsBetter direction of the validation values
   * @return the schedule
   */
  public static Schedule reduceOnPlateau(
      double base, double factor, int patience, boolean lowerIsBetter) {
    return (step, history) -> {
      double value = base;
      double best = lowerIsBetter ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      int bad = 0;
      for (double seen : history) {
        if (lowerIsBetter ? seen < best * (1 - 1e-4) : seen > best * (1 + 1e-4)) {
          best = seen;
          bad = 0;
        } else if (++bad > patience) {
          value *= factor;
          bad = 0;
        }
      }
      return value;
    };
  }

  private static double progress(long step, long steps) {
    return steps <= 0 ? 1 : Math.min(1, Math.max(0, (double) step / steps));
  }

  private static void positive(long value, String what) {
    if (value <= 0) {
      throw new IllegalArgumentException("an " + what + " of " + value + " steps");
    }
  }
}
