package juxta.engine.train;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import juxta.api.ModelFunction;
import juxta.api.Value;

/** How many numbers a model is made of. */
public final class ParameterCounts {
  private ParameterCounts() {}

  /**
   * Counts.
   *
   * @param model a trained model
   * @return {@code encoder}: those of its function {@code encode}, where it has one; {@code all}:
   *     everything that was trained or kept, with averaged copies and statistics, without what the
   *     optimiser remembers
   */
  public static Map<String, Long> of(FrozenModel model) {
    Map<String, Long> counts = new LinkedHashMap<>();
    if (model.functions().contains(ModelFunction.ENCODE)) {
      Collection<String> names = EncoderParameters.of(model).keySet();
      counts.put("encoder", sum(model.store(), names));
    }
    counts.put(
        "all",
        sum(
            model.store(),
            model.store().names().stream()
                .filter(name -> !name.startsWith(ParameterStore.OPTIMIZER))
                .toList()));
    return counts;
  }

  private static long sum(ParameterStore store, Collection<String> names) {
    return names.stream().mapToLong(name -> size(store.value(name))).sum();
  }

  private static long size(Value value) {
    return value.shape().stream().mapToLong(Number::longValue).reduce(1, (a, b) -> a * b);
  }
}
