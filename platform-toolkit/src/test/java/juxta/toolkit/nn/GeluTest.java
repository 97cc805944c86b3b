package juxta.toolkit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import juxta.api.GraphScope;
import juxta.toolkit.graph.Gradients;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class GeluTest {
  @Test
  void valueAndGradientAreTensorFlows() {
    try (Trial trial = new Trial()) {
      GraphScope root = trial.root();
      Ops tf = root.tf();
      Operand<TFloat32> x = tf.math.mul(trial.normal(1, 50), tf.constant(3f));
      Operand<TFloat32> theirs =
          tf.math.mul(
              tf.math.mul(x, tf.constant(0.5f)),
              tf.math.add(
                  tf.constant(1f), tf.math.erf(tf.math.div(x, tf.constant((float) Math.sqrt(2))))));
      Operand<TFloat32> ours = Gelu.apply(tf, x);
      Operand<TFloat32> ourGradient = gradient(root, ours, x);
      Operand<TFloat32> theirGradient = gradient(root, theirs, x);
      assertThat(trial.get(ours)).containsExactly(trial.get(theirs), within(1e-5f));
      assertThat(trial.get(ourGradient)).containsExactly(trial.get(theirGradient), within(1e-4f));
    }
  }

  private static Operand<TFloat32> gradient(
      GraphScope scope, Operand<TFloat32> y, Operand<TFloat32> x) {
    Operand<TFloat32> loss = scope.tf().reduceSum(scope.tf().math.square(y), scope.ints(0));
    return Gradients.of(scope, loss, List.of(x)).get(0);
  }
}
