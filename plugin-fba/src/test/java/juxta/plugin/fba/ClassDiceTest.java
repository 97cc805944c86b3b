package juxta.plugin.fba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import juxta.testkit.Graphs;
import juxta.toolkit.graph.GradientCheck;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TUint8;

class ClassDiceTest {
  private static float loss(float[] p, int[] labels, int classes, boolean doubled) {
    return Graphs.scalar(
        scope -> {
          var tf = scope.tf();
          var t =
              tf.dtypes.cast(
                  tf.reshape(tf.constant(labels), scope.ints(1, labels.length, 1, 1)),
                  TUint8.class);
          return ClassDice.loss(
              scope, Graphs.tensor(scope, p, 1, labels.length, 1, 1, classes), t, doubled);
        });
  }

  @Test
  void perfectAnswers() {
    float[] p = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1};
    int[] t = {0, 1, 2, 2};
    assertThat(loss(p, t, 3, true)).isCloseTo(0, within(1e-6f));
    assertThat(loss(p, t, 3, false)).isCloseTo(0.5f, within(1e-6f));
  }

  @Test
  void anUndecidedAnswer() {
    // class 0: 1 - 2 * 0.5 / (0.25 + 1) = 0.2; class 1, which is absent: 1
    float[] p = {0.5f, 0.5f};
    assertThat(loss(p, new int[] {0}, 2, true)).isCloseTo((0.2f + 1) / 2, within(1e-6f));
    assertThat(loss(p, new int[] {0}, 2, false)).isCloseTo((0.6f + 1) / 2, within(1e-6f));
  }

  @Test
  void aWrongAnswer() {
    assertThat(loss(new float[] {0, 1, 1, 0}, new int[] {0, 1}, 2, true)).isEqualTo(1);
  }

  @Test
  void anAbsentClassThatNobodyForeseesIsNoDivisionByZero() {
    // classes 0 and 1 are right, class 2 is neither there nor foreseen: 1
    assertThat(loss(new float[] {1, 0, 0, 0, 1, 0}, new int[] {0, 1}, 3, true))
        .isCloseTo(1f / 3, within(1e-6f));
  }

  @Test
  void gradientsAgreeWithDifferences() {
    assertThat(
            GradientCheck.run(
                5,
                List.of(new long[] {2, 2, 3, 1, 4}),
                (scope, in) -> {
                  var t =
                      scope
                          .tf()
                          .reshape(
                              scope.ints(0, 1, 2, 3, 0, 1, 1, 0, 0, 2, 2, 0),
                              scope.ints(2, 2, 3, 1));
                  return ClassDice.loss(scope, scope.tf().nn.softmax(in.get(0)), t, true);
                }))
        .hasSize(3)
        .allSatisfy(finding -> assertThat(finding.error()).isLessThan(1e-3));
  }
}
