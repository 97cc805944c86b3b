package juxta.plugin.grass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Map;
import juxta.api.Pass;
import juxta.api.Step;
import juxta.api.Value;
import juxta.testkit.StepRig;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What a guided step sees, what it changes and what it leaves alone. */
class GuidedStepTest {
  private static final String PLAIN = "discrimination-share=1";
  private static final String GUIDED = "discrimination-share=0";
  private static final int VIEWS = 2 * FakeSetup.N;

  private static List<CropBox> boxes(StepRig rig) {
    Value maps = Trials.guidance(rig).get("maps");
    return new CropChoice(
            maps.shape().get(1).intValue(), maps.shape().get(2).intValue(), FakeSetup.SIDE, 0.5)
        .all(Tensors.floats(maps));
  }

  @ParameterizedTest
  @ValueSource(strings = {"larc", "adamw"})
  void withThresholdOneItIsSimclrStepByStep(String optimizer) {
    String with = "optimizer=" + optimizer;
    try (StepRig plain = Trials.rig(FakeSetup.of(PLAIN, with));
        StepRig guided = Trials.rig(FakeSetup.of(GUIDED, with, "threshold=1"))) {
      assertThat(guided.step().runs()).hasSize(1);
      assertThat(plain.step().runs()).isEmpty();
      Map<String, Value> start = plain.snapshot();
      for (int step = 0; step < 4; step++) {
        assertThat(guided.loss(step)).isEqualTo(plain.loss(step));
        assertThat(guided.snapshot()).isEqualTo(plain.snapshot());
      }
      assertThat(guided.snapshot()).isNotEqualTo(start);
    }
  }

  /** Without weights the head sends all views to one place, and no gradient comes back. */
  @Test
  void flatMapsMakeItASimclrStep() {
    try (StepRig plain = Trials.rig(FakeSetup.of(PLAIN, "projection-relu=false"));
        StepRig guided = Trials.rig(FakeSetup.of(GUIDED, "projection-relu=false"))) {
      for (StepRig rig : List.of(plain, guided)) {
        rig.write("projection.0.weight", old -> new float[old.length]);
      }
      assertThat(boxes(guided)).hasSize(VIEWS).containsOnly(CropBox.whole(FakeSetup.SIDE));
      assertThat(guided.loss(0)).isEqualTo(plain.loss(0));
      assertThat(guided.snapshot()).isEqualTo(plain.snapshot());
    }
  }

  /**
   * A guided step is a SimCLR step on the crops, which are constants: nothing comes from the pass
   * that guides, neither gradients nor running statistics.
   */
  @Test
  void itIsASimclrStepOnTheCrops() {
    for (String optimizer : List.of("optimizer=sgd", "optimizer=larc")) {
      float[] crops;
      Map<String, Value> start;
      Map<String, Value> end;
      double loss;
      FakeSetup seen = FakeSetup.of(GUIDED, optimizer);
      try (StepRig guided = Trials.rig(seen)) {
        List<CropBox> boxes = boxes(guided);
        assertThat(boxes).anyMatch(box -> !box.equals(CropBox.whole(FakeSetup.SIDE)));
        float[] views = guided.look(seen.uses.get(0).input());
        crops = Plain.crops(views, boxes, FakeSetup.SIDE, 3);
        start = guided.snapshot();
        loss = guided.loss(0);
        end = guided.snapshot();
      }
      try (StepRig plain = Trials.rig(FakeSetup.seeing(crops, PLAIN, optimizer))) {
        assertThat(plain.snapshot()).isEqualTo(start);
        assertThat(plain.loss(0)).isEqualTo(loss);
        assertThat(plain.snapshot()).isEqualTo(end).isNotEqualTo(start);
      }
    }
  }

  @Test
  void thePassThatGuidesChangesNothing() {
    try (StepRig rig = Trials.rig(FakeSetup.of(GUIDED))) {
      rig.train(0); // the optimiser has something to lose
      Map<String, Value> before = rig.snapshot();
      assertThat(before.keySet()).anyMatch(name -> name.startsWith("optimizer."));
      Trials.guidance(rig);
      assertThat(rig.snapshot()).isEqualTo(before);
    }
  }

  @Test
  void bothPassesUseTheStatisticsOfTheBatch() {
    FakeSetup setup = FakeSetup.of(GUIDED);
    try (StepRig rig = Trials.rig(setup)) {
      assertThat(setup.uses)
          .extracting(TinyEncoder.Use::pass)
          .containsExactly(Pass.PROBING, Pass.TRAINING);
      assertThat(rig.step().outputs()).containsKeys(Step.LOSS, Step.EMBEDDING, "crop-area");
    }
  }

  @Test
  void noGradientReachesTheViewsOrThePassThatGuides() {
    FakeSetup setup = FakeSetup.of(GUIDED);
    try (StepRig rig = Trials.rig(setup)) {
      TinyEncoder.Use guiding = setup.uses.get(0);
      TinyEncoder.Use training = setup.uses.get(1);
      List<Operand<TFloat32>> gradients =
          Gradients.of(
              rig.scope(),
              rig.made(Step.LOSS),
              List.of(guiding.input(), guiding.map(), training.map()));
      List<CropBox> boxes = boxes(rig);
      assertThat(rig.look(gradients.get(0), Trials.fed(boxes))).containsOnly(0);
      assertThat(rig.look(gradients.get(1), Trials.fed(boxes))).containsOnly(0);
      assertThat(rig.look(gradients.get(2), Trials.fed(boxes)))
          .isNotEqualTo(new float[VIEWS * 16 * TinyEncoder.WIDTH]);
    }
  }

  @Test
  void theAreaOfTheCropsIsTold() {
    try (StepRig rig = Trials.rig(FakeSetup.of(GUIDED))) {
      double area =
          boxes(rig).stream()
                  .mapToInt(b -> (b.bottom() - b.top()) * (b.right() - b.left()))
                  .average()
                  .orElseThrow()
              / (FakeSetup.SIDE * FakeSetup.SIDE);
      assertThat((double) Tensors.floats(rig.train(0).get("crop-area"))[0])
          .isCloseTo(area, within(1e-6))
          .isLessThan(1);
    }
  }

  /**
   * With the crops kept, the first step of SGD takes off the loss what the square of the gradient
   * promises. (The next step's crops are others, so losses of several steps tell little.)
   */
  @Test
  void aGuidedStepGoesDownTheLossOfItsCrops() {
    try (StepRig rig = Trials.rig(FakeSetup.of(GUIDED, "optimizer=sgd"))) {
      List<CropBox> boxes = boxes(rig);
      Operand<TFloat32> loss = rig.made(Step.LOSS);
      double before = rig.look(loss, Trials.fed(boxes))[0];
      Map<String, Value> start = rig.snapshot();
      assertThat(rig.loss(0)).isCloseTo(before, within(1e-6));
      double moved = 0;
      for (String weight : List.of("encoder", "projection")) {
        moved += squaredDistance(start, rig.snapshot(), weight);
      }
      assertThat(before - rig.look(loss, Trials.fed(boxes))[0])
          .isCloseTo(moved / Trials.RATE, withinPercentage(5));
    }
  }

  private static double squaredDistance(
      Map<String, Value> before, Map<String, Value> after, String scope) {
    double sum = 0;
    for (String name : before.keySet()) {
      if (name.startsWith(scope + ".") && !name.contains(".running_")) {
        float[] a = Tensors.floats(before.get(name));
        float[] b = Tensors.floats(after.get(name));
        for (int i = 0; i < a.length; i++) {
          sum += (double) (a[i] - b[i]) * (a[i] - b[i]);
        }
      }
    }
    return sum;
  }

  /** Both projectors, with biases; SimCLR's loss over what they make, in plain arithmetic. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lossIsNtXentOverTheProjectionsOfTwoViews(boolean relu) {
    try (StepRig rig = Trials.rig(FakeSetup.of(PLAIN, "projection-relu=" + relu))) {
      String last = relu ? "projection.2." : "projection.1.";
      assertThat(rig.snapshot().keySet())
          .contains("projection.0.weight", "projection.0.bias", last + "weight", last + "bias");
      float[] h = rig.look(rig.made(Step.EMBEDDING));
      double[][] z =
          linear(linear(rows(h, TinyEncoder.WIDTH), rig, "projection.0.", relu), rig, last, false);
      double loss = 0;
      for (int i = 0; i < VIEWS; i++) {
        double sum = 0;
        for (int k = 0; k < VIEWS; k++) {
          sum += k == i ? 0 : Math.exp(cosine(z[i], z[k]) / 0.5);
        }
        int positive = (i + FakeSetup.N) % VIEWS;
        loss += (Math.log(sum) - cosine(z[i], z[positive]) / 0.5) / VIEWS;
      }
      assertThat(rig.loss(0)).isCloseTo(loss, within(1e-4));
    }
  }

  private static double[][] rows(float[] values, int columns) {
    double[][] rows = new double[values.length / columns][columns];
    for (int i = 0; i < values.length; i++) {
      rows[i / columns][i % columns] = values[i];
    }
    return rows;
  }

  private static double[][] linear(double[][] x, StepRig rig, String at, boolean relu) {
    float[] bias = rig.stored(at + "bias");
    double[][] weight = rows(rig.stored(at + "weight"), bias.length); // [in, out]
    double[][] y = new double[x.length][bias.length];
    for (int i = 0; i < x.length; i++) {
      for (int o = 0; o < bias.length; o++) {
        y[i][o] = bias[o];
        for (int k = 0; k < weight.length; k++) {
          y[i][o] += x[i][k] * weight[k][o];
        }
        y[i][o] = relu ? Math.max(0, y[i][o]) : y[i][o];
      }
    }
    return y;
  }

  private static double cosine(double[] a, double[] b) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
      first += a[i] * a[i];
      second += b[i] * b[i];
    }
    return product / Math.sqrt(first * second);
  }
}
