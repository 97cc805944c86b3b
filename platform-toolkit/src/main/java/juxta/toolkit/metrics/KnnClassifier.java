package juxta.toolkit.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import juxta.api.Matrix;

/**
 * The weighted nearest-neighbour classifier of instance discrimination (<a
 * href="https://arxiv.org/abs/1805.01978">Wu et al. 2018</a>, section 3.4): the k most similar
 * records of a bank vote for their class with weight exp(cosine / temperature). Of equally similar
 * records the one with the lower index counts as nearer; of classes with equal votes the one with
 * the lower index wins.
 */
public final class KnnClassifier {
  private final Matrix bank;
  private final int[] labels;
  private final int classes;
  private final int k;
  private final double temperature;

  /**
   * Prepares the bank.
   *
   * @param bank a row a record, of any length
   * @param labels class of each record, from 0 to classes - 1
   * @param classes number of classes
   * @param k number of neighbours; a smaller bank is used whole
   * @param temperature greater than 0
   */
  public KnnClassifier(Matrix bank, int[] labels, int classes, int k, double temperature) {
    if (bank.rows() != labels.length || bank.rows() == 0) {
      throw new IllegalArgumentException(
          bank.rows() + " records in the bank, but " + labels.length + " labels");
    }
    if (k < 1 || !(temperature > 0)) {
      throw new IllegalArgumentException("k = " + k + ", temperature = " + temperature);
    }
    this.bank = Rows.unit(bank);
    this.labels = labels.clone();
    this.classes = classes;
    this.k = Math.min(k, labels.length);
    this.temperature = temperature;
  }

  /**
   * The class of each query.
   *
   * @param queries a row a record, of any length
   * @return class indices
   */
  public int[] predict(Matrix queries) {
    return Arrays.stream(votes(queries)).mapToInt(votes -> order(votes)[0]).toArray();
  }

  /**
   * All classes in the order of their votes.
   *
   * @param queries a row a record, of any length
   * @return for each query the class indices, best first
   */
  public int[][] rank(Matrix queries) {
    return Arrays.stream(votes(queries)).map(KnnClassifier::order).toArray(int[][]::new);
  }

  private double[][] votes(Matrix queries) {
    Matrix unit = Rows.unit(queries);
    double[][] votes = new double[queries.rows()][];
    BankProducts.each(unit, bank, (cosines, query) -> votes[query] = vote(cosines));
    return votes;
  }

  private double[] vote(float[] cosines) {
    double[] votes = new double[classes];
    for (int neighbour : Largest.of(cosines, k)) {
      // shifted by the largest cosine possible: the order stays, and small temperatures are safe
      votes[labels[neighbour]] += Math.exp((cosines[neighbour] - 1) / temperature);
    }
    return votes;
  }

  private static int[] order(double[] votes) {
    return IntStream.range(0, votes.length)
        .boxed()
        .sorted((a, b) -> Double.compare(votes[b], votes[a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
