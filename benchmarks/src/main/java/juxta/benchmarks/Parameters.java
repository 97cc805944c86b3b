package juxta.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import juxta.api.Batch;
import juxta.api.Field;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Phase;
import juxta.api.Setup;
import juxta.api.StepContext;
import juxta.api.TrainingPhase;
import juxta.plugin.baselines.encoders.ResNet18;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TType;

/** Counts trained values. */
final class Parameters {
  private Parameters() {}

  /** Of Juxta's ResNet-18 with the stem for small images. */
  static long juxta(int side) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "count");
      new ResNet18().create(builder.root(), new long[] {side, side, 3}, EngineLane.CIFAR_STEM);
      return trained(builder);
    }
  }

  /** Of all that a step of a contest trains. */
  static long of(PeerTask task, Options options) {
    PeerTask.Work work = task.work(options);
    Phase.Training phase = (Phase.Training) work.method().plan(work.setup()).phases().get(0);
    TrainingPhase training = phase.create().apply(Path.of("."));
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "count");
      training.step().apply(new Counted(builder.root(), work.setup()));
      return trained(builder);
    }
  }

  private static long trained(GraphBuilder builder) {
    return builder.parameters().stream()
        .filter(Parameter::trained)
        .mapToLong(p -> p.shape().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b))
        .sum();
  }

  /** A step that nobody runs. */
  private record Counted(GraphScope scope, Setup setup) implements StepContext {
    @Override
    public Batch batch(String stream) {
      Map<String, Operand<? extends TType>> fields = new LinkedHashMap<>();
      for (Field field : setup.data().train().fields()) {
        long[] shape = new long[field.shape().size() + 1];
        shape[0] = setup.batch();
        for (int i = 1; i < shape.length; i++) {
          shape[i] = field.shape().get(i - 1);
        }
        fields.put(
            field.name(),
            scope.tf().placeholder(Tensors.type(field.type()), Placeholder.shape(Shape.of(shape))));
      }
      return new Batch(fields);
    }

    @Override
    public <T extends TType> Operand<T> feed(String name, Class<T> type, long... shape) {
      throw new UnsupportedOperationException("no contest has a step of several runs");
    }
  }
}
