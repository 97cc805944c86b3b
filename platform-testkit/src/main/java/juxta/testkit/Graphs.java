package juxta.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import juxta.api.Batch;
import juxta.api.Dataset;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Step;
import juxta.api.TrainingPhase;
import juxta.api.Value;
import juxta.engine.hardware.DeviceChoice;
import juxta.engine.hardware.Devices;
import juxta.engine.train.ParameterStore;
import juxta.engine.train.Placement;
import juxta.engine.train.Precision;
import juxta.engine.train.StepDriver;
import juxta.engine.train.Trainer;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * Small graphs for tests: each is built, run once on the processor and given back. Parameters have
 * their first values.
 */
public final class Graphs {
  private Graphs() {}

  /**
   * Computes a tensor in a graph of its own, with seed 1.
   *
   * @param build makes it
   * @return its elements, row-major
   */
  public static float[] floats(Function<GraphScope, Operand<TFloat32>> build) {
    return floats(1, build);
  }

  /**
   * Computes a tensor in a graph of its own.
   *
   * @param seed the run's seed
   * @param build makes it
   * @return its elements, row-major
   */
  public static float[] floats(long seed, Function<GraphScope, Operand<TFloat32>> build) {
    return Tensors.floats(values(seed, Map.of(), s -> List.of(build.apply(s))).get(0));
  }

  /**
   * Computes a tensor of one element in a graph of its own, with seed 1.
   *
   * @param build makes it
   * @return the element
   */
  public static float scalar(Function<GraphScope, Operand<TFloat32>> build) {
    float[] all = floats(build);
    if (all.length != 1) {
      throw new IllegalArgumentException(all.length + " elements, not one");
    }
    return all[0];
  }

  /**
   * Computes some tensors in a graph of its own, with seed 1.
   *
   * @param build makes them
   * @return the elements of each, row-major
   */
  public static List<float[]> all(Function<GraphScope, List<Operand<TFloat32>>> build) {
    return values(1, Map.of(), build).stream().map(Tensors::floats).toList();
  }

  /**
   * Computes a tensor in a graph of its own, with seed 1.
   *
   * @param parameters values of parameters, by full name; the others have their first
   * @param build makes it
   * @return its value
   */
  public static Value value(
      Map<String, Value> parameters, Function<GraphScope, Operand<TFloat32>> build) {
    return values(1, parameters, s -> List.of(build.apply(s))).get(0);
  }

  /**
   * Computes a tensor in a graph of its own, with seed 1.
   *
   * @param parameters values of parameters, by full name; the others have their first
   * @param build makes it
   * @return its elements, row-major
   */
  public static float[] floats(
      Map<String, Value> parameters, Function<GraphScope, Operand<TFloat32>> build) {
    return Tensors.floats(value(parameters, build));
  }

  /**
   * The parameters that a graph has; nothing is run.
   *
   * @param build makes it
   * @return in order of creation
   */
  public static List<Parameter<?>> parameters(Function<GraphScope, ?> build) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "train");
      build.apply(builder.root());
      return builder.parameters();
    }
  }

  /**
   * A tensor of constants, with an operation behind it that gradients can end at.
   *
   * @param scope where to build
   * @param values its elements, row-major
   * @param shape its shape, -1 for one axis that follows from the others
   * @return the tensor
   */
  public static Operand<TFloat32> tensor(GraphScope scope, float[] values, long... shape) {
    return scope.tf().reshape(scope.tf().constant(values), scope.tf().constant(shape));
  }

  private static List<Value> values(
      long seed,
      Map<String, Value> parameters,
      Function<GraphScope, List<Operand<TFloat32>>> build) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, seed, "train");
      List<Operand<TFloat32>> fetches = build.apply(builder.root());
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        session.write(parameters);
        return session.values(Map.of(), fetches, List.of());
      }
    }
  }

  /** Runs a graph on some training records, once at each of the given steps. */
  static List<List<Value>> values(
      long seed,
      Dataset data,
      int[] records,
      List<Long> steps,
      BiFunction<GraphScope, Batch, List<? extends Operand<? extends TType>>> build) {
    List<Operand<? extends TType>> fetches = new ArrayList<>();
    TrainingPhase phase =
        TrainingPhase.of(
            1,
            Fixed.of(Dataset.TRAIN, records),
            Map.of(),
            context -> {
              fetches.addAll(build.apply(context.scope(), context.batch()));
              return Step.of(context.scope().constant(0));
            });
    try (StepDriver driver =
        new StepDriver("contract", phase, conditions(data, seed), new ParameterStore())) {
      Map<String, Operand<? extends TType>> numbered = new LinkedHashMap<>();
      fetches.forEach(fetch -> numbered.put(Integer.toString(numbered.size()), fetch));
      return steps.stream()
          .map(step -> List.copyOf(driver.look(step, numbered, Map.of()).values()))
          .toList();
    }
  }

  /** On the processor, without a folder. */
  static Trainer.Conditions conditions(Dataset data, long seed) {
    return new Trainer.Conditions(
        data,
        seed,
        Precision.FLOAT32,
        new Placement(Devices.here().choose(new DeviceChoice.Cpu()), 0),
        Path.of(""));
  }

  /** The first records of a split. */
  static int[] first(int n) {
    return IntStream.range(0, n).toArray();
  }

  /** Whether all elements are finite. */
  static boolean finite(Value value) {
    for (float x : Tensors.floats(value)) {
      if (!Float.isFinite(x)) {
        return false;
      }
    }
    return true;
  }
}
