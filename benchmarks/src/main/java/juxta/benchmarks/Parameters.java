package juxta.benchmarks;

import juxta.api.Parameter;
import juxta.plugin.baselines.encoders.ResNet18;
import juxta.toolkit.graph.GraphBuilder;
import org.tensorflow.Graph;

/** Counts trained values. */
final class Parameters {
  private Parameters() {}

  /** Of Juxta's ResNet-18 with the stem for small images. */
  static long juxta(int side) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "count");
      new ResNet18().create(builder.root(), new long[] {side, side, 3}, EngineLane.CIFAR_STEM);
      return builder.parameters().stream()
          .filter(Parameter::trained)
          .mapToLong(p -> p.shape().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b))
          .sum();
    }
  }
}
