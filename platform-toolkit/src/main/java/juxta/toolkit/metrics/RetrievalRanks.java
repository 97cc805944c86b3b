package juxta.toolkit.metrics;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import juxta.api.Matrix;

/**
 * At which rank each query found what it was after. The rank of a query is 1, plus the number of
 * candidates that score strictly higher than its best relevant one, plus half the number of
 * candidates that are not relevant and tie with it; so a model that says the same of all candidates
 * does not score better than a guess. Queries without a relevant candidate are left out and
 * counted.
 */
public final class RetrievalRanks {
  private final int candidates;
  private final double[] ranks; // of the queries that count
  private final int[] relevant; // how many candidates are relevant to each of them
  private final int excluded;

  private RetrievalRanks(int candidates, double[] ranks, int[] relevant, int excluded) {
    this.candidates = candidates;
    this.ranks = ranks;
    this.relevant = relevant;
    this.excluded = excluded;
  }

  /**
   * Ranks the candidates of each query.
   *
   * @param scores a row a query, a column a candidate; higher is better, NaN is worse than all
   * @param relevant gives the relevant candidates of a query, perhaps none
   * @return the ranks
   */
  public static RetrievalRanks of(Matrix scores, IntFunction<BitSet> relevant) {
    OptionalDouble[] ranks = new OptionalDouble[scores.rows()];
    int[] numbers = new int[scores.rows()];
    for (int query = 0; query < scores.rows(); query++) {
      BitSet wanted = relevant.apply(query);
      ranks[query] = rank(scores.row(query), wanted);
      numbers[query] = wanted.cardinality();
    }
    return counting(scores.columns(), ranks, numbers);
  }

  /**
   * Ranks the candidates of each query by their dot product with it. The products of all pairs are
   * never in memory at once.
   *
   * @param queries a row a query, of unit length where cosines are wanted
   * @param candidates a row a candidate, as long as the queries' rows
   * @param relevant gives the relevant candidates of a query, perhaps none; called from several
   *     threads
   * @return the ranks
   */
  public static RetrievalRanks search(
      Matrix queries, Matrix candidates, IntFunction<BitSet> relevant) {
    OptionalDouble[] ranks = new OptionalDouble[queries.rows()];
    int[] numbers = new int[queries.rows()];
    BankProducts.each(
        queries,
        candidates,
        (scores, query) -> {
          BitSet wanted = relevant.apply(query);
          ranks[query] = rank(scores, wanted);
          numbers[query] = wanted.cardinality();
        });
    return counting(candidates.rows(), ranks, numbers);
  }

  private static RetrievalRanks counting(int candidates, OptionalDouble[] all, int[] relevant) {
    int[] counted = IntStream.range(0, all.length).filter(i -> all[i].isPresent()).toArray();
    return new RetrievalRanks(
        candidates,
        IntStream.of(counted).mapToDouble(i -> all[i].getAsDouble()).toArray(),
        IntStream.of(counted).map(i -> relevant[i]).toArray(),
        all.length - counted.length);
  }

  /**
   * The rank of one query.
   *
   * @param scores a score a candidate; NaN is worse than all and never ties in a query's favour
   * @param relevant the relevant candidates
   * @return from 1 to the number of candidates, in steps of a half; nothing if none is relevant
   * @throws IndexOutOfBoundsException if a candidate is relevant that has no score
   */
  public static OptionalDouble rank(float[] scores, BitSet relevant) {
    if (relevant.isEmpty()) {
      return OptionalDouble.empty();
    }
    float best = Float.NaN;
    for (int i = relevant.nextSetBit(0); i >= 0; i = relevant.nextSetBit(i + 1)) {
      best = Float.isNaN(best) || scores[i] > best ? scores[i] : best;
    }
    int higher = 0;
    int tied = 0;
    for (int i = 0; i < scores.length; i++) {
      if (!relevant.get(i)) {
        // Without any number among the relevant scores all others count as better.
        higher += scores[i] > best || Float.isNaN(best) ? 1 : 0;
        tied += scores[i] == best ? 1 : 0;
      }
    }
    return OptionalDouble.of(1 + higher + tied / 2.0);
  }

  /**
   * Number of queries that count.
   *
   * @return those with a relevant candidate
   */
  public int queries() {
    return ranks.length;
  }

  /**
   * Number of queries that were left out.
   *
   * @return those without a relevant candidate
   */
  public int excluded() {
    return excluded;
  }

  /**
   * Number of candidates, the N that must stand beside each of the scores.
   *
   * @return candidates a query
   */
  public int candidates() {
    return candidates;
  }

  /**
   * The ranks.
   *
   * @return one for each query that counts, in the order of the queries
   */
  public double[] ranks() {
    return ranks.clone();
  }

  /**
   * Fraction of queries that find a relevant candidate within the first k.
   *
   * @param k 1 or more
   * @return from 0 to 1; NaN if no query counts
   */
  public double hitAt(int k) {
    return Arrays.stream(ranks).map(within(k)).average().orElse(Double.NaN);
  }

  /**
   * Mean of 1/rank (MRR).
   *
   * @return above 0, at most 1; NaN if no query counts
   */
  public double meanReciprocalRank() {
    return Arrays.stream(ranks).map(rank -> 1 / rank).average().orElse(Double.NaN);
  }

  /**
   * How sure hit@k is: its bootstrap 95 % interval over queries.
   *
   * @param k 1 or more
   * @param seed the same seed gives the same interval
   * @return the interval
   */
  public Bootstrap hitInterval(int k, long seed) {
    return Bootstrap.ofMean(Arrays.stream(ranks).map(within(k)).toArray(), seed);
  }

  /**
   * How sure the mean reciprocal rank is: its bootstrap 95 % interval over queries.
   *
   * @param seed the same seed gives the same interval
   * @return the interval
   */
  public Bootstrap reciprocalInterval(long seed) {
    return Bootstrap.ofMean(Arrays.stream(ranks).map(rank -> 1 / rank).toArray(), seed);
  }

  /**
   * What hit@k is on average if the candidates are put in random order.
   *
   * @param k 1 or more
   * @return from 0 to 1; NaN if no query counts
   */
  public double chanceOfHit(int k) {
    return Arrays.stream(relevant)
        .mapToDouble(number -> RetrievalChance.hit(candidates, number, k))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * What the mean reciprocal rank is on average if the candidates are put in random order.
   *
   * @return above 0, at most 1; NaN if no query counts
   */
  public double chanceOfReciprocal() {
    return Arrays.stream(relevant)
        .mapToDouble(number -> RetrievalChance.reciprocal(candidates, number))
        .average()
        .orElse(Double.NaN);
  }

  private static DoubleUnaryOperator within(int k) {
    return rank -> rank <= k ? 1 : 0;
  }
}
