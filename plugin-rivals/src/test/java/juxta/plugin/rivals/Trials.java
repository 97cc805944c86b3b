package juxta.plugin.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Method;
import juxta.api.TrainingPhase;
import juxta.testkit.Conformance;
import juxta.testkit.Graphs;
import juxta.testkit.StepRig;
import juxta.testkit.TrialImages;
import juxta.toolkit.contrast.SoftCrossEntropy;
import juxta.toolkit.graph.Gradients;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Runs with narrow heads on a few images, and tensors of reference files. */
final class Trials {
  static final int B = 6;
  static final int SIDE = 8;

  /** Rows of queues: two batches. */
  static final int QUEUE = 12;

  private static final Map<String, String> NARROW =
      Map.ofEntries(
          Map.entry("projection-hidden", "7"),
          Map.entry("projection-out", "5"),
          Map.entry("prediction-hidden", "4"),
          Map.entry("queue", Integer.toString(QUEUE)),
          Map.entry("prototypes", "9"),
          Map.entry("bottleneck", "4"),
          Map.entry("local-crops", "2"),
          Map.entry("optimizer", "sgd"));

  private Trials() {}

  static Map<String, String> settings(Method method, String... pairs) {
    Map<String, String> settings = new TreeMap<>();
    NARROW.forEach(
        (key, value) -> {
          if (method.settings().stream().anyMatch(s -> s.key().equals(key))) {
            settings.put(key, value);
          }
        });
    for (String pair : pairs) {
      settings.put(pair.split("=")[0], pair.split("=")[1]);
    }
    return settings;
  }

  static FakeSetup setup(Method method, String... pairs) {
    return new FakeSetup(new TrialImages(20, SIDE), B, settings(method, pairs));
  }

  static StepRig rig(Method method, String... pairs) {
    return rig(method, setup(method, pairs));
  }

  /** The step of a method's only phase; every step sees the first images. */
  static StepRig rig(Method method, FakeSetup setup) {
    return StepRig.of(method, setup)
        .open()
        .scalar(TrainingPhase.LEARNING_RATE, 0.01)
        .scalar(TrainingPhase.MOMENTUM, 0.9);
  }

  /** The parameters that one rig has are given to another. */
  static void give(StepRig from, StepRig to) {
    var all = new TreeMap<>(from.snapshot());
    all.keySet().retainAll(to.names());
    to.write(all);
  }

  static Operand<TFloat32> crossEntropy(
      GraphScope scope, Comparison comparison, double temperature) {
    Operand<TFloat32> logits =
        scope.tf().math.mul(comparison.similarities(), scope.constant((float) (1 / temperature)));
    return SoftCrossEntropy.apply(
        scope,
        comparison
            .excluded()
            .map(pairs -> SoftCrossEntropy.without(scope, logits, pairs))
            .orElse(logits),
        comparison.targets());
  }

  /** An input of a reference file, of its shape. */
  static Operand<TFloat32> input(GraphScope scope, JsonNode file, String name) {
    JsonNode node = file.at("/inputs/" + name);
    List<Long> shape = new ArrayList<>();
    for (JsonNode at = node; at.isArray(); at = at.get(0)) {
      shape.add((long) at.size());
    }
    return Graphs.tensor(
        scope, Conformance.floats(node), shape.stream().mapToLong(Long::longValue).toArray());
  }

  static void close(float[] found, JsonNode file, String name) {
    float[] expected = Conformance.floats(file.at("/expected/" + name));
    if (expected.length == 0) { // one number
      expected = new float[] {(float) file.at("/expected/" + name).asDouble()};
    }
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      double allowed = 1e-4 * Math.max(1, Math.abs(expected[i]));
      assertThat((double) found[i]).as(name).isCloseTo(expected[i], within(allowed));
    }
  }

  static Operand<TFloat32> gradient(
      GraphScope scope, Operand<TFloat32> of, Operand<TFloat32> with) {
    return Gradients.of(scope, of, List.of(with)).get(0);
  }

  static float[] random(long seed, int size) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
