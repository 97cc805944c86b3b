package juxta.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import juxta.api.Layout;
import juxta.api.Schedule;
import juxta.api.TrainingPhase;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which weights a phase ends with. */
class ValidatorTest {
  @ParameterizedTest
  @CsvSource({
    "'0.1 0.3 0.2', false, 1",
    "'0.1 0.3 0.2', true, 0",
    "'0.3 0.3 0.2', false, 0",
    "'NaN 0.3 0.2', false, 1",
    "'NaN 0.3 0.2', true, 2",
    "'0.3 NaN 0.4', false, 2",
    "'0.3 NaN NaN', true, 0"
  })
  void theFirstOfTheBestIsKept(String measured, boolean lowerIsBetter, int best) {
    double[] values =
        List.of(measured.split(" ")).stream().mapToDouble(Double::parseDouble).toArray();
    List<Double> queue = new ArrayList<>(DoubleStream.of(values).boxed().toList());
    TrainingPhase phase =
        TrainingPhase.of(
                9, Samplers.shuffled("train", 4, 2), Map.<String, Schedule>of(), context -> null)
            .validatedBy(
                new TrainingPhase.Validation(
                    1, context -> queue.remove(0), lowerIsBetter, true, 0));
    Validator validator = new Validator(phase, new ArrayList<>());
    ParameterStore store = new ParameterStore(Map.of());
    for (int i = 0; i < values.length; i++) {
      store.put("w", new ParameterStore.Entry(Tensors.floats(new long[] {1}, i), Layout.PLAIN));
      assertThat(validator.measure(null, store)).isTrue();
    }
    validator.restoreBest(store);
    assertThat(Tensors.floats(store.value("w"))).containsExactly(best);
    assertThat(store.names()).containsExactly("w");
  }
}
