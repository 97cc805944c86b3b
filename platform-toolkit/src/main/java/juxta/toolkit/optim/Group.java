package juxta.toolkit.optim;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import juxta.api.Parameter;

/**
 * Parameters that are treated differently from the rest. The first group that a parameter belongs
 * to counts.
 *
 * @param members which parameters belong to it
 * @param multiplier factor on the learning rate's schedule
 * @param constantRate a learning rate in place of the schedule's
 * @param decay a weight decay in place of the optimiser's
 * @param heldFor steps of the phase before which they stay as they are: no gradient, no weight
 *     decay, nothing to remember
 */
public record Group(
    Predicate<Parameter<?>> members,
    double multiplier,
    OptionalDouble constantRate,
    Optional<WeightDecay> decay,
    long heldFor) {
  /**
   * Parameters whose full name fits, treated as all others until told otherwise.
   *
   * @param names which names belong to it
   * @return the group
   */
  public static Group named(Predicate<String> names) {
    return of(p -> names.test(p.name()));
  }

  /**
   * Some parameters, treated as all others until told otherwise.
   *
   * @param members which parameters belong to it
   * @return the group
   */
  public static Group of(Predicate<Parameter<?>> members) {
    return new Group(members, 1, OptionalDouble.empty(), Optional.empty(), 0);
  }

  /**
   * All parameters at or below a place.
   *
   * @param prefix full name of the place, for example {@code predictor}
   * @return the group
   */
  public static Group below(String prefix) {
    return named(name -> name.equals(prefix) || name.startsWith(prefix + "."));
  }

  /**
   * The same group with its own factor on the learning rate's schedule.
   *
   * @param factor the factor
   * @return a new group
   */
  public Group rateTimes(double factor) {
    return new Group(members, factor, constantRate, decay, heldFor);
  }

  /**
   * The same group with a learning rate that follows no schedule.
   *
   * @param rate the learning rate
   * @return a new group
   */
  public Group constantRate(double rate) {
    return new Group(members, multiplier, OptionalDouble.of(rate), decay, heldFor);
  }

  /**
   * The same group with its own weight decay.
   *
   * @param own the weight decay
   * @return a new group
   */
  public Group decay(WeightDecay own) {
    return new Group(members, multiplier, constantRate, Optional.of(own), heldFor);
  }

  /**
   * The same group, left alone in the first steps. Moments of Adam count those steps too.
   *
   * @param steps first steps of the phase, 0 for none
   * @return a new group
   */
  public Group heldFor(long steps) {
    return new Group(members, multiplier, constantRate, decay, steps);
  }
}
