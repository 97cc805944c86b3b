package juxta.plugin.baselines.methods;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import juxta.api.Method;
import juxta.testkit.TrialImages;

/** Runs of the methods with narrow heads on a few images. */
final class Trials {
  static final int B = 6;

  /** Keys in the queue: two batches. */
  static final int QUEUE = 12;

  private Trials() {}

  static FakeSetup setup(Method method, String... pairs) {
    return setup(B, method, pairs);
  }

  static FakeSetup setup(int batch, Method method, String... pairs) {
    Map<String, String> settings = new TreeMap<>();
    put(method, settings, "projection-hidden", "7");
    put(method, settings, "projection-out", "5");
    put(method, settings, "prediction-hidden", "4");
    put(method, settings, "queue", Integer.toString(QUEUE));
    put(method, settings, "optimizer", "sgd");
    for (String pair : pairs) {
      settings.put(pair.split("=")[0], pair.split("=")[1]);
    }
    return new FakeSetup(new TrialImages(20, 4), new TinyEncoder(), batch, 2, settings);
  }

  private static void put(Method method, Map<String, String> to, String key, String value) {
    if (method.settings().stream().anyMatch(s -> s.key().equals(key))) {
      to.put(key, value);
    }
  }

  /** Those that learn from two views. */
  static Stream<Method> twoViews() {
    return Stream.of(new Simclr(), new Mocov2(), new Mocov3(), new Byol(), new Simsiam());
  }

  /** Those with an averaged network. */
  static Stream<Method> averaging() {
    return Stream.of(new Mocov2(), new Mocov3(), new Byol());
  }
}
