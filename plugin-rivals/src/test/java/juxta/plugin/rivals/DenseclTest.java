package juxta.plugin.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import juxta.api.GraphScope;
import juxta.api.Step;
import juxta.api.UserException;
import juxta.testkit.Conformance;
import juxta.testkit.Graphs;
import juxta.testkit.StepRig;
import juxta.toolkit.contrast.Queue;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class DenseclTest {
  private static final Densecl METHOD = new Densecl();

  private static Operand<TFloat32> rows(GraphScope scope, Operand<TFloat32> grid) {
    return scope.tf().reshape(grid, scope.ints(72, 16));
  }

  @Test
  void conformsToTheReference() {
    JsonNode file = Conformance.read("densecl");
    List<float[]> found =
        Graphs.all(
            scope -> {
              var tf = scope.tf();
              Operand<TFloat32> map = Trials.input(scope, file, "query_features");
              Operand<TFloat32> keyMap = Trials.input(scope, file, "key_features");
              Operand<TFloat32> r = Trials.input(scope, file, "query_grid");
              Operand<TFloat32> u = Trials.input(scope, file, "key_grid");
              Operand<TFloat32> q = Trials.input(scope, file, "query");
              Operand<TInt32> match = Densecl.match(scope, map, keyMap);
              Operand<TFloat32> global =
                  Trials.crossEntropy(
                      scope,
                      Queue.compare(
                          scope,
                          8,
                          q,
                          Trials.input(scope, file, "key"),
                          Trials.input(scope, file, "queue")),
                      0.2);
              Operand<TFloat32> dense =
                  Trials.crossEntropy(
                      scope,
                      Queue.compare(
                          scope,
                          72,
                          rows(scope, r),
                          Densecl.matched(scope, rows(scope, u), match, 8, 9),
                          Trials.input(scope, file, "queue_dense")),
                      0.2);
              Operand<TFloat32> loss =
                  tf.math.mul(scope.constant(0.5f), tf.math.add(global, dense));
              return List.of(
                  tf.dtypes.cast(match, TFloat32.class),
                  global,
                  dense,
                  loss,
                  Trials.gradient(scope, loss, q),
                  Trials.gradient(scope, loss, r),
                  Trials.gradient(scope, loss, u),
                  Trials.gradient(scope, loss, map),
                  Densecl.pooled(scope, u));
            });
    Trials.close(found.get(0), file, "match");
    Trials.close(found.get(1), file, "loss_global");
    Trials.close(found.get(2), file, "loss_dense");
    Trials.close(found.get(3), file, "loss");
    Trials.close(found.get(4), file, "grad_query");
    Trials.close(found.get(5), file, "grad_query_grid");
    assertThat(found.get(6)).containsOnly(0);
    assertThat(found.get(7)).containsOnly(0); // none through the matching
    double[][] after = Conformance.matrix(file.at("/expected/queue_dense_after"));
    for (int i = 0; i < 8; i++) { // entered at 24
      for (int column = 0; column < 16; column++) {
        assertThat((double) found.get(8)[16 * i + column])
            .isCloseTo(after[24 + i][column], within(1e-4));
      }
    }
  }

  /** A map matches itself position by position; keys that change places take the match along. */
  @Test
  void matches() {
    float[] map = Trials.random(1, 2 * 4 * 3);
    float[] turned = new float[map.length]; // positions of each image in reverse order
    for (int image = 0; image < 2; image++) {
      for (int position = 0; position < 4; position++) {
        System.arraycopy(
            map, 12 * image + 3 * position, turned, 12 * image + 3 * (3 - position), 3);
      }
    }
    for (float[] keys : List.of(map, turned)) {
      float[] found =
          Graphs.floats(
              scope ->
                  scope
                      .tf()
                      .dtypes
                      .cast(
                          Densecl.match(
                              scope,
                              Graphs.tensor(scope, map, 2, 4, 3),
                              Graphs.tensor(scope, keys, 2, 4, 3)),
                          TFloat32.class));
      float[] expected = {0, 1, 2, 3, 0, 1, 2, 3};
      float[] reversed = {3, 2, 1, 0, 3, 2, 1, 0};
      assertThat(found).containsExactly(keys == map ? expected : reversed);
    }
  }

  /** With lambda 0 there is nothing but MoCo v2: no second head, no second queue, its loss. */
  @Test
  void withoutPositionsIsMoco() {
    try (StepRig both = Trials.rig(METHOD);
        StepRig moco = Trials.rig(METHOD, "dense-weight=0")) {
      assertThat(both.names()).anyMatch(name -> name.startsWith("dense."));
      assertThat(moco.names()).noneMatch(name -> name.contains("dense"));
      Trials.give(both, moco);
      assertThat(moco.output(Step.LOSS)).isEqualTo(both.output("loss-global"));
      assertThat(both.output(Step.LOSS))
          .isCloseTo((both.output("loss-global") + both.output("loss-dense")) / 2, within(1e-6));
    }
  }

  /** Both queues move by B rows a step; where all are alike both losses are log(1 + K). */
  @Test
  void queuesMoveTogether() {
    try (StepRig rig = Trials.rig(METHOD)) {
      for (String queue : List.of("queue.rows", "queue-dense.rows")) {
        float[] before = rig.stored(queue);
        rig.train(0);
        float[] after = rig.stored(queue);
        int half = 5 * Trials.B;
        boolean first = queue.equals("queue.rows"); // the second step fills the second half
        int from = first ? half : 0;
        assertThat(Arrays.copyOfRange(after, from, from + half))
            .containsExactly(Arrays.copyOfRange(before, from, from + half));
        assertThat(after).isNotEqualTo(before);
      }
      rig.state().keySet().stream()
          .filter(name -> name.contains("queue") || name.matches(".*(projection|dense).*"))
          .filter(name -> !name.startsWith("optimizer"))
          .forEach(name -> rig.write(name, DenseclTest::alike));
      assertThat(rig.output("loss-global")).isCloseTo(Math.log(13), within(1e-4));
      assertThat(rig.output("loss-dense")).isCloseTo(Math.log(13), within(1e-4));
    }
  }

  private static float[] alike(float[] old) {
    float[] same = new float[old.length];
    Arrays.fill(same, 0.2f);
    return same;
  }

  @Test
  void aQueueThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> METHOD.plan(Trials.setup(METHOD, "queue=13")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("pass --set queue=12");
  }
}
