package juxta.toolkit.metrics;

/**
 * What a search scores that puts its candidates in random order, exactly. With R of N candidates
 * relevant, the best of them comes after rank r with probability C(N-R, r) / C(N, r). For R = 1
 * that gives hit@k = k/N and a mean reciprocal rank of (1 + 1/2 + … + 1/N) / N.
 */
public final class RetrievalChance {
  private RetrievalChance() {}

  /**
   * Probability that a relevant candidate is among the first k.
   *
   * @param candidates their number N
   * @param relevant the number R of relevant ones, 1 to N
   * @param k 1 or more
   * @return from 0 to 1
   */
  public static double hit(int candidates, int relevant, int k) {
    check(candidates, relevant);
    double after = 1;
    for (int r = 1; r <= k && after > 0; r++) {
      after *= missed(candidates, relevant, r);
    }
    return 1 - after;
  }

  /**
   * Expected value of 1/rank of the best relevant candidate.
   *
   * @param candidates their number N
   * @param relevant the number R of relevant ones, 1 to N
   * @return above 0, at most 1
   */
  public static double reciprocal(int candidates, int relevant) {
    check(candidates, relevant);
    double sum = 0;
    double after = 1;
    for (int r = 1; after > 0; r++) {
      double next = after * missed(candidates, relevant, r);
      sum += (after - next) / r;
      after = next;
    }
    return sum;
  }

  /** Probability that the candidate at rank r is not relevant, if none before it was. */
  private static double missed(int candidates, int relevant, int r) {
    return Math.max(0, candidates - relevant - r + 1) / (double) Math.max(1, candidates - r + 1);
  }

  private static void check(int candidates, int relevant) {
    if (relevant < 1 || relevant > candidates) {
      throw new IllegalArgumentException(relevant + " relevant of " + candidates + " candidates");
    }
  }
}
