package juxta.testkit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import juxta.api.Evaluator;
import juxta.api.Score;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

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
            EvaluatorContract.REPEATED,
                List.of(scoring(a -> List.of(rate(1 / (1.0 + System.nanoTime() % 1_000_000)))))));
  }
}
