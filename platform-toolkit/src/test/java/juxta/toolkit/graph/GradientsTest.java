package juxta.toolkit.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import juxta.api.GraphScope;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.types.TFloat32;

class GradientsTest {
  private static final RawCustomGradient NONE = (tf, op, gradients) -> List.of();

  /** x log y: d/dx = log y, d/dy = x / y. */
  @SuppressWarnings("unchecked")
  private static List<Operand<?>> xlogy(Ops tf, GraphOperation op, List<Output<?>> gradients) {
    Operand<TFloat32> dz = (Operand<TFloat32>) gradients.get(0);
    Operand<TFloat32> x = (Operand<TFloat32>) op.input(0);
    Operand<TFloat32> y = (Operand<TFloat32>) op.input(1);
    return List.of(tf.math.mul(dz, tf.math.log(y)), tf.math.mul(dz, tf.math.div(x, y)));
  }

  private static Operand<TFloat32> sum(GraphScope scope, Operand<TFloat32> x) {
    return scope.tf().reduceSum(x, scope.ints(0, 1));
  }

  @Test
  void aRegisteredGradientIsUsed() {
    Gradients.register("Xlogy", GradientsTest::xlogy);
    Gradients.register("Xlogy", GradientsTest::xlogy); // as each graph's code does
    assertThat(Gradients.types()).contains("Xlogy");
    long[] shape = {3, 2};
    assertThat(
            GradientCheck.run(
                1,
                List.of(shape, shape),
                (scope, in) -> {
                  Operand<TFloat32> y =
                      scope.tf().math.add(scope.tf().math.square(in.get(1)), scope.constant(1));
                  return sum(scope, scope.tf().math.xlogy(in.get(0), y));
                }))
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-3));
  }

  @Test
  void twoOwnersOfOneGradientAreBothNamed() {
    GradientTable.add("juxta.plugin.first", "Lbeta", NONE);
    GradientTable.add("juxta.plugin.first", "Lbeta", NONE);
    assertThatThrownBy(() -> GradientTable.add("juxta.plugin.second", "Lbeta", NONE))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the gradient of operation Lbeta is registered by juxta.plugin.first"
                + " and by juxta.plugin.second; leave one of the two out");
    assertThatThrownBy(() -> GradientTable.add("juxta.plugin.first", "Conv3D", NONE))
        .hasMessageContaining("by juxta.toolkit and by juxta.plugin.first");
    assertThatThrownBy(() -> GradientTable.add("juxta.plugin.first", "MatMul", NONE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("MatMul, which TensorFlow has itself");
  }

  @Test
  void aGradientForEachInputIsDemanded() {
    Gradients.register("Zeta", NONE);
    assertThatThrownBy(
            () ->
                GradientCheck.run(
                    1,
                    List.of(new long[] {2, 2}, new long[] {2, 2}),
                    (scope, in) -> sum(scope, scope.tf().math.zeta(in.get(0), in.get(1)))))
        .hasMessageContaining("the gradient of operation Zeta by juxta.toolkit returned 0")
        .hasMessageContaining("for 2 inputs");
  }

  /** The page lists what there is, no more and no less. */
  @Test
  void thePageListsAllOperationsThatHaveAGradient() throws IOException {
    GradientTable.install();
    Set<String> own = MoreGradients.table().keySet();
    Set<String> added = Set.of("Xlogy", "Lbeta", "Zeta"); // by this test
    Set<String> tensorflow = new TreeSet<>(Gradients.types());
    tensorflow.removeAll(own);
    tensorflow.removeAll(added);
    assertThat(listed("Of TensorFlow")).isEqualTo(tensorflow);
    assertThat(listed("Of the toolkit")).isEqualTo(new TreeSet<>(own));
  }

  private static Set<String> listed(String heading) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "gradients.md"));
    String section = page.split("\n## " + heading + "\n")[1].split("\n## ")[0];
    return Arrays.stream(section.split("\n\n"))
        .filter(paragraph -> paragraph.strip().matches("(`\\w+`\\s*)+"))
        .flatMap(paragraph -> Arrays.stream(paragraph.split("\\s+")))
        .map(word -> word.replace("`", ""))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
