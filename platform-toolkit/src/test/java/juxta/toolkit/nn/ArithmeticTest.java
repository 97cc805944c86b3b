package juxta.toolkit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import juxta.api.Arithmetic;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/** In which arithmetic the layers of a graph compute. */
class ArithmeticTest {
  private static final Arithmetic CARD_BF16 = new Arithmetic(true, false);
  private static final Set<String> PRODUCTS =
      Set.of(
          "Conv2D",
          "Conv2DBackpropInput",
          "Conv2DBackpropFilter",
          "MatMul",
          "BatchMatMulV2",
          "Conv3D",
          "Conv3DBackpropInputV2",
          "Conv3DBackpropFilterV2");

  @Test
  void onCardsProductsAreBf16AndAllElseIsFloat32() {
    try (Graph graph = new Graph()) {
      GraphScope root = new GraphBuilder(graph, 1, "test", CARD_BF16).root();
      Gradients.of(
          root, network(root), root.parameters().stream().map(ArithmeticTest::value).toList());
      Set<String> bf16 = new TreeSet<>();
      Set<String> float32 = new TreeSet<>();
      graph
          .operations()
          .forEachRemaining(
              op -> {
                DataType type = op.numOutputs() == 0 ? DataType.DT_INVALID : type(op);
                if (type == DataType.DT_BFLOAT16) {
                  bf16.add(op.type());
                } else if (type == DataType.DT_FLOAT) {
                  float32.add(op.type());
                }
              });
      assertThat(bf16).containsAll(PRODUCTS);
      assertThat(float32).doesNotContainAnyElementsOf(PRODUCTS);
      assertThat(float32).contains("FusedBatchNormV3", "Softmax", "Sum");
    }
  }

  @Test
  void onProcessorsTheGraphIsLeftToTensorFlowsRewrite() {
    try (Graph graph = new Graph()) {
      GraphScope root = new GraphBuilder(graph, 1, "test", new Arithmetic(true, true)).root();
      network(root);
      graph
          .operations()
          .forEachRemaining(
              op -> {
                assertThat(op.type()).isNotEqualTo("Cast");
                assertThat(op.name()).doesNotContain("winograd");
              });
    }
  }

  @Test
  void roundsToBf16() throws IOException {
    String processor = Files.isReadable(CPU) ? Files.readString(CPU) : "";
    assumeThat(processor).as("others compute bfloat16 in other ways").contains("avx512_bf16");
    float exact = loss(Arithmetic.FLOAT32);
    float rounded = loss(CARD_BF16);
    assertThat(rounded).isNotEqualTo(exact).isCloseTo(exact, within(0.03f * exact));
  }

  private static final Path CPU = Path.of("/proc/cpuinfo");

  private static float loss(Arithmetic arithmetic) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test", arithmetic);
      Operand<TFloat32> loss = network(builder.root());
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        return session.floats(loss)[0];
      }
    }
  }

  /** One layer of each kind that multiplies. */
  private static Operand<TFloat32> network(GraphScope root) {
    Ops tf = root.tf();
    Operand<TFloat32> x = // [4, 8, 8, 16]
        tf.random.statelessRandomNormal(
            tf.constant(new long[] {4, 8, 8, 16}), tf.constant(new long[] {1, 2}));
    Operand<TFloat32> y = new Conv2d(root.sub("conv"), 16, 16, 3, 1).apply(x);
    y = new BatchNorm(root.sub("norm"), 16).apply(y, Pass.TRAINING);
    y = new ConvTranspose2d(root.sub("up"), 16, 16, 2, 2).apply(y); // [4, 16, 16, 16]
    y = tf.reshape(y, tf.constant(new int[] {4, 256, 16}));
    y =
        new MultiHeadAttention(
                root.sub("attention"), 16, 2, Initializers.normal(0.1), Initializers.normal(0.1))
            .apply(y);
    y = tf.reshape(y, tf.constant(new int[] {4, 4, 8, 8, 16}));
    y = new Conv3d(root.sub("conv3"), 16, 16, 3, 1, 1, false).apply(y);
    y = new ConvTranspose3d(root.sub("up3"), 16, 4, 2, 2).apply(y);
    y = tf.reshape(y, tf.constant(new int[] {4, -1}));
    y =
        new Linear(
                root.sub("linear"), 4 * 8 * 16 * 16, 8, Initializers.normal(0.01), Optional.empty())
            .apply(y);
    return tf.reduceSum(tf.math.square(y), tf.constant(new int[] {0, 1}));
  }

  @SuppressWarnings("unchecked")
  private static Operand<TFloat32> value(juxta.api.Parameter<?> parameter) {
    return (Operand<TFloat32>) parameter.value();
  }

  private static DataType type(org.tensorflow.Operation op) {
    return ((GraphOperation) op).output(0).dataType();
  }
}
