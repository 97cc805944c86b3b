package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
 */
public final class GradientCheck {
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
        return findings(seed, session, loss, gradients);
      }
    }
  }

  private static List<Finding> findings(
      long seed,
      GraphSession session,
      Operand<TFloat32> loss,
      Map<Parameter<TFloat32>, Operand<TFloat32>> gradients) {
    Random random = new Random(seed);
    List<Finding> findings = new ArrayList<>();
    gradients.forEach(
        (parameter, gradient) -> {
          Value start = session.read(List.of(parameter.name())).get(parameter.name());
          float[] at = Tensors.floats(start);
          float[] slope = session.floats(gradient);
          for (int repeat = 0; repeat < 3; repeat++) {
            float[] direction = direction(random, at.length);
            double expected = 0;
            for (int i = 0; i < at.length; i++) {
              expected += (double) slope[i] * direction[i];
            }
            findings.add(
                new Finding(
                    parameter.name(),
                    expected,
                    difference(session, loss, parameter, at, direction)));
          }
          session.write(parameter.name(), start);
        });
    return Collections.unmodifiableList(findings);
  }

  /** Fourth-order central difference: float32 arithmetic needs a step that is not tiny. */
  private static double difference(
      GraphSession session,
      Operand<TFloat32> loss,
      Parameter<TFloat32> parameter,
      float[] at,
      float[] direction) {
    double h = 1e-2;
    double[] f = new double[4];
    double[] offsets = {-2 * h, -h, h, 2 * h};
    for (int k = 0; k < 4; k++) {
      float[] moved = new float[at.length];
      for (int i = 0; i < at.length; i++) {
        moved[i] = (float) (at[i] + offsets[k] * direction[i]);
      }
      session.write(parameter.name(), Tensors.floats(parameter.dimensions(), moved));
      f[k] = session.floats(loss)[0];
    }
    return (f[0] - 8 * f[1] + 8 * f[2] - f[3]) / (12 * h);
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
