package juxta.toolkit.discrimination;

import juxta.api.Sampler;

/**
 * How long a training lasts.
 *
 * @param steps number of steps, 0 or more
 * @param perEpoch steps of an epoch, 1 or more
 */
public record Length(long steps, long perEpoch) {
  /**
   * Some passes over the data.
   *
   * @param sampler what is passed over
   * @param epochs number of passes
   * @return the length
   */
  public static Length of(Sampler sampler, int epochs) {
    return new Length(sampler.stepsPerEpoch() * epochs, sampler.stepsPerEpoch());
  }

  /**
   * Some epochs, but no more steps than there are.
   *
   * @param epochs 0 or more, fractions too
   * @return a number of steps
   */
  public long first(double epochs) {
    return Math.min(steps, Math.round(epochs * perEpoch));
  }
}
