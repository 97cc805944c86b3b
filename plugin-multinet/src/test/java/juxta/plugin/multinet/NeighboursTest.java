package juxta.plugin.multinet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import juxta.api.GraphScope;
import juxta.testkit.TrialImages;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Look-ups in the queue, and what enters it. */
class NeighboursTest {
  private static FakeSetup setup(int queue, int width, int batch, boolean neighbours) {
    return new FakeSetup(
        new TrialImages(20, 8),
        batch,
        1,
        Map.of("queue", "" + queue, "projection-out", "" + width, "neighbours", "" + neighbours));
  }

  private static double[][] random(long seed, int rows, int width) {
    Random random = new Random(seed);
    double[][] values = new double[rows][width];
    for (double[] row : values) {
      for (int c = 0; c < width; c++) {
        row[c] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  /** A queue in a session, with embeddings that are looked up and enqueued in each step. */
  private static final class Trial implements AutoCloseable {
    private final Graph graph = new Graph();
    private final GraphBuilder builder = new GraphBuilder(graph, 1, "train");
    private final Operand<TFloat32> found;
    private final Operand<TFloat32> gradient;
    private final GraphSession session;

    Trial(FakeSetup setup, Function<GraphScope, Operand<TFloat32>> embeddings) {
      GraphScope root = builder.root();
      Neighbours neighbours = Neighbours.of(setup, root);
      Operand<TFloat32> u = embeddings.apply(root);
      found = neighbours.of(u);
      neighbours.enqueue(u);
      gradient = Gradients.of(root, root.tf().reduceSum(found, root.ints(0, 1)), List.of(u)).get(0);
      session = new GraphSession(builder);
      session.initialize();
    }

    Trial fill(double[][] rows) {
      session.write(
          "queue.rows",
          Tensors.floats(new long[] {rows.length, rows[0].length}, Trials.flat(rows)));
      return this;
    }

    float[] step(long number) {
      session.step(number);
      return Tensors.floats(session.values(Map.of(), List.of(found), builder.updates()).get(0));
    }

    float[] rows() {
      return Tensors.floats(session.read(List.of("queue.rows")).get("queue.rows"));
    }

    int pointer() {
      return session.read(List.of("queue.pointer")).get("queue.pointer").number();
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }

  @Test
  void anEmbeddingThatIsInTheQueueIsItsOwnNeighbour() {
    double[][] rows = random(1, 12, 3);
    double[] lengths = {0.5, 2, 1, 1e-3}; // cosines are 1 whatever the length
    int[] places = {5, 0, 11, 7};
    double[][] u = new double[4][3];
    double[][] expected = new double[4][];
    for (int i = 0; i < 4; i++) {
      expected[i] = rows[places[i]];
      for (int c = 0; c < 3; c++) {
        u[i][c] = rows[places[i]][c] * lengths[i];
      }
    }
    try (Trial trial = new Trial(setup(12, 3, 4, true), root -> Trials.tensor(root, u))) {
      trial.fill(rows);
      assertThat(trial.step(0)).containsExactly(Trials.flat(expected)); // as stored
    }
  }

  @Test
  void neighboursAreThoseOfTheLargestCosine() {
    for (long seed = 0; seed < 3; seed++) {
      double[][] rows = random(seed, 40, 6);
      double[][] u = random(seed + 100, 8, 6);
      try (Trial trial = new Trial(setup(40, 6, 8, true), root -> Trials.tensor(root, u))) {
        assertThat(trial.fill(rows).step(0)).containsExactly(Trials.flat(Plain.nearest(u, rows)));
        assertThat(trial.session.floats(trial.gradient)).containsOnly(0);
      }
    }
  }

  @Test
  void lookUpsDoNotSeeTheRowsOfTheirStep() {
    double[][] rows = random(3, 12, 3);
    double[][] u = random(4, 4, 3);
    try (Trial trial = new Trial(setup(12, 3, 4, true), root -> Trials.tensor(root, u))) {
      trial.fill(rows);
      assertThat(trial.step(0)).containsExactly(Trials.flat(Plain.nearest(u, rows)));
      assertThat(trial.pointer()).isEqualTo(4);
      System.arraycopy(u, 0, rows, 0, 4);
      assertThat(trial.rows()).containsExactly(Trials.flat(rows)); // as they are, no unit rows
      assertThat(trial.step(1)).containsExactly(Trials.flat(u));
    }
  }

  @Test
  void firstRowsAreRandomAndOfUnitLength() {
    try (Trial trial =
        new Trial(setup(12, 3, 4, true), root -> Trials.tensor(root, random(5, 4, 3)))) {
      double[][] rows = Plain.rows(trial.rows(), 3);
      for (double[] row : rows) {
        double square = 0;
        for (double value : row) {
          square += value * value;
        }
        assertThat(square).isBetween(1 - 1e-5, 1 + 1e-5);
      }
      assertThat(Arrays.stream(rows).map(Arrays::toString)).doesNotHaveDuplicates();
    }
  }

  /** 64 steps of 256 rows write each of 16,384 places once, in their order. */
  @Test
  void anEpochOfTheQueueWritesEachPlaceOnce() {
    int batch = 256;
    try (Trial trial =
        new Trial(
            setup(16384, 2, batch, true),
            root -> {
              var tf = root.tf();
              var first = // the number of the row since the start
                  tf.math.mul(tf.dtypes.cast(root.step(), TFloat32.class), root.constant(batch));
              var numbers =
                  tf.math.add(
                      first,
                      tf.range(root.constant(1), root.constant(batch + 1), root.constant(1)));
              return tf.stack(
                  List.of(numbers, tf.onesLike(numbers)), org.tensorflow.op.core.Stack.axis(1L));
            })) {
      for (int step = 0; step < 64; step++) {
        assertThat(trial.pointer()).isEqualTo(step * batch);
        trial.step(step);
      }
      assertThat(trial.pointer()).isZero();
      double[][] rows = Plain.rows(trial.rows(), 2);
      for (int k = 0; k < rows.length; k++) {
        assertThat(rows[k]).containsExactly(k + 1, 1);
      }
      trial.step(64);
      assertThat(Plain.rows(trial.rows(), 2)[0]).containsExactly(64 * batch + 1, 1);
      assertThat(trial.pointer()).isEqualTo(batch);
    }
  }

  @Test
  void withoutNeighboursEmbeddingsStandForThemselvesWithoutGradient() {
    double[][] u = random(6, 4, 3);
    try (Trial trial = new Trial(setup(12, 3, 4, false), root -> Trials.tensor(root, u))) {
      assertThat(trial.builder.parameters()).isEmpty();
      assertThat(trial.step(0)).containsExactly(Trials.flat(u));
      assertThat(trial.session.floats(trial.gradient)).containsOnly(0);
    }
  }
}
