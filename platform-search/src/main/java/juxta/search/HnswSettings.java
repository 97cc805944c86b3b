package juxta.search;

import juxta.api.UserException;

/**
 * Settings of a graph of near neighbours (<a href="https://arxiv.org/abs/1603.09320">HNSW</a>).
 * More of each finds more of the true neighbours and takes longer.
 *
 * @param m neighbours of a vector in the graph, 2 to 100; takes memory
 * @param beamWidth candidates that are looked at when a vector is added, from twice {@code m} to
 *     1,000 (efConstruction in the paper); takes time once
 * @param ef candidates that are looked at in a search, 1 to 1,000; takes time in each search. A
 *     search for more hits looks at as many.
 */
public record HnswSettings(int m, int beamWidth, int ef) {
  /** Lucene's own settings of the graph, and 100 candidates a search. */
  public static final HnswSettings DEFAULT = new HnswSettings(16, 100, 100);

  /**
   * Checks the ranges, which are those of pgvector: both indexes take the same settings.
   *
   * @param m see the record
   * @param beamWidth see the record
   * @param ef see the record
   * @throws UserException if one is out of its range
   */
  public HnswSettings {
    check("m", m, 2, 100);
    check("beam width", beamWidth, 2 * m, 1000);
    check("ef", ef, 1, 1000);
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new UserException(
          "hnsw index: " + name + " is " + value + "; choose " + least + " to " + most);
    }
  }
}
