package juxta.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import juxta.api.Dataset;
import juxta.api.Evaluation;
import juxta.api.Evaluator;
import juxta.api.Field;
import juxta.api.ModelFunction;
import juxta.api.Score;
import juxta.api.Setting;
import juxta.api.Split;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

class EvaluatorContractTest {
  private static Evaluator scoring(DoubleFunction<List<Score>> scores) {
    return new Good.GoodEvaluator() {
      @Override
      List<Score> score(double accuracy) {
        return scores.apply(accuracy);
      }
    };
  }

  private static Score rate(double value) {
    return new Score("accuracy", value, Score.Unit.RATE, Map.of("k", "1"));
  }

  private static Evaluator looking(String key, String value) {
    return new Good.GoodEvaluator() {
      @Override
      public List<Setting<?>> settings() {
        return List.of(Setting.integer("k", 1).describe("neighbours").source("made up"));
      }

      @Override
      public Optional<Map<String, String>> probing() {
        return Optional.of(Map.of(key, value));
      }
    };
  }

  private static Evaluator needing(String function) {
    return new Good.GoodEvaluator() {
      @Override
      public Set<String> functions() {
        return function.isEmpty() ? Set.of() : Set.of(function);
      }
    };
  }

  @TestFactory
  Stream<DynamicTest> contract() {
    return Breaking.tests(
        new Good.GoodEvaluator(),
        EvaluatorContract::promises,
        Map.of(
            EvaluatorContract.ASKS, List.of(needing(""), needing(" ")),
            EvaluatorContract.NUMBERS,
                List.of(
                    scoring(a -> List.of()),
                    scoring(a -> List.of(rate(Double.NaN))),
                    scoring(a -> List.of(rate(100 * a))),
                    scoring(a -> List.of(rate(a), rate(a)))),
            EvaluatorContract.PROTOCOL,
                List.of(scoring(a -> List.of(new Score("accuracy", a, Score.Unit.RATE, Map.of())))),
            EvaluatorContract.HIGHER,
                List.of(scoring(a -> List.of(rate(1 - a))), scoring(a -> List.of(rate(0.5)))),
            EvaluatorContract.CHANCE,
                List.of(
                    scoring(a -> List.of(rate(Math.max(a, 0.6)))), scoring(a -> List.of(rate(1)))),
            EvaluatorContract.LOOKS,
                List.of(looking("kk", "1"), looking("k", "one"), scoring(a -> List.of())),
            EvaluatorContract.REPEATED,
                List.of(scoring(a -> List.of(rate(1 / (1.0 + System.nanoTime() % 1_000_000)))))));
  }

  /** The share of bright voxels that lie in the mask. */
  private static Evaluator segmenting(DoubleFunction<Score> score) {
    return new Good.GoodEvaluator() {
      @Override
      public Set<String> functions() {
        return Set.of(ModelFunction.SEGMENT);
      }

      @Override
      public Set<String> fields() {
        return Set.of(Field.VOLUME, Field.MASK, "extent", "spacing");
      }

      @Override
      public List<Score> evaluate(Evaluation evaluation) {
        Split test = evaluation.data().split(Dataset.TEST);
        Value volume = test.value(Field.VOLUME, 0);
        List<Long> shape = evaluation.model().inputs(ModelFunction.SEGMENT).get(0).shape();
        Value batch =
            new Value(
                volume.type(),
                List.of(1L, shape.get(0), shape.get(1), shape.get(2), shape.get(3)),
                volume.data());
        try (Evaluation.Applied segment =
            evaluation.open(ModelFunction.SEGMENT, List.of(test.field(Field.VOLUME)))) {
          float[] found = Tensors.floats(segment.run(Map.of(Field.VOLUME, batch), "probabilities"));
          double bright = 0;
          double right = 0;
          for (int i = 0; i < found.length / 2; i++) {
            bright += found[2 * i + 1];
            right += found[2 * i + 1] * test.value(Field.MASK, 0).data().get(i);
          }
          return List.of(score.apply(right / bright));
        }
      }
    };
  }

  private static Score precision(double value) {
    return new Score("precision", value, Score.Unit.RATE, Map.of("k", "1"));
  }

  private static void trial(String promise, Evaluator evaluator) throws Throwable {
    EvaluatorContract.promises(evaluator).stream()
        .filter(p -> p.words().equals(promise))
        .findFirst()
        .orElseThrow()
        .test("segmenting")
        .getExecutable()
        .execute();
  }

  @Test
  void evaluatorsOfMasksAreTriedOnScans() throws Throwable {
    for (String promise :
        List.of(
            EvaluatorContract.NUMBERS,
            EvaluatorContract.PROTOCOL,
            EvaluatorContract.HIGHER,
            EvaluatorContract.REPEATED)) {
      trial(promise, segmenting(EvaluatorContractTest::precision));
    }
    assertThatThrownBy(
            () -> trial(EvaluatorContract.HIGHER, segmenting(value -> precision(1 - value))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("on noise");
    assertThatThrownBy(
            () -> trial(EvaluatorContract.NUMBERS, segmenting(value -> precision(100 * value))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("precision = 100");
  }

  @Test
  void whatNeitherImagesNorScansShowIsSkipped() {
    assertThatThrownBy(() -> trial(EvaluatorContract.NUMBERS, needing(ModelFunction.RECONSTRUCT)))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("masks of scans");
  }
}
