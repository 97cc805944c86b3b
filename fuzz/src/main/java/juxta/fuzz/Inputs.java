package juxta.fuzz;

import java.util.Random;

/**
 * The inputs of a target, each made from its number alone, so that one that fails can be made
 * again.
 *
 * @param target the target
 * @param seed another one makes other inputs
 */
record Inputs(Target target, long seed) {
  /** The first ones are the seeds as they are. */
  byte[] make(int number) {
    int sound = target.seeds().size();
    if (number < sound) {
      return target.wrapping().apply(target.seeds().get(number).clone());
    }
    Random random = new Random((seed * 31 + target.name().hashCode()) * 1_000_003L + number);
    random.nextInt(); // neighbours begin alike
    if (random.nextInt(4) > 0) {
      return target.wrapping().apply(Mutator.mutate(target.seeds(), random));
    }
    byte[] whole = target.wrapping().apply(target.seeds().get(random.nextInt(sound)).clone());
    return Mutator.mutate(java.util.List.of(whole), random);
  }
}
