package juxta.toolkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;
import juxta.toolkit.Conformance;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  @Test
  void equalsScikitLearn() {
    JsonNode json = Conformance.read("semantic_segmentation");
    double[] truth = Conformance.numbers(json.at("/inputs/labels"));
    double[] predicted = Conformance.numbers(json.at("/inputs/predictions"));
    int ignored = json.at("/inputs/ignore").asInt();
    ConfusionMatrix found = new ConfusionMatrix(json.at("/inputs/classes").asInt());
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] != ignored) {
        found.add((int) truth[i], (int) predicted[i]);
      }
    }
    double tolerance = json.get("tolerance").asDouble();
    double[] iou = Conformance.numbers(json.at("/expected/iou"));
    for (int c = 0; c < iou.length; c++) {
      assertThat(found.iou(c)).isCloseTo(iou[c], within(tolerance));
    }
    assertThat(found.meanIou()).isCloseTo(expected(json, "miou"), within(tolerance));
    assertThat(found.accuracy()).isCloseTo(expected(json, "overall_accuracy"), within(tolerance));
    assertThat(found.meanF1()).isCloseTo(expected(json, "macro_f1"), within(tolerance));
  }

  private static double expected(JsonNode json, String name) {
    return json.at("/expected/" + name).asDouble();
  }

  /** Wikipedia, "Cohen's kappa": 20 and 15 agreements, 5 and 10 disagreements. */
  @Test
  void kappaOfAnExampleByHand() {
    ConfusionMatrix found = new ConfusionMatrix(2);
    add(found, 0, 0, 20);
    add(found, 0, 1, 5);
    add(found, 1, 0, 10);
    add(found, 1, 1, 15);
    assertThat(found.kappa()).isCloseTo(0.4, within(1e-12));
    assertThat(found.accuracy()).isCloseTo(0.7, within(1e-12));
  }

  private static void add(ConfusionMatrix found, int actual, int predicted, int times) {
    for (int i = 0; i < times; i++) {
      found.add(actual, predicted);
    }
  }

  @Test
  void aClassThatIsNowhereIsLeftOutOfMeans() {
    ConfusionMatrix found = new ConfusionMatrix(3);
    add(found, 0, 0, 3);
    add(found, 2, 0, 1);
    assertThat(found.iou(1)).isNaN();
    assertThat(found.f1(1)).isNaN();
    assertThat(found.meanIou()).isCloseTo((0.75 + 0) / 2, within(1e-12));
    assertThat(found.total()).isEqualTo(4);
    ConfusionMatrix one = new ConfusionMatrix(2);
    add(one, 1, 1, 5);
    assertThat(one.kappa()).isZero();
    assertThat(one.meanIou()).isEqualTo(1);
  }

  @Test
  void f1FollowsFromIouAndChanceHasNoKappa() {
    Random random = new Random(1);
    for (int round = 0; round < 20; round++) {
      int classes = 2 + random.nextInt(5);
      ConfusionMatrix found = new ConfusionMatrix(classes);
      for (int i = 0; i < 20_000; i++) {
        found.add(random.nextInt(classes), random.nextInt(classes));
      }
      for (int c = 0; c < classes; c++) {
        double iou = found.iou(c);
        assertThat(found.f1(c)).isCloseTo(2 * iou / (1 + iou), within(1e-12));
      }
      assertThat(found.kappa()).isCloseTo(0, within(0.05));
    }
  }
}
