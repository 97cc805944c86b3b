package juxta.plugin.baselines.evaluators;

import juxta.api.Matrix;

/**
 * Makes every dimension of features have mean 0 and standard deviation 1 on the training records.
 *
 * @param mean mean of each dimension
 * @param deviation standard deviation of each dimension, 1 where all values are equal
 */
record Standardisation(double[] mean, double[] deviation) {
  static Standardisation of(Matrix train) {
    int width = train.columns();
    double[] mean = new double[width];
    double[] deviation = new double[width];
    for (int row = 0; row < train.rows(); row++) {
      for (int c = 0; c < width; c++) {
        mean[c] += train.at(row, c) / (double) train.rows();
      }
    }
    for (int row = 0; row < train.rows(); row++) {
      for (int c = 0; c < width; c++) {
        double centred = train.at(row, c) - mean[c];
        deviation[c] += centred * centred / train.rows();
      }
    }
    for (int c = 0; c < width; c++) {
      double root = Math.sqrt(deviation[c]);
      deviation[c] = root > 1e-8 ? root : 1;
    }
    return new Standardisation(mean, deviation);
  }

  Matrix apply(Matrix features) {
    float[] values = features.values().clone();
    for (int i = 0; i < values.length; i++) {
      int c = i % features.columns();
      values[i] = (float) ((values[i] - mean[c]) / deviation[c]);
    }
    return new Matrix(features.rows(), features.columns(), values);
  }
}
