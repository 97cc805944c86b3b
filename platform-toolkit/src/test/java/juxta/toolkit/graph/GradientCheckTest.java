package juxta.toolkit.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Linear;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class GradientCheckTest {
  private static final long[] SHAPE = {4, 3};

  private static Operand<TFloat32> sum(GraphScope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    return tf.reduceSum(x, tf.range(tf.constant(0), tf.rank(x), tf.constant(1)));
  }

  @Test
  void differencesAreRightToManyDigits() {
    assertThat(
            GradientCheck.run(
                1,
                List.of(SHAPE, SHAPE),
                (scope, in) -> sum(scope, scope.tf().math.mul(in.get(0), in.get(1)))))
        .hasSize(6)
        .allSatisfy(
            finding ->
                assertThat(Math.abs(finding.gradient() - finding.difference())).isLessThan(1e-9));
  }

  @Test
  void aDerivativeThatIsTinyBesideTheFunctionIsFound() {
    assertThat(
            GradientCheck.run(
                1,
                List.of(SHAPE),
                (scope, in) ->
                    scope
                        .tf()
                        .math
                        .add(
                            scope.constant(1e4f),
                            scope
                                .tf()
                                .math
                                .mul(
                                    scope.constant(1e-2f),
                                    sum(scope, scope.tf().math.square(in.get(0)))))))
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-4));
  }

  @ParameterizedTest
  @ValueSource(floats = {0.99f, 1.01f})
  void aGradientThatIsWrongByOnePerCentIsFound(float factor) {
    assertThat(
            GradientCheck.run(
                2,
                List.of(SHAPE),
                (scope, in) -> {
                  Ops tf = scope.tf();
                  Operand<TFloat32> x = in.get(0);
                  Operand<TFloat32> hidden =
                      tf.stopGradient(tf.math.mul(x, tf.constant(1 - factor)));
                  return sum(scope, tf.math.add(tf.math.mul(x, tf.constant(factor)), hidden));
                }))
        .allSatisfy(finding -> assertThat(finding.error()).isBetween(9e-3, 11e-3));
  }

  /** Random numbers, whole numbers and truth values between the parameters and the result. */
  @Test
  void whatIsNoFloatStaysAsItIs() {
    assertThat(
            GradientCheck.run(
                3,
                List.of(SHAPE),
                (scope, in) -> {
                  Ops tf = scope.tf();
                  Operand<TFloat32> x = in.get(0);
                  Operand<TFloat32> noise =
                      tf.random.statelessRandomNormal(tf.shape(x), scope.seed("noise"));
                  Operand<TFloat32> above =
                      tf.dtypes.cast(tf.math.greater(x, noise), TFloat32.class);
                  Operand<TFloat32> best =
                      tf.gather(x, tf.math.argMax(x, tf.constant(1)), tf.constant(0));
                  return tf.math.add(
                      sum(scope, tf.math.mul(tf.math.mul(x, noise), above)),
                      sum(scope, tf.math.square(best)));
                }))
        .hasSize(3)
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-4));
  }

  static Stream<Pass> passes() {
    return Stream.of(Pass.TRAINING, Pass.PROBING, Pass.INFERENCE);
  }

  @ParameterizedTest
  @MethodSource("passes")
  void batchNormalisation(Pass pass) {
    assertThat(
            GradientCheck.run(
                4,
                List.of(new long[] {2, 3, 2, 3}),
                (scope, in) -> {
                  Operand<TFloat32> y = new BatchNorm(scope, 3).apply(in.get(0), pass);
                  return sum(scope, scope.tf().math.mul(y, scope.tf().math.exp(in.get(0))));
                }))
        .hasSize(9)
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-4));
  }

  @Test
  void throughAMovingAverage() {
    assertThat(
            GradientCheck.run(
                5,
                List.of(SHAPE),
                (scope, in) -> {
                  GraphScope online = scope.sub("online");
                  new Linear(online, 3, 2, true);
                  GraphScope copy = scope.sub("copy").averageOf(online, scope.constant(0.9f));
                  return sum(
                      scope, scope.tf().math.square(new Linear(copy, 3, 2, true).apply(in.get(0))));
                }))
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-4));
  }

  /** TensorFlow resizes to float32 only. */
  @Test
  void anOperationWithoutDoublePrecision() {
    assertThat(
            GradientCheck.run(
                6,
                List.of(new long[] {1, 3, 2, 1}),
                (scope, in) -> {
                  Ops tf = scope.tf();
                  Operand<TFloat32> y =
                      tf.image.resizeBilinear(in.get(0), tf.constant(new int[] {6, 4}));
                  return sum(scope, tf.math.mul(y, tf.math.exp(y)));
                }))
        .hasSize(3)
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-2));
  }
}
