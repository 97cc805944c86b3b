package juxta.toolkit.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

/**
 * A matrix of doubles, and what TensorFlow computes of it on the processor: many times faster than
 * Java.
 *
 * @param rows number of rows
 * @param columns number of columns
 * @param values [rows, columns], row-major; not copied
 */
public record Dense(int rows, int columns, double[] values) {
  /** What is computed of matrices. */
  @FunctionalInterface
  private interface Body {
    List<Operand<TFloat64>> of(Ops tf, List<Placeholder<TFloat64>> inputs);
  }

  /**
   * Checks.
   *
   * @param rows see the record
   * @param columns see the record
   * @param values see the record
   */
  public Dense {
    if (values.length != Math.multiplyExact(rows, columns)) {
      throw new IllegalArgumentException(values.length + " values for " + rows + " x " + columns);
    }
  }

  /**
   * An element.
   *
   * @param row its row
   * @param column its column
   * @return the element
   */
  public double at(int row, int column) {
    return values[row * columns + column];
  }

  /**
   * The product A' B of this matrix, transposed, and another.
   *
   * @param other as many rows
   * @return [columns, other.columns]
   */
  public Dense transposedTimes(Dense other) {
    return product(other, MatMul.transposeA(true), columns, other.columns);
  }

  /**
   * The product A B' of this matrix and another, transposed.
   *
   * @param other as many columns
   * @return [rows, other.rows]
   */
  public Dense timesTransposed(Dense other) {
    return product(other, MatMul.transposeB(true), rows, other.rows);
  }

  private Dense product(Dense other, MatMul.Options transposed, int height, int width) {
    Body body = (tf, in) -> List.of(tf.linalg.matMul(in.get(0), in.get(1), transposed));
    return new Dense(height, width, run(body, this, other).get(0));
  }

  /**
   * All elements times one number.
   *
   * @param factor the number
   * @return a new matrix
   */
  public Dense scaled(double factor) {
    return new Dense(rows, columns, Arrays.stream(values).map(x -> factor * x).toArray());
  }

  /**
   * Eigenvalues and eigenvectors of a symmetric matrix; its lower triangle is read. Takes some ten
   * seconds for two thousand rows, and eight times as long for twice as many.
   *
   * @return the eigenvalues, largest first, with their vectors
   */
  public SymmetricEigen eigen() {
    square();
    List<double[]> found =
        run(
            (tf, in) -> {
              var eig = tf.linalg.selfAdjointEig(in.get(0));
              return List.of(eig.e(), eig.v());
            },
            this);
    return SymmetricEigen.ofAscending(found.get(0), found.get(1));
  }

  /**
   * P of {@code P A P' = I}, the inverse of the Cholesky factor of a symmetric matrix; its lower
   * triangle is read.
   *
   * @return [rows, rows], lower triangular; empty if the matrix is not positive definite
   */
  public Optional<Dense> inverseCholesky() {
    square();
    double[] identity = new double[values.length];
    for (int i = 0; i < rows; i++) {
      identity[i * rows + i] = 1;
    }
    Body body =
        (tf, in) -> List.of(tf.linalg.triangularSolve(tf.linalg.cholesky(in.get(0)), in.get(1)));
    double[] inverse = run(body, this, new Dense(rows, rows, identity)).get(0);
    // TensorFlow's factor of a matrix that has none is not a number
    return Arrays.stream(inverse).allMatch(Double::isFinite)
        ? Optional.of(new Dense(rows, rows, inverse))
        : Optional.empty();
  }

  private void square() {
    if (rows != columns) {
      throw new IllegalArgumentException(rows + " x " + columns + " is not square");
    }
  }

  private static List<double[]> run(Body body, Dense... inputs) {
    List<Tensor> tensors = new ArrayList<>();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      List<Placeholder<TFloat64>> placeholders = new ArrayList<>();
      for (Dense in : inputs) {
        Shape shape = Shape.of(in.rows, in.columns);
        placeholders.add(tf.placeholder(TFloat64.class, Placeholder.shape(shape)));
        tensors.add(TFloat64.tensorOf(shape, DataBuffers.of(in.values)));
      }
      List<Operand<TFloat64>> outputs = body.of(tf, placeholders);
      try (Session session = new Session(graph, GraphSession.PROCESSOR)) {
        Session.Runner runner = session.runner();
        for (int i = 0; i < inputs.length; i++) {
          runner.feed(placeholders.get(i), tensors.get(i));
        }
        outputs.forEach(runner::fetch);
        try (Result result = runner.run()) {
          List<double[]> found = new ArrayList<>();
          for (int i = 0; i < outputs.size(); i++) {
            TFloat64 tensor = (TFloat64) result.get(i);
            double[] values = new double[Math.toIntExact(tensor.size())];
            tensor.copyTo(DataBuffers.of(values, false, false));
            found.add(values);
          }
          return found;
        }
      }
    } finally {
      tensors.forEach(Tensor::close);
    }
  }
}
