package juxta.launcher.search;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Values that were used last, up to so much weight. Safe to use from several threads at once. */
final class Recent<V> {
  private final long most;
  private final ToLongFunction<V> weight;
  private final Map<String, V> values = new LinkedHashMap<>(16, 0.75f, true);
  private long total;

  Recent(long most, ToLongFunction<V> weight) {
    this.most = most;
    this.weight = weight;
  }

  synchronized Optional<V> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  synchronized void put(String key, V value) {
    V before = values.put(key, value);
    total += weight.applyAsLong(value) - (before == null ? 0 : weight.applyAsLong(before));
    var eldest = values.entrySet().iterator();
    while (total > most && eldest.hasNext()) {
      total -= weight.applyAsLong(eldest.next().getValue());
      eldest.remove();
    }
  }
}
