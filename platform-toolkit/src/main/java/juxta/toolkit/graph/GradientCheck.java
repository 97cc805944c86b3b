package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Parameter;
import juxta.api.Value;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Compares gradients with finite differences: for every trained parameter of a small graph, and for
 * inputs given as parameters, the directional derivative along random directions must agree.
 *
 * <p>The gradients are those of the graph as it was built, in float32. The differences are taken of
 * the same graph in double precision, so that they are right to many digits on any processor. Where
 * an operation has no double precision they are those of float32, right to two digits or three.
 */
public final class GradientCheck {
  /** Of the differences across 1, 2 and 3 steps to either side. */
  private static final double[] WEIGHTS = {3 / 4.0, -3 / 20.0, 1 / 60.0};

  /** Near enough that hardly a corner of the function lies between, as double precision allows. */
  private static final double PRECISE_STEP = 1e-4;

  /** Far enough that the rounding of float32 is small beside the difference. */
  private static final double SINGLE_STEP = 0.1;

  private GradientCheck() {}

  /**
   * What the check found for one parameter and one direction.
   *
   * @param parameter full name
   * @param gradient derivative by the gradient
   * @param difference derivative by finite differences
   */
  public record Finding(String parameter, double gradient, double difference) {
    /**
     * How far the two are apart, relative to their size.
     *
     * @return 0 for equal values
     */
    public double error() {
      return Math.abs(gradient - difference)
          / Math.max(1e-2, Math.max(Math.abs(gradient), Math.abs(difference)));
    }
  }

  /**
   * Checks a function of random inputs.
   *
   * @param seed seed of parameters, inputs and directions
   * @param shapes shapes of the inputs, drawn from a normal distribution
   * @param build builds a scalar from the inputs; may make parameters of its own
   * @return three findings for each input (named {@code input.0}, …) and trained parameter
   */
  public static List<Finding> run(
      long seed,
      List<long[]> shapes,
      BiFunction<GraphScope, List<Operand<TFloat32>>, Operand<TFloat32>> build) {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, seed, "check");
      GraphScope scope = builder.root();
      List<Operand<TFloat32>> inputs = new ArrayList<>();
      for (int i = 0; i < shapes.size(); i++) {
        inputs.add(
            scope
                .sub("input")
                .weight(
                    Integer.toString(i),
                    Layout.PLAIN,
                    (tf, shape, s) -> tf.random.statelessRandomNormal(tf.constant(shape), s),
                    shapes.get(i))
                .value());
      }
      Operand<TFloat32> loss = build.apply(scope, inputs);
      Map<Parameter<TFloat32>, Operand<TFloat32>> gradients =
          Gradients.ofTrained(scope, loss, builder.parameters());
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        Map<String, Value> start =
            session.read(builder.parameters().stream().map(Parameter::name).toList());
        Optional<DoubleGraph> precise = DoubleGraph.of(builder, loss, start);
        if (precise.isEmpty()) {
          return findings(
              seed, session, start, gradients, new Function(SINGLE_STEP, single(session, loss)));
        }
        try (DoubleGraph twin = precise.get()) {
          agree(session.floats(loss)[0], twin.value());
          return findings(
              seed, session, start, gradients, new Function(PRECISE_STEP, precise(builder, twin)));
        }
      }
    }
  }

  /** The loss where one parameter has other values than at the start. */
  @FunctionalInterface
  private interface Moved {
    double at(String parameter, List<Long> shape, double[] values);
  }

  /** The loss, and the step that leaves its differences least wrong. */
  private record Function(double step, Moved moved) {
    /** Central difference of sixth order. */
    double difference(String parameter, List<Long> shape, float[] at, float[] direction) {
      double sum = 0;
      for (int k = 0; k < WEIGHTS.length; k++) {
        sum +=
            WEIGHTS[k]
                * (moved.at(parameter, shape, along(at, direction, (k + 1) * step))
                    - moved.at(parameter, shape, along(at, direction, -(k + 1) * step)));
      }
      return sum / step;
    }

    private static double[] along(float[] at, float[] direction, double distance) {
      double[] values = new double[at.length];
      for (int i = 0; i < at.length; i++) {
        values[i] = at[i] + distance * direction[i];
      }
      return values;
    }
  }

  private static Moved precise(GraphBuilder builder, DoubleGraph twin) {
    return (parameter, shape, values) ->
        twin.at(DoubleGraph.read(builder, parameter), shape, values);
  }

  private static Moved single(GraphSession session, Operand<TFloat32> loss) {
    return (parameter, shape, values) -> {
      Value before = session.read(List.of(parameter)).get(parameter);
      float[] floats = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        floats[i] = (float) values[i];
      }
      session.write(
          parameter, Tensors.floats(shape.stream().mapToLong(Long::longValue).toArray(), floats));
      double value = session.floats(loss)[0];
      session.write(parameter, before);
      return value;
    };
  }

  private static void agree(double single, double precise) {
    if (Math.abs(single - precise) > 1e-3 * Math.max(1, Math.abs(precise))) {
      throw new IllegalStateException(
          "the function is " + single + " in float32 and " + precise + " in double precision");
    }
  }

  private static List<Finding> findings(
      long seed,
      GraphSession session,
      Map<String, Value> start,
      Map<Parameter<TFloat32>, Operand<TFloat32>> gradients,
      Function function) {
    Random random = new Random(seed);
    List<Finding> findings = new ArrayList<>();
    gradients.forEach(
        (parameter, gradient) -> {
          String name = parameter.name();
          float[] at = Tensors.floats(start.get(name));
          float[] slope = session.floats(gradient);
          for (int repeat = 0; repeat < 3; repeat++) {
            float[] direction = direction(random, at.length);
            double expected = 0;
            for (int i = 0; i < at.length; i++) {
              expected += (double) slope[i] * direction[i];
            }
            findings.add(
                new Finding(
                    name,
                    expected,
                    function.difference(name, start.get(name).shape(), at, direction)));
          }
        });
    return Collections.unmodifiableList(findings);
  }

  private static float[] direction(Random random, int size) {
    float[] direction = new float[size];
    double norm = 0;
    for (int i = 0; i < size; i++) {
      direction[i] = (float) random.nextGaussian();
      norm += direction[i] * direction[i];
    }
    for (int i = 0; i < size; i++) {
      direction[i] /= (float) Math.sqrt(norm);
    }
    return direction;
  }
}
