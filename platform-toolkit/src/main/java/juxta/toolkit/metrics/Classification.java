package juxta.toolkit.metrics;

import juxta.api.Matrix;

/** How well classes were predicted. */
public final class Classification {
  private Classification() {}

  /**
   * Fraction of records whose class was predicted.
   *
   * @param predicted class indices
   * @param actual class indices, as many, at least one
   * @return from 0 to 1
   */
  public static double accuracy(int[] predicted, int[] actual) {
    same(predicted.length, actual.length);
    int right = 0;
    for (int i = 0; i < actual.length; i++) {
      right += predicted[i] == actual[i] ? 1 : 0;
    }
    return right / (double) actual.length;
  }

  /**
   * Fraction of records whose class is among the k with the highest scores. Of equal scores the
   * lower class index counts as higher; a score that is not a number is never right.
   *
   * @param scores a row a record, a column a class
   * @param actual class indices
   * @param k 1 or more
   * @return from 0 to 1
   */
  public static double topAccuracy(Matrix scores, int[] actual, int k) {
    same(scores.rows(), actual.length);
    int right = 0;
    for (int i = 0; i < actual.length; i++) {
      float own = scores.at(i, actual[i]);
      int better = Float.isNaN(own) ? k : 0;
      for (int c = 0; c < scores.columns(); c++) {
        float other = scores.at(i, c);
        better += other > own || (other == own && c < actual[i]) ? 1 : 0;
      }
      right += better < k ? 1 : 0;
    }
    return right / (double) actual.length;
  }

  /**
   * How often each class was taken for each other.
   *
   * @param predicted class indices
   * @param actual class indices, as many
   * @param classes number of classes
   * @return [actual][predicted] counts
   */
  public static long[][] confusion(int[] predicted, int[] actual, int classes) {
    same(predicted.length, actual.length);
    long[][] counts = new long[classes][classes];
    for (int i = 0; i < actual.length; i++) {
      counts[actual[i]][predicted[i]]++;
    }
    return counts;
  }

  private static void same(int predicted, int actual) {
    if (predicted != actual || actual == 0) {
      throw new IllegalArgumentException(predicted + " predictions for " + actual + " records");
    }
  }
}
