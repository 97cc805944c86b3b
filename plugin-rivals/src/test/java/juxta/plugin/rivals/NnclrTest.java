package juxta.plugin.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Step;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.View;
import juxta.testkit.Conformance;
import juxta.testkit.Graphs;
import juxta.testkit.StepRig;
import juxta.testkit.TrialImages;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.discrimination.PairwiseTraining;
import juxta.toolkit.discrimination.TwoViews;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class NnclrTest {
  private static Operand<TFloat32> loss(
      GraphScope scope, Operand<TFloat32> nn, Operand<TFloat32> p) {
    return Trials.crossEntropy(scope, Nnclr.contrast(scope, (int) p.shape().get(0), nn, p), 0.1);
  }

  /** Losses and gradients of the predictions; none flows through the look-up. */
  @Test
  void conformsToTheReference() {
    JsonNode file = Conformance.read("nnclr");
    List<float[]> found =
        Graphs.all(
            scope -> {
              Operand<TFloat32> z1 = Trials.input(scope, file, "z1");
              Operand<TFloat32> z2 = Trials.input(scope, file, "z2");
              Operand<TFloat32> p1 = Trials.input(scope, file, "p1");
              Operand<TFloat32> p2 = Trials.input(scope, file, "p2");
              Operand<TFloat32> queue = Trials.input(scope, file, "queue");
              Operand<TFloat32> nn1 = Nnclr.neighbours(scope, Similarity.unit(scope, z1), queue);
              Operand<TFloat32> nn2 = Nnclr.neighbours(scope, Similarity.unit(scope, z2), queue);
              Operand<TFloat32> loss1 = loss(scope, nn1, p2);
              Operand<TFloat32> loss2 = loss(scope, nn2, p1);
              Operand<TFloat32> mean =
                  scope.tf().math.mul(scope.constant(0.5f), scope.tf().math.add(loss1, loss2));
              return List.of(
                  loss1,
                  loss2,
                  mean,
                  Trials.gradient(scope, mean, p1),
                  Trials.gradient(scope, mean, p2),
                  Trials.gradient(scope, mean, z1),
                  nn1);
            });
    Trials.close(found.get(0), file, "loss_1");
    Trials.close(found.get(1), file, "loss_2");
    Trials.close(found.get(2), file, "loss");
    Trials.close(found.get(3), file, "grad_p1");
    Trials.close(found.get(4), file, "grad_p2");
    assertThat(found.get(5)).containsOnly(0);
    double[][] queue = Conformance.matrix(file.at("/inputs/queue"));
    int[] chosen = Conformance.ints(file.at("/expected/neighbour_1"));
    for (int i = 0; i < chosen.length; i++) {
      for (int c = 0; c < 16; c++) {
        assertThat((double) found.get(6)[16 * i + c]).isCloseTo(queue[chosen[i]][c], within(1e-6));
      }
    }
  }

  @Test
  void equalPredictionsGiveTheLogarithmOfTheBatch() {
    float[] found =
        Graphs.floats(
            scope -> {
              Operand<TFloat32> nn = Graphs.tensor(scope, Trials.random(1, 256 * 4), 256, 4);
              Operand<TFloat32> p =
                  scope.tf().fill(scope.tf().constant(new long[] {256, 4}), scope.constant(0.3f));
              return loss(scope, nn, scope.tf().reshape(p, scope.ints(256, 4)));
            });
    assertThat((double) found[0]).isCloseTo(Math.log(256), within(1e-4));
  }

  /** A run whose views may be swapped. */
  private static StepRig rig(boolean swapped, String... settings) {
    Nnclr method = new Nnclr();
    return Trials.rig(
        method,
        new FakeSetup(
            new TrialImages(20, Trials.SIDE), Trials.B, Trials.settings(method, settings)) {
          @Override
          public Batch view(GraphScope scope, Batch records, View view) {
            return super.view(scope, records, swapped ? View.global(1 - view.index()) : view);
          }
        });
  }

  /**
   * With a queue of exactly the embeddings of this step each is its own neighbour, and the loss is
   * that without neighbours.
   */
  @Test
  void withoutNeighboursIsItsParent() {
    float[] queue = new float[Trials.QUEUE * 5];
    try (StepRig parent = rig(false, "neighbours=false");
        StepRig first = rig(false);
        StepRig second = rig(true)) {
      assertThat(parent.names()).noneMatch(name -> name.startsWith("queue"));
      int row = 0;
      for (StepRig rig : List.of(first, second)) {
        Trials.give(parent, rig);
        rig.scalar(TrainingPhase.LEARNING_RATE, 0);
        rig.train(0);
        System.arraycopy(rig.stored("queue.rows"), 0, queue, 5 * row, 5 * Trials.B);
        row += Trials.B;
      }
      double with = first.output(Step.LOSS);
      first.write("queue.rows", old -> queue);
      assertThat(first.output(Step.LOSS)).isCloseTo(parent.output(Step.LOSS), within(1e-5));
      assertThat(first.output("neighbour-cosine")).isCloseTo(1, within(1e-5));
      assertThat(with).isNotCloseTo(parent.output(Step.LOSS), within(1e-3));
    }
  }

  /** z1 alone enters, a batch a step, where the oldest rows are. */
  @Test
  void theQueueTakesTheFirstViewAndWraps() {
    try (StepRig rig = rig(false)) {
      float[] before = rig.stored("queue.rows");
      rig.train(0);
      float[] one = rig.stored("queue.rows");
      int half = 5 * Trials.B;
      assertThat(Arrays.copyOfRange(one, half, 2 * half))
          .containsExactly(Arrays.copyOfRange(before, half, 2 * half));
      assertThat(Arrays.copyOf(one, half)).isNotEqualTo(Arrays.copyOf(before, half));
      rig.train(1);
      assertThat(Arrays.copyOf(rig.stored("queue.rows"), half))
          .containsExactly(Arrays.copyOf(one, half));
      assertThat(Tensors.ints(rig.snapshot().get("queue.pointer"))).containsExactly(0);
    }
  }

  /** Logged only: unfilled rows and records without a class do not count. */
  @Test
  void neighboursOfTheSameClass() {
    float[] found =
        Graphs.floats(
            scope ->
                Nnclr.sameClass(
                    scope,
                    scope.tf().constant(new int[] {3, 4, -1, 5, 6}),
                    scope.tf().constant(new int[] {3, 7, -1, 5}),
                    scope.tf().constant(new int[] {0, 1, 3, 2, 3})));
    assertThat((double) found[0]).isCloseTo(1.0 / 3, within(1e-6)); // of 3-3, 4-7 and 6-5
    Nnclr method = new Nnclr();
    FakeSetup setup = Trials.setup(method);
    int[] classes = new int[Trials.B];
    Arrays.setAll(classes, i -> i % 3);
    try (StepRig rig =
        StepRig.of(
                context -> {
                  GraphScope root = context.scope();
                  Batch labelled = context.batch().with(Field.LABEL, root.tf().constant(classes));
                  TwoViews x = TwoViews.of(setup, root, labelled);
                  return PairwiseTraining.step(method, setup, root, root, x);
                },
                setup)
            .open()
            .scalar(TrainingPhase.LEARNING_RATE, 0.01)) {
      assertThat(Tensors.ints(rig.snapshot().get("queue.labels"))).containsOnly(-1);
      rig.train(0);
      int[] labels = Tensors.ints(rig.snapshot().get("queue.labels"));
      assertThat(Arrays.copyOf(labels, Trials.B)).containsExactly(classes);
      assertThat(Arrays.copyOfRange(labels, Trials.B, 2 * Trials.B)).containsOnly(-1);
      assertThat(rig.output("neighbours-of-class")).isBetween(0.0, 1.0);
    }
  }

  @Test
  void aQueueThatDoesNotFitIsRefused() {
    Nnclr method = new Nnclr();
    assertThatThrownBy(() -> method.plan(Trials.setup(method, "queue=13")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("pass --set queue=12");
  }
}
