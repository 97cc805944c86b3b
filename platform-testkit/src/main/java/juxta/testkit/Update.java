package juxta.testkit;

import java.util.Map;
import juxta.api.FieldType;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;

/**
 * What a step makes of a parameter.
 *
 * @param before its value before the step
 * @param after its value after it
 */
record Update(Value before, Value after) {
  /**
   * How far a step that ought to be the same parts from this one: the median over the parameters
   * that it changes of {@code |other - after| / |after - before|}, 0 where it changes none. Not the
   * greatest: an optimiser that divides by the size of a gradient takes a full step for one that is
   * rounding and nothing else, as that of a bias before a batch normalisation is.
   */
  static double apart(Map<String, Update> updates, Map<String, Value> others) {
    double[] apart =
        updates.entrySet().stream()
            .filter(e -> e.getValue().changes())
            .mapToDouble(e -> e.getValue().apart(others.get(e.getKey())))
            .sorted()
            .toArray();
    return apart.length == 0 ? 0 : apart[apart.length / 2];
  }

  private boolean changes() {
    return after.type() == FieldType.FLOAT32 && distance(before, after) > 0;
  }

  private double apart(Value other) {
    return distance(after, other) / distance(before, after);
  }

  private static double distance(Value a, Value b) {
    float[] x = Tensors.floats(a);
    float[] y = Tensors.floats(b);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += ((double) x[i] - y[i]) * ((double) x[i] - y[i]);
    }
    return Math.sqrt(sum);
  }
}
