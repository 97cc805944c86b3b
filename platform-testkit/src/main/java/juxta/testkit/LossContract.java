package juxta.testkit;

import static juxta.testkit.Promise.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Loss;
import juxta.api.Settings;
import juxta.toolkit.contrast.Targets;
import juxta.toolkit.graph.GradientCheck;
import juxta.toolkit.graph.Gradients;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What a loss promises, tried with two views of three records each. */
final class LossContract {
  static final String SCALAR = "it is one finite number, at the ends of the cosines' range too";
  static final String LOWER = "it is lower where similarities agree with the targets";
  static final String GRADIENT = "its gradient is the one that finite differences find";
  static final String EXCLUDED = "excluded pairs have no influence on value and gradient";
  static final String TARGETS = "no gradient flows into the targets";

  private static final int RECORDS = 3;
  private static final int N = 2 * RECORDS;

  private LossContract() {}

  static List<Promise> promises(Loss loss) {
    return List.of(
        new Promise(SCALAR, () -> scalar(loss)),
        new Promise(LOWER, () -> lower(loss)),
        new Promise(GRADIENT, () -> gradient(loss)),
        new Promise(EXCLUDED, () -> excluded(loss)),
        new Promise(TARGETS, () -> targets(loss)));
  }

  private static Comparison views(GraphScope scope, Operand<TFloat32> similarities) {
    return Comparison.of(similarities, Targets.otherView(scope, RECORDS))
        .excluding(Targets.excludeSelf(scope, N));
  }

  /** Value, and gradient with respect to the similarities. */
  private static List<float[]> of(Loss loss, float[] similarities, boolean excluding) {
    return Graphs.all(
        scope -> {
          Operand<TFloat32> s = Graphs.tensor(scope, similarities, N, N);
          Comparison all = views(scope, s);
          Comparison comparison = excluding ? all : Comparison.of(s, all.targets());
          Operand<TFloat32> value = loss.apply(scope, comparison, Settings.DEFAULTS);
          List<Operand<TFloat32>> fetches = new ArrayList<>(List.of(value));
          fetches.addAll(Gradients.of(scope, value, List.of(s)));
          return fetches;
        });
  }

  private static float[] drawn(long seed) {
    Random random = new Random(seed);
    float[] drawn = new float[N * N];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = 1.8f * random.nextFloat() - 0.9f;
    }
    return drawn;
  }

  /** Similarities of {@code own} between views of one record, and {@code other} otherwise. */
  private static float[] apart(float own, float other) {
    float[] s = new float[N * N];
    for (int i = 0; i < s.length; i++) {
      s[i] = i / N % RECORDS == i % N % RECORDS ? own : other;
    }
    return s;
  }

  private static void scalar(Loss loss) {
    for (boolean excluding : List.of(true, false)) {
      for (float[] s : List.of(drawn(1), apart(1, 1), apart(-1, -1), apart(-1, 1))) {
        List<float[]> found = of(loss, s, excluding);
        require(found.get(0).length == 1, found.get(0).length + " numbers");
        require(Float.isFinite(found.get(0)[0]), found.get(0)[0] + " at " + Arrays.toString(s));
        for (float slope : found.get(1)) {
          require(Float.isFinite(slope), "a gradient of " + slope + " at " + Arrays.toString(s));
        }
      }
    }
  }

  private static void lower(Loss loss) {
    float good = of(loss, apart(0.9f, -0.5f), true).get(0)[0];
    float bad = of(loss, apart(-0.5f, 0.9f), true).get(0)[0];
    require(good < bad, good + " where they agree, " + bad + " where they do not");
  }

  private static void gradient(Loss loss) {
    List<GradientCheck.Finding> findings =
        GradientCheck.run(
            1,
            List.of(new long[] {N, N}),
            (scope, in) ->
                loss.apply(
                    scope, views(scope, scope.tf().math.tanh(in.get(0))), Settings.DEFAULTS));
    require(!findings.isEmpty(), "a loss that does not depend on the similarities");
    findings.forEach(
        f ->
            require(
                f.error() < 0.05,
                "a slope of " + f.gradient() + " where differences give " + f.difference()));
  }

  private static void excluded(Loss loss) {
    float[] plain = drawn(2);
    float[] other = plain.clone();
    for (int i = 0; i < N; i++) {
      other[i * N + i] = -other[i * N + i];
    }
    List<float[]> before = of(loss, plain, true);
    List<float[]> after = of(loss, other, true);
    require(
        Math.abs(before.get(0)[0] - after.get(0)[0])
            <= 1e-5 * Math.max(1, Math.abs(before.get(0)[0])),
        before.get(0)[0] + " and, with other similarities of excluded pairs, " + after.get(0)[0]);
    for (int i = 0; i < N; i++) {
      require(
          Math.abs(before.get(1)[i * N + i]) <= 1e-6,
          "a gradient of " + before.get(1)[i * N + i] + " at an excluded pair");
    }
  }

  private static void targets(Loss loss) {
    List<float[]> slopes =
        Graphs.all(
            scope -> {
              Operand<TFloat32> w =
                  scope.tf().math.mul(Targets.otherView(scope, RECORDS), scope.constant(1));
              Comparison comparison = Comparison.of(Graphs.tensor(scope, drawn(3), N, N), w);
              Operand<TFloat32> value = loss.apply(scope, comparison, Settings.DEFAULTS);
              return Gradients.of(scope, value, List.of(w));
            });
    for (float slope : slopes.get(0)) {
      require(slope == 0, "a gradient of " + slope);
    }
  }
}
