package juxta.plugin.claires;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Field;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Setup;
import juxta.api.Value;
import juxta.testkit.Graphs;
import juxta.testkit.StandInTask;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchTest {
  /** A model whose projections are the record's number, and whose loss is that of the first one. */
  private static final class Numbers extends StandInTask {
    private final List<String> asked = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();

    Numbers(Dataset data) {
      super(data);
    }

    @Override
    public Matrix run(String function, String split, String output) {
      asked.add(function + " " + split + " " + output);
      float[] values = new float[data().split(split).size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = i;
      }
      return new Matrix(values.length, 1, values);
    }

    @Override
    public Evaluation.Applied open(String function, List<Field> inputs) {
      assertThat(function).isEqualTo(Claires.LOSS);
      return new Evaluation.Applied() {
        @Override
        public Value run(Map<String, Value> batch, String output) {
          float[] images = Tensors.floats(batch.get(Watch.IMAGES));
          assertThat(Tensors.floats(batch.get(Watch.TEXTS))).isEqualTo(images);
          assertThat(Tensors.ints(batch.get(Watch.NUMBERS))[0]).isEqualTo((int) images[0] % 4);
          sizes.add(images.length);
          float[] loss = new float[images.length];
          java.util.Arrays.fill(loss, images[0]);
          return Tensors.floats(new long[] {loss.length}, loss);
        }

        @Override
        public Value records(List<Map<String, Value>> records, String output) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> objection(Map<String, Value> record) {
          return Optional.empty();
        }

        @Override
        public void close() {}
      };
    }
  }

  private static double measured(Numbers context) {
    Setup setup = Trials.setup(context.data(), Path.of("none"));
    return Watch.of(setup, 4).measure().apply(context);
  }

  /** Batches of 8, 8 and 4 records begin with the records 0, 8 and 16. */
  @Test
  void batchesCountByTheirSize() {
    Numbers context = new Numbers(TinyFilms.of(32, 20, 8));
    assertThat(measured(context)).isCloseTo((8 * 0 + 8 * 8 + 4 * 16) / 20.0, within(1e-9));
    assertThat(context.sizes).containsExactly(8, 8, 4);
    assertThat(context.asked)
        .containsExactly("embed validation projection", "embedText validation projection");
    assertThat(context.logged())
        .containsOnlyKeys("validation-loss", "validation-text-hit-at-3", "validation-text-mrr");
  }

  @Test
  void withoutAValidationSplitTheTrainingRecordsAreWatched() {
    Numbers context = new Numbers(TinyFilms.of(8, 0, 8));
    assertThat(measured(context)).isZero();
    assertThat(context.asked)
        .containsExactly("embed train projection", "embedText train projection");
    assertThat(context.logged()).containsOnlyKeys("train-loss");
  }

  /** The function that the watch opens is the objective that is trained. */
  @ParameterizedTest
  @ValueSource(strings = {"soft", "hard", "chosen"})
  void theFunctionLossIsTheObjective(String objective) {
    float[] t = Bench.normal(3 * 32, 1);
    float[] v = Bench.normal(3 * 32, 2);
    int[] numbers = {0, 1, 0};
    Setup setup = Trials.setup(TinyFilms.of(8, 0, 8), Path.of("none"), "objective=" + objective);
    ModelFunction function =
        new Claires()
            .plan(setup).functions().stream()
                .filter(f -> f.name().equals(Claires.LOSS))
                .findFirst()
                .orElseThrow();
    float[] found =
        Graphs.floats(
            scope ->
                function
                    .body()
                    .apply(
                        scope,
                        new Batch(
                            Map.of(
                                Watch.TEXTS, Bench.matrix(scope, t, 32),
                                Watch.IMAGES, Bench.matrix(scope, v, 32),
                                Watch.NUMBERS, scope.tf().constant(numbers))))
                    .get(Claires.LOSS));
    float expected =
        Graphs.scalar(
            scope ->
                objective.equals("soft")
                    ? ClairesLoss.soft(
                        scope, Bench.matrix(scope, t, 32), Bench.matrix(scope, v, 32), 1)
                    : ClairesLoss.hard(
                        scope,
                        Bench.matrix(scope, t, 32),
                        Bench.matrix(scope, v, 32),
                        scope.constant(objective.equals("hard") ? 1 / 0.07f : 10),
                        ClairesLoss.sameText(scope, scope.tf().constant(numbers))));
    assertThat(found).hasSize(3);
    assertThat(found[0]).isEqualTo(found[2]).isCloseTo(expected, within(1e-3f));
  }
}
