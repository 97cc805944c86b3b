package juxta.plugin.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import juxta.api.Comparison;
import juxta.api.GraphScope;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.testkit.Conformance;
import juxta.testkit.Graphs;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.contrast.Targets;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class SupconTest {
  private static Operand<TFloat32> loss(GraphScope scope, Comparison comparison, String... pairs) {
    return new SupconLoss().apply(scope, comparison, settings(pairs));
  }

  private static Settings settings(String... pairs) {
    return pairs.length == 0 ? Settings.DEFAULTS : Settings.of(Map.of(pairs[0], pairs[1]));
  }

  /** Rows of any pairing; positives are the rows of the same label. */
  @Test
  void conformsToTheReference() {
    JsonNode file = Conformance.read("supcon");
    int[] labels = Conformance.ints(file.at("/inputs/labels"));
    float[] same = new float[100];
    for (int i = 0; i < 10; i++) {
      for (int j = 0; j < 10; j++) {
        same[10 * i + j] = labels[i] == labels[j] ? 1 : 0;
      }
    }
    List<float[]> found =
        Graphs.all(
            scope -> {
              Operand<TFloat32> z = Trials.input(scope, file, "features");
              Comparison comparison =
                  Comparison.of(Similarity.cosine(scope, z, z), Graphs.tensor(scope, same, 10, 10))
                      .excluding(Targets.excludeSelf(scope, 10));
              Operand<TFloat32> loss = loss(scope, comparison);
              return List.of(
                  loss,
                  Trials.gradient(scope, loss, z),
                  loss(scope, comparison, "rescaled", "true"));
            });
    Trials.close(found.get(0), file, "loss");
    Trials.close(found.get(1), file, "grad_features");
    assertThat((double) found.get(2)[0]).isCloseTo(7.3180, within(1e-3)); // as released
  }

  private static double of(float[] z, int... labels) {
    return Graphs.scalar(
        scope -> {
          int n = 2 * labels.length;
          Operand<TFloat32> rows = Graphs.tensor(scope, z, n, z.length / n);
          return loss(scope, Supcon.contrast(scope, n, rows, scope.tf().constant(labels)));
        });
  }

  /** Labels that all differ leave the other view alone: SimCLR's NT-Xent, as its vector has it. */
  @Test
  void distinctLabelsAreSimclr() {
    JsonNode file = Conformance.read("ntxent");
    float temperature = (float) file.at("/inputs/temperature").asDouble();
    float[] found =
        Graphs.floats(
            scope -> {
              Operand<TFloat32> z =
                  scope
                      .tf()
                      .concat(
                          List.of(Trials.input(scope, file, "z0"), Trials.input(scope, file, "z1")),
                          scope.tf().constant(0));
              return loss(
                  scope,
                  Supcon.contrast(
                      scope, 16, z, scope.tf().constant(new int[] {0, 1, 2, 3, 4, 5, 6, 7})),
                  "temperature",
                  Float.toString(temperature));
            });
    Trials.close(found, file, "loss");
  }

  @Test
  void byHand() {
    float[] equal = new float[8 * 3];
    java.util.Arrays.fill(equal, 0.4f);
    assertThat(of(equal, 0, 1, 0, 1)).isCloseTo(Math.log(7), within(1e-5)); // log(2B - 1)
    assertThat(of(equal, 0, 0, 0, 0)).isCloseTo(Math.log(7), within(1e-5)); // its minimum, not 0
    float[] z = Trials.random(1, 24);
    double expected = of(z, 0, 1, 0, 2);
    assertThat(of(z, 5, 3, 5, 1)).isCloseTo(expected, within(1e-5)); // other names
    float[] longer = z.clone();
    float[] turned = new float[24]; // records in reverse order
    for (int i = 0; i < 24; i++) {
      longer[i] *= 3;
      turned[i] = z[i / 12 * 12 + 3 * (3 - i % 12 / 3) + i % 3];
    }
    assertThat(of(longer, 0, 1, 0, 2)).isCloseTo(expected, within(1e-4));
    assertThat(of(turned, 2, 0, 1, 0)).isCloseTo(expected, within(1e-4));
  }

  /** A row without positives counts as 0 and stays in the mean. */
  @Test
  void rowsWithoutPositives() {
    float[] both =
        Graphs.floats(
            scope ->
                loss(
                    scope,
                    Comparison.of(
                        Graphs.tensor(scope, new float[] {0, 0, 0, 0}, 2, 2),
                        Graphs.tensor(scope, new float[] {1, 0, 0, 0}, 2, 2))));
    assertThat((double) both[0]).isCloseTo(Math.log(2) / 2, within(1e-6));
  }

  @Test
  void dataWithoutLabelsAreRefused() {
    Supcon method = new Supcon();
    assertThatThrownBy(() -> method.plan(Trials.setup(method)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("have no class labels");
    assertThatThrownBy(
            () ->
                Graphs.scalar(
                    scope -> {
                      Operand<TFloat32> s = Graphs.tensor(scope, new float[4], 2, 2);
                      return loss(scope, Comparison.of(s, s).withSmoothedTargets());
                    }))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("soft-target");
  }
}
