package juxta.toolkit.whitening;

import java.util.List;
import juxta.api.Matrix;
import juxta.toolkit.graph.GraphSession;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat64;

/** Products of matrices of doubles, row-major, on TensorFlow: many times faster than Java. */
final class Dense {
  private Dense() {}

  /** What is computed of matrices. */
  @FunctionalInterface
  interface Body {
    List<Operand<TFloat64>> of(Ops tf, List<Operand<TFloat64>> inputs);
  }

  /** A matrix of doubles. */
  record Doubles(double[] values, int rows, int columns) {}

  static List<double[]> run(Body body, Doubles... inputs) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      List<Placeholder<TFloat64>> placeholders =
          java.util.Arrays.stream(inputs)
              .map(
                  in ->
                      tf.placeholder(
                          TFloat64.class, Placeholder.shape(Shape.of(in.rows(), in.columns()))))
              .toList();
      List<Operand<TFloat64>> outputs = body.of(tf, List.copyOf(placeholders));
      List<Tensor> tensors =
          java.util.Arrays.stream(inputs)
              .<Tensor>map(
                  in ->
                      TFloat64.tensorOf(
                          Shape.of(in.rows(), in.columns()), DataBuffers.of(in.values())))
              .toList();
      try (Session session = new Session(graph, GraphSession.PROCESSOR)) {
        Session.Runner runner = session.runner();
        for (int i = 0; i < inputs.length; i++) {
          runner.feed(placeholders.get(i), tensors.get(i));
        }
        outputs.forEach(runner::fetch);
        try (Result result = runner.run()) {
          List<double[]> found = new java.util.ArrayList<>();
          for (int i = 0; i < outputs.size(); i++) {
            TFloat64 tensor = (TFloat64) result.get(i);
            double[] values = new double[Math.toIntExact(tensor.size())];
            tensor.copyTo(DataBuffers.of(values, false, false));
            found.add(values);
          }
          return found;
        }
      } finally {
        tensors.forEach(Tensor::close);
      }
    }
  }

  /** Means of the columns. */
  static double[] mean(Matrix x) {
    double[] mean = new double[x.columns()];
    for (int row = 0; row < x.rows(); row++) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += x.at(row, i) / (double) x.rows();
      }
    }
    return mean;
  }

  /** Rows without their mean. */
  static double[] centred(Matrix x, double[] mean) {
    double[] centred = new double[x.values().length];
    for (int i = 0; i < centred.length; i++) {
      centred[i] = x.values()[i] - mean[i % mean.length];
    }
    return centred;
  }

  /** (x - mean)' (x - mean) / (N - 1), [D, D]. */
  static double[] covariance(Matrix x, double[] mean) {
    double[] product = product(centred(x, mean), x.rows(), x.columns());
    for (int i = 0; i < product.length; i++) {
      product[i] /= x.rows() - 1;
    }
    return product;
  }

  /** x' x / N, [D, D]. */
  static double[] scatter(double[] x, int rows, int columns) {
    double[] product = product(x, rows, columns);
    for (int i = 0; i < product.length; i++) {
      product[i] /= rows;
    }
    return product;
  }

  private static double[] product(double[] x, int rows, int columns) {
    return run(
            (tf, in) -> List.of(tf.linalg.matMul(in.get(0), in.get(0), MatMul.transposeA(true))),
            new Doubles(x, rows, columns))
        .get(0);
  }

  /** Rows x_a - x_b. */
  static double[] difference(Matrix x, int[] a, int[] b) {
    int d = x.columns();
    double[] difference = new double[Math.multiplyExact(a.length, d)];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < d; j++) {
        difference[i * d + j] = (double) x.at(a[i], j) - x.at(b[i], j);
      }
    }
    return difference;
  }

  /** Rows p (x - mean). */
  static double[] rows(Matrix x, double[] mean, double[] p) {
    int d = x.columns();
    return run(
            (tf, in) -> List.of(tf.linalg.matMul(in.get(0), in.get(1), MatMul.transposeB(true))),
            new Doubles(centred(x, mean), x.rows(), d),
            new Doubles(p, d, d))
        .get(0);
  }
}
