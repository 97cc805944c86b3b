package juxta.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import juxta.api.Arithmetic;
import juxta.api.GraphScope;
import juxta.toolkit.graph.Contractions;
import juxta.toolkit.graph.GraphBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Products and convolutions on this processor, and their gradients, beside the same in double
 * precision, for many numbers of channels. The memory that TensorFlow uses again is filled with
 * what is no number before, so that a value that was never written shows.
 */
class ContractionsTest {
  /** A product of x and w in single precision, as layers make it. */
  @FunctionalInterface
  private interface Layer {
    Operand<TFloat32> apply(GraphScope scope, Operand<TFloat32> x, Operand<TFloat32> w);
  }

  /** The same in double precision, by TensorFlow's own operations. */
  @FunctionalInterface
  private interface Reference {
    Operand<TFloat64> apply(Ops tf, Operand<TFloat64> x, Operand<TFloat64> w);
  }

  /** Processors without instructions for bf16 round partial sums as well: up to 0.05 with AVX2. */
  private static final double BF16_BOUND = multipliesBf16() ? 0.03 : 0.1;

  private static boolean multipliesBf16() {
    try {
      return Files.readString(Path.of("/proc/cpuinfo")).contains("512_bf16");
    } catch (IOException e) {
      return false; // no Linux
    }
  }

  private final List<String> wrong = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BF16"})
  void convolutionsOfImages(Precision precision) {
    for (int in : new int[] {1, 3, 16, 31, 33, 48, 80, 144, 304}) {
      for (int kernel : new int[] {1, 3, 4}) {
        for (int stride : new int[] {1, 2}) {
          image(precision, in, kernel, stride, 6);
        }
      }
    }
    for (int in : new int[] {320, 512, 640, 1024}) {
      image(precision, in, 1, 1, 4);
      image(precision, in, 1, 2, 8);
    }
    image(precision, 3, 7, 2, 64);
    image(precision, 8, 1, 2, 80);
    assertThat(wrong).isEmpty();
  }

  private void image(Precision precision, int in, int kernel, int stride, int side) {
    String padding = kernel == 3 && stride == 1 ? "SAME" : "VALID";
    int out = in % 2 == 0 ? 31 : 48;
    List<Long> strides = List.of(1L, (long) stride, (long) stride, 1L);
    compare(
        precision,
        "conv2d " + in + " to " + out + " kernel " + kernel + " stride " + stride,
        new long[] {4, side, side, in},
        new long[] {kernel, kernel, in, out},
        (scope, x, w) -> Contractions.conv2d(scope, x, w, stride, padding),
        (tf, x, w) -> tf.nn.conv2d(x, w, strides, padding));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BF16"})
  void convolutionsOfVolumes(Precision precision) {
    for (int in : new int[] {1, 3, 16, 33, 48, 80, 128}) {
      for (int out : new int[] {3, 33}) {
        compare(
            precision,
            "conv3d " + in + " to " + out,
            new long[] {2, 6, 6, 4, in},
            new long[] {3, 3, 3, in, out},
            (scope, x, w) -> Contractions.conv3d(scope, x, w, 1, "SAME"),
            (tf, x, w) -> tf.nn.conv3d(x, w, List.of(1L, 1L, 1L, 1L, 1L), "SAME"));
        compare(
            precision,
            "conv3d of stride 2, " + in + " to " + out,
            new long[] {2, 6, 6, 4, in},
            new long[] {2, 2, 2, in, out},
            (scope, x, w) -> Contractions.conv3d(scope, x, w, 2, "VALID"),
            (tf, x, w) -> tf.nn.conv3d(x, w, List.of(1L, 2L, 2L, 2L, 1L), "VALID"));
        int[] sizes = {2, 6, 6, 4, out};
        compare(
            precision,
            "conv3d transposed, " + in + " to " + out,
            new long[] {2, 3, 3, 2, in},
            new long[] {2, 2, 2, out, in},
            (scope, x, w) -> Contractions.conv3dTransposed(scope, scope.ints(sizes), x, w, 2),
            (tf, x, w) ->
                tf.nn.conv3dBackpropInput(
                    tf.constant(sizes), w, x, List.of(1L, 2L, 2L, 2L, 1L), "SAME"));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BF16"})
  void transposedAndDepthwise(Precision precision) {
    for (int in : new int[] {3, 16, 33, 144}) {
      for (int out : new int[] {1, 3, 33, 48, 80}) {
        int[] sizes = {4, 10, 10, out};
        compare(
            precision,
            "conv2d transposed, " + in + " to " + out,
            new long[] {4, 5, 5, in},
            new long[] {2, 2, out, in},
            (scope, x, w) -> Contractions.conv2dTransposed(scope, scope.ints(sizes), x, w, 2),
            (tf, x, w) ->
                tf.nn.conv2dBackpropInput(
                    tf.constant(sizes), w, x, List.of(1L, 2L, 2L, 1L), "SAME"));
      }
      for (int side : new int[] {6, 7}) {
        for (String padding : new String[] {"SAME", "VALID"}) {
          compare(
              precision,
              "depthwise " + in + " " + padding + " of side " + side,
              new long[] {4, side, side, in},
              new long[] {3, 3, in, 1},
              (scope, x, w) -> Contractions.depthwise(scope, x, w, 2, padding),
              (tf, x, w) -> tf.nn.depthwiseConv2dNative(x, w, List.of(1L, 2L, 2L, 1L), padding));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BF16"})
  void products(Precision precision) {
    for (int n : new int[] {1, 63}) {
      for (int k : new int[] {3, 27, 64, 129}) {
        for (int m : new int[] {1, 64}) {
          compare(
              precision,
              "matMul " + n + ", " + k + ", " + m,
              new long[] {n, k},
              new long[] {k, m},
              Contractions::matMul,
              (tf, x, w) -> tf.linalg.matMul(x, w));
          compare(
              precision,
              "batchMatMul " + n + ", " + k + ", " + m,
              new long[] {3, n, k},
              new long[] {3, k, m},
              Contractions::batchMatMul,
              (tf, x, w) -> tf.train.batchMatMul(x, w, TFloat64.class));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Notes the layer where the product or a gradient is off by more than rounding. */
  private void compare(
      Precision precision, String name, long[] xs, long[] ws, Layer layer, Reference reference) {
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
      long[] ys = y64.shape().asArray();
      Operand<TFloat32> dy = random(tf, 3, ys);
      List<Operand<TFloat32>> got = new ArrayList<>(List.of(y));
      got.addAll(gradients(graph, tf.math.mul(y, dy), x, w));
      List<Operand<TFloat64>> right = new ArrayList<>(List.of(y64));
      right.addAll(
          gradients(graph, tf.math.mul(y64, tf.dtypes.cast(dy, TFloat64.class)), x64, w64));
      double bound = precision == Precision.BF16 ? BF16_BOUND : 1e-5;
      try (Session session = new Session(graph, precision.config(1))) {
        fill(tf, session);
        Session.Runner runner = session.runner();
        for (int i = 0; i < 3; i++) {
          runner.fetch(error(tf, got.get(i), right.get(i)));
        }
        try (Result result = runner.run()) {
          for (int i = 0; i < 3; i++) {
            float error = ((TFloat32) result.get(i)).getFloat();
            if (!(error < bound)) {
              wrong.add(name + " " + List.of("y", "dx", "dw").get(i) + " " + error);
            }
          }
        }
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
