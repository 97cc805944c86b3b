package juxta.toolkit.data;

import juxta.api.Sampler;

/** The usual samplers. */
public final class Samplers {
  private Samplers() {}

  /**
   * Every epoch visits the records in a new random order; the records that do not fill a last batch
   * are left out of that epoch.
   *
   * @param split name of the split
   * @param size number of its records
   * @param batch records a step
   * @return a sampler of one stream, {@link Sampler#MAIN}
   * @throws juxta.api.UserException if there are fewer records than a batch holds
   */
  public static Sampler shuffled(String split, int size, int batch) {
    return new Shuffled(split, size, batch, i -> i);
  }

  /**
   * As {@link #shuffled(String, int, int)}, of some records of the split only.
   *
   * @param split name of the split
   * @param records indices of the records
   * @param batch records a step
   * @return a sampler of one stream, {@link Sampler#MAIN}
   * @throws juxta.api.UserException if there are fewer records than a batch holds
   */
  public static Sampler shuffled(String split, int[] records, int batch) {
    int[] kept = records.clone();
    return new Shuffled(split, kept.length, batch, i -> kept[i]);
  }

  /**
   * The records in their own order, again from the first one after the last.
   *
   * @param split name of the split
   * @param size number of its records
   * @param batch records a step
   * @return a sampler of one stream, {@link Sampler#MAIN}
   */
  public static Sampler sequential(String split, int size, int batch) {
    return new Sequential(split, size, batch);
  }

  /**
   * Two streams side by side. An epoch is one shuffled pass over the first pool, without the
   * records that do not fill a last batch; the second pool is drawn from an endless row of fresh
   * shuffles.
   *
   * @param paced the pool that sets the pace: the labelled records, as a rule
   * @param endless the other pool
   * @return a sampler of two streams, named as the pools
   * @throws juxta.api.UserException if a pool is empty or the first holds less than a batch
   */
  public static Sampler twoStreams(Pool paced, Pool endless) {
    return new TwoStreams(paced, endless);
  }

  /**
   * Batches of a few classes with equally many records each. Classes are drawn without repetition
   * within a batch; records too, unless the class has too few.
   *
   * @param split name of the split
   * @param labels class of each record; classes are any numbers, those below 0 are left out
   * @param classes classes a batch
   * @param perClass records of each class
   * @return a sampler of one stream, {@link Sampler#MAIN}, ordered by class within a batch
   * @throws juxta.api.UserException if there are fewer classes than a batch asks for
   */
  public static Sampler classBalanced(String split, int[] labels, int classes, int perClass) {
    return new ClassBalanced(split, labels, classes, perClass);
  }
}
