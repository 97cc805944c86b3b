package juxta.testkit;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Loss;
import juxta.api.Settings;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class LossContractTest {
  private static final Loss GOOD = new Good.GoodLoss();

  private interface Body {
    Operand<TFloat32> of(GraphScope scope, Comparison comparison);
  }

  private static Loss loss(Body body) {
    return new Good.GoodLoss() {
      @Override
      public Operand<TFloat32> apply(GraphScope scope, Comparison comparison, Settings settings) {
        return body.of(scope, comparison);
      }
    };
  }

  private static Operand<TFloat32> good(GraphScope scope, Comparison comparison) {
    return GOOD.apply(scope, comparison, Settings.DEFAULTS);
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> x) {
    return tf.math.mean(x, tf.constant(new int[] {0, 1}));
  }

  @TestFactory
  Stream<DynamicTest> contract() {
    return Breaking.tests(
        GOOD,
        LossContract::promises,
        Map.of(
            LossContract.SCALAR,
                List.of(
                    loss((scope, c) -> c.similarities()),
                    loss((scope, c) -> mean(scope.tf(), scope.tf().math.log(c.similarities())))),
            LossContract.LOWER, List.of(loss((scope, c) -> scope.tf().math.neg(good(scope, c)))),
            LossContract.GRADIENT,
                List.of(
                    loss((scope, c) -> scope.tf().stopGradient(good(scope, c))),
                    loss(LossContractTest::wrongGradient)),
            LossContract.EXCLUDED,
                List.of(
                    loss((scope, c) -> good(scope, Comparison.of(c.similarities(), c.targets())))),
            LossContract.TARGETS,
                List.of(
                    loss(
                        (scope, c) ->
                            scope
                                .tf()
                                .math
                                .neg(
                                    mean(
                                        scope.tf(),
                                        scope.tf().math.mul(c.similarities(), c.targets())))))));
  }

  /** Its value is right. */
  private static Operand<TFloat32> wrongGradient(GraphScope scope, Comparison c) {
    Ops tf = scope.tf();
    Operand<TFloat32> more = mean(tf, tf.math.square(c.similarities()));
    return tf.math.add(good(scope, c), tf.math.sub(more, tf.stopGradient(more)));
  }
}
