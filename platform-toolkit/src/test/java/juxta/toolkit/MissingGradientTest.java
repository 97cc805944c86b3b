package juxta.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import juxta.api.GraphScope;
import juxta.api.UserException;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What an author reads whose loss goes through an operation without a gradient. */
class MissingGradientTest {
  @Test
  void theErrorNamesTheOperationItsTypeAndTheLineThatMadeIt() {
    try (Graph graph = new Graph()) {
      GraphScope scope = new GraphBuilder(graph, 1, "train").root().sub("head");
      Ops tf = scope.tf();
      Operand<TFloat32> x = tf.constant(new float[] {1, 2, 3});
      Operand<TFloat32> beside = tf.math.digamma(tf.constant(new float[] {1, 2, 3}));
      Operand<TFloat32> bad = tf.math.digamma(x); // the line that is named
      Operand<TFloat32> loss =
          tf.reduceSum(tf.math.add(tf.math.mul(bad, x), beside), scope.ints(0));
      int line = line("the line that is named");
      assertThatThrownBy(() -> Gradients.of(scope, loss, List.of(x)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(
              "operation '" + bad.op().name() + "' of type Digamma has no gradient")
          .hasMessageContaining("it was made at juxta.toolkit")
          .hasMessageContaining("(MissingGradientTest.java:" + line + ")")
          .hasMessageContaining("register one with Gradients.register")
          .hasMessageNotContaining("\n");
    }
  }

  /** Where nothing flows back, no gradient is missed. */
  @Test
  void operationsBehindAStopNeedNone() {
    try (Graph graph = new Graph()) {
      GraphScope scope = new GraphBuilder(graph, 1, "train").root();
      Ops tf = scope.tf();
      Operand<TFloat32> x = tf.constant(new float[] {1, 2, 3});
      Operand<TFloat32> loss =
          tf.reduceSum(tf.math.mul(tf.stopGradient(tf.math.digamma(x)), x), scope.ints(0));
      assertThat(Gradients.of(scope, loss, List.of(x))).hasSize(1);
    }
  }

  private static int line(String comment) {
    try {
      List<String> lines =
          Files.readAllLines(Path.of("src/test/java/juxta/toolkit/MissingGradientTest.java"));
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).contains("// " + comment)) {
          return i + 1;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("no such line");
  }
}
