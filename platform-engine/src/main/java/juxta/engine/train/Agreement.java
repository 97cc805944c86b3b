package juxta.engine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import juxta.api.Arithmetic;
import juxta.api.GraphScope;
import juxta.toolkit.graph.Contractions;
import juxta.toolkit.graph.GraphBuilder;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Products and convolutions on this processor, and their gradients, beside the same in double
 * precision. The memory that TensorFlow uses again is filled with what is no number before, so that
 * a value that was never written shows.
 */
public final class Agreement {
  private static final List<String> PARTS = List.of("y", "dx", "dw");
  private static final double FLOAT32_BOUND = 1e-5;
  private static final double BF16_BOUND = 0.1; // what was wrong was wrong by far more

  /** A product of x and w in single precision, as layers make it. */
  @FunctionalInterface
  interface Layer {
    Operand<TFloat32> apply(GraphScope scope, Operand<TFloat32> x, Operand<TFloat32> w);
  }

  /** The same in double precision, by TensorFlow's own operations. */
  @FunctionalInterface
  interface Reference {
    Operand<TFloat64> apply(Ops tf, Operand<TFloat64> x, Operand<TFloat64> w);
  }

  /**
   * What was tried.
   *
   * @param tried number of results and gradients
   * @param wrong those that are off by more than rounding, a line each; none if all is well
   */
  public record Found(int tried, List<String> wrong) {}

  private Agreement() {}

  /**
   * Tries the convolutions with which processors have been wrong, on small maps; takes seconds.
   *
   * @param precision in which they are computed
   * @return what was found
   */
  public static Found of(Precision precision) {
    List<String> wrong = new ArrayList<>();
    int tried = 0;
    double bound = precision == Precision.BF16 ? BF16_BOUND : FLOAT32_BOUND;
    for (int in : new int[] {3, 48, 80, 320}) {
      for (int kernel : new int[] {1, 3}) {
        String padding = kernel == 3 ? "SAME" : "VALID";
        double[] errors =
            errors(
                precision,
                new long[] {4, 6, 6, in},
                new long[] {kernel, kernel, in, 31},
                (scope, x, w) -> Contractions.conv2d(scope, x, w, 1, padding),
                (tf, x, w) -> tf.nn.conv2d(x, w, List.of(1L, 1L, 1L, 1L), padding));
        tried += errors.length;
        wrong.addAll(
            beyond(bound, precision + " " + kernel + " x " + kernel + " of " + in, errors));
      }
    }
    return new Found(tried, wrong);
  }

  /** A line for each error above the bound, or that is no number. */
  static List<String> beyond(double bound, String name, double[] errors) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < errors.length; i++) {
      if (!(errors[i] < bound)) {
        wrong.add(name + " " + PARTS.get(i) + " " + (float) errors[i]);
      }
    }
    return wrong;
  }

  /**
   * How far a layer, and its gradients by x and w, are from those in double precision.
   *
   * @param precision in which it is computed
   * @param xs shape of x
   * @param ws shape of w
   * @param layer the layer
   * @param reference the same in double precision
   * @return of y, dx and dw the largest difference as a share of the largest value
   */
  static double[] errors(
      Precision precision, long[] xs, long[] ws, Layer layer, Reference reference) {
    Arithmetic arithmetic =
        precision == Precision.BF16 ? new Arithmetic(true, true) : Arithmetic.FLOAT32;
    try (Graph graph = new Graph()) {
      GraphScope scope = new GraphBuilder(graph, 1, "train", arithmetic, Optional.empty()).root();
      Ops tf = scope.tf();
      Operand<TFloat32> x = random(tf, 1, xs);
      Operand<TFloat32> w = random(tf, 2, ws);
      Operand<TFloat32> y = layer.apply(scope, x, w);
      Operand<TFloat64> x64 = tf.dtypes.cast(x, TFloat64.class);
      Operand<TFloat64> w64 = tf.dtypes.cast(w, TFloat64.class);
      Operand<TFloat64> y64 = reference.apply(tf, x64, w64);
      Operand<TFloat32> dy = random(tf, 3, y64.shape().asArray());
      List<Operand<TFloat32>> got = new ArrayList<>(List.of(y));
      got.addAll(gradients(graph, tf.math.mul(y, dy), x, w));
      List<Operand<TFloat64>> right = new ArrayList<>(List.of(y64));
      right.addAll(
          gradients(graph, tf.math.mul(y64, tf.dtypes.cast(dy, TFloat64.class)), x64, w64));
      ConfigProto config = // a card's TF32 is no fault of the processor
          precision.config(1).toBuilder().putDeviceCount("GPU", 0).build();
      try (Session session = new Session(graph, config)) {
        fill(tf, session);
        Session.Runner runner = session.runner();
        for (int i = 0; i < PARTS.size(); i++) {
          runner.fetch(error(tf, got.get(i), right.get(i)));
        }
        double[] errors = new double[PARTS.size()];
        try (Result result = runner.run()) {
          for (int i = 0; i < errors.length; i++) {
            errors[i] = ((TFloat32) result.get(i)).getFloat();
          }
        }
        return errors;
      }
    }
  }

  /** Takes memory of many sizes, fills it with ones, which are no number, and gives it back. */
  private static void fill(Ops tf, Session session) {
    Operand<TInt32> value = tf.placeholderWithDefault(tf.constant(-1), Shape.scalar());
    List<Op> filled = new ArrayList<>();
    for (int n = 16; n < 100_000; n += Math.max(n / 8, 3)) {
      filled.add(tf.fill(tf.constant(new int[] {n}), value));
    }
    Session.Runner runner = session.runner();
    filled.forEach(runner::addTarget);
    runner.run().close();
  }

  private static <T extends TNumber> List<Operand<T>> gradients(
      Graph graph, Operand<T> weighted, Operand<T> x, Operand<T> w) {
    Output<?>[] all =
        graph.addGradients(weighted.asOutput(), new Output<?>[] {x.asOutput(), w.asOutput()});
    @SuppressWarnings("unchecked") // gradients have the type of what they belong to
    List<Operand<T>> typed = List.of((Output<T>) all[0], (Output<T>) all[1]);
    return typed;
  }

  /** Largest difference, as a share of the largest value. */
  private static Operand<TFloat32> error(Ops tf, Operand<TFloat32> got, Operand<TFloat64> right) {
    // a value that is fetched is not rewritten to bf16, one that is used is
    Operand<TFloat64> difference =
        tf.math.abs(tf.math.sub(tf.dtypes.cast(got, TFloat64.class), right));
    return tf.dtypes.cast(
        tf.math.div(most(tf, difference), most(tf, tf.math.abs(right))), TFloat32.class);
  }

  private static Operand<TFloat64> most(Ops tf, Operand<TFloat64> x) {
    return tf.reduceMax(tf.reshape(x, tf.constant(new int[] {-1})), tf.constant(0));
  }

  /** Values that are not known when the graph is built. */
  private static Operand<TFloat32> random(Ops tf, int seed, long... shape) {
    Random random = new Random(seed);
    float[] values = new float[(int) Shape.of(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return tf.placeholderWithDefault(
        tf.reshape(tf.constant(values), tf.constant(shape)), Shape.of(shape));
  }
}
