package juxta.plugin.baselines.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import juxta.api.Comparison;
import juxta.api.Method;
import juxta.api.Step;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.testkit.StepRig;
import org.junit.jupiter.api.Test;

/** Which rows meet which in MoCo, and what moves in a step. */
class ContrastTest {
  private static final int B = Trials.B;
  private static final int K = Trials.QUEUE;

  /** The mean over rows of the cross-entropy at temperature 0.5. */
  private static double ce(float[] similarities, float[] targets, int rows) {
    int columns = similarities.length / rows;
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      double all = 0;
      double own = 0;
      for (int j = 0; j < columns; j++) {
        double s = similarities[i * columns + j] / 0.5;
        all += Math.exp(s);
        own += targets[i * columns + j] * s;
      }
      sum += Math.log(all) - own;
    }
    return sum / rows;
  }

  @Test
  void mocov3SumsBothDirectionsOverTheBatch() {
    Method method = new Mocov3();
    FakeSetup run = Trials.setup(method, "loss-scale=0.6");
    try (StepRig rig = Trials.rig(method, run)) {
      rig.train(0);
      assertThat(run.comparisons).hasSize(2);
      double sum = 0;
      for (Comparison comparison : run.comparisons) {
        float[] similarities = rig.look(comparison.similarities());
        float[] targets = rig.look(comparison.targets());
        assertThat(similarities).hasSize(B * B);
        for (int i = 0; i < B * B; i++) {
          assertThat(targets[i]).isEqualTo(i / B == i % B ? 1 : 0);
        }
        sum += ce(similarities, targets, B);
      }
      assertThat(rig.output(Step.LOSS)).isCloseTo(0.6 * sum, within(1e-4));
    }
  }

  @Test
  void mocov2HasTheKeyFirstAndTheQueueBehindIt() {
    Method method = new Mocov2();
    FakeSetup run = Trials.setup(method);
    try (StepRig rig = Trials.rig(method, run)) {
      Comparison comparison = run.comparisons.get(0);
      float[] similarities = rig.look(comparison.similarities());
      float[] targets = rig.look(comparison.targets());
      assertThat(similarities).hasSize(B * (1 + K));
      for (int i = 0; i < targets.length; i++) {
        assertThat(targets[i]).isEqualTo(i % (1 + K) == 0 ? 1 : 0);
      }
      assertThat(rig.output(Step.LOSS)).isCloseTo(ce(similarities, targets, B), within(1e-5));
      // what enters the queue is what the queries met in the first column
      rig.scalar(TrainingPhase.LEARNING_RATE, 0).scalar(TrainingPhase.MOMENTUM, 1);
      float[] own = rig.look(comparison.similarities());
      rig.train(0);
      float[] waiting = rig.look(comparison.similarities()); // the same queries and keys again
      for (int b = 0; b < B; b++) {
        assertThat(waiting[b * (1 + K) + 1 + b]).isCloseTo(own[b * (1 + K)], within(1e-6f));
      }
    }
  }

  @Test
  void theQueueForgetsTheOldestFirstAndStartsAgain() {
    Method method = new Mocov2();
    try (StepRig rig = Trials.rig(method, Trials.setup(method))) {
      float[] first = rig.state().get("queue.rows");
      rig.train(0);
      float[] second = rig.state().get("queue.rows");
      rig.train(1);
      float[] third = rig.state().get("queue.rows");
      rig.train(2);
      float[] fourth = rig.state().get("queue.rows");
      assertThat(rig.snapshot().get("queue.pointer").number()).isEqualTo(B);
      for (int row = 0; row < K; row++) {
        assertThat(changed(first, second, row)).isEqualTo(row < B);
        assertThat(changed(second, third, row)).isEqualTo(row >= B);
        assertThat(changed(third, fourth, row)).isEqualTo(row < B);
        double square = 0;
        for (int c = 0; c < 5; c++) {
          square += fourth[5 * row + c] * fourth[5 * row + c];
        }
        assertThat(square).isCloseTo(1, within(1e-5));
      }
    }
  }

  private static boolean changed(float[] before, float[] after, int row) {
    for (int c = 5 * row; c < 5 * row + 5; c++) {
      if (before[c] != after[c]) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aQueueThatDoesNotFitTheBatchIsRefusedBeforeTraining() {
    Method method = new Mocov2();
    assertThatThrownBy(() -> method.plan(Trials.setup(method, "queue=15")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("queue=12");
    assertThatThrownBy(() -> method.plan(Trials.setup(method, "symmetric=true", "queue=18")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("12 that enter");
    assertThatThrownBy(() -> method.plan(Trials.setup(method, "key-groups=4")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("key-groups=1");
  }

  /** SimSiam, section 4.2: the learning rate of the predictor does not decay. */
  @Test
  void simsiamsPredictorKeepsItsRate() {
    Method method = new Simsiam();
    try (StepRig rig = Trials.rig(method, Trials.setup(method))) {
      var before = rig.state();
      rig.scalar(TrainingPhase.LEARNING_RATE, 0).train(0);
      var after = rig.state();
      for (String name : rig.trained()) {
        boolean moved = !Arrays.equals(after.get(name), before.get(name));
        assertThat(moved).as(name).isEqualTo(name.startsWith("prediction."));
      }
    }
  }
}
