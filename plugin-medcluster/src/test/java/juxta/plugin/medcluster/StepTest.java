package juxta.plugin.medcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Matrix;
import juxta.api.Pass;
import juxta.api.Step;
import juxta.api.Value;
import juxta.testkit.Graphs;
import juxta.testkit.StepRig;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class StepTest {
  private static final int B = 6;
  private static final int Q = 8;

  private static Design design(String... more) {
    String[] all = Arrays.copyOf(more, more.length + 3);
    all[more.length] = "latent=" + Q;
    all[more.length + 1] = "decoder-width=4";
    all[more.length + 2] = "clusters=3";
    return Design.of(FakeSetup.of(Blobs.of(12), B, all), true);
  }

  @Test
  void shapesAreThoseOfThePaper() {
    Design design = Design.of(FakeSetup.of(new Blobs(2, 32, 1, 0), 2, "decoder-width=4"), true);
    Value images =
        Graphs.value(
            Map.of(),
            scope -> {
              Autoencoder f = new Autoencoder(scope, design);
              Operand<TFloat32> x = views(scope, design);
              Operand<TFloat32> h = f.embed(x);
              assertThat(h.shape().get(1)).isEqualTo(50);
              assertThat(f.project(h, Pass.INFERENCE).shape().get(1)).isEqualTo(50);
              return f.decode(h, Pass.INFERENCE);
            });
    assertThat(images.shape()).containsExactly(2L, 32L, 32L, 1L);
    for (float value : Tensors.floats(images)) {
      assertThat(value).isGreaterThan(0).isLessThan(1);
    }
  }

  private static Operand<TFloat32> views(juxta.api.GraphScope scope, Design design) {
    var tf = scope.tf();
    return tf.math.div(
        tf.dtypes.cast(
            Trials.images(scope, design.setup().data().train(), design.setup().batch()),
            TFloat32.class),
        scope.constant(255));
  }

  @Test
  void theFirstLossIsContrastAndATenthOfBothErrors() {
    try (StepRig rig = Trials.rig(design(), (d, c) -> Training.represent(d, c, 1))) {
      float loss = rig.look(rig.made(Step.LOSS))[0];
      float apart = rig.look(rig.made("contrastive"))[0];
      float errors = rig.look(rig.made("reconstruction"))[0];
      assertThat(loss).isCloseTo(apart + 0.1f * errors, within(1e-5f));
      assertThat(errors).isPositive();
    }
  }

  @Test
  void bothViewsAreReconstructedAsThemselves() {
    Design design = design();
    try (StepRig rig =
        Trials.rig(
            design,
            (d, c) -> {
              Step step = Training.represent(d, c, 1);
              // the trial's second view is the negative of the first
              Operand<TFloat32> x = views(c.scope(), d);
              return step.with("views", x);
            })) {
      float errors = Tensors.floats(rig.train(0).get("reconstruction"))[0];
      for (int i = 0; i < 60; i++) {
        rig.train(0);
      }
      // one picture for both views would be 0.5 everywhere at best: errors of 2 * variance around
      // it
      double sum = 0;
      float[] x = rig.look(rig.made("views"));
      for (float value : x) {
        sum += 2 * (value - 0.5) * (value - 0.5) / x.length;
      }
      float after = Tensors.floats(rig.train(0).get("reconstruction"))[0];
      assertThat(after).isLessThan(errors / 2).isLessThan((float) sum / 2);
    }
  }

  @Test
  void withoutContrastOnlyTheDecodersWayIsTrained() {
    try (StepRig rig = Trials.rig(design(), (d, c) -> Training.represent(d, c, 0))) {
      assertThat(rig.step().outputs()).doesNotContainKey("contrastive");
      Map<String, Value> before = rig.snapshot();
      rig.train(0);
      Map<String, Value> after = rig.snapshot();
      List<String> moved =
          rig.trained().stream().filter(p -> !before.get(p).equals(after.get(p))).toList();
      assertThat(moved)
          .contains("latent.mean.weight", "decoder.start.weight")
          .noneMatch(name -> name.startsWith("projection"))
          .noneMatch(name -> name.startsWith("decoder.condition"));
    }
  }

  @Test
  void theVariationalLossAddsTheDivergence() {
    for (boolean second : List.of(false, true)) {
      try (StepRig rig =
          Trials.rig(
              design("variational=true"),
              (d, c) -> second ? Training.condition(d, c) : Training.represent(d, c, 0))) {
        // the draw is the same in each look at one step only, so all come from one look
        var tf = rig.scope().tf();
        var outputs = rig.step().outputs();
        float[] values =
            rig.look(
                tf.stack(
                    List.of(
                        outputs.get(Step.LOSS),
                        outputs.get("reconstruction"),
                        outputs.get("divergence"))));
        float weight = second ? 1 : 0.1f;
        assertThat(values[2]).isPositive();
        assertThat(values[0]).isCloseTo(weight * values[1] + 5e-3f * values[2], within(1e-6f));
      }
    }
  }

  @Test
  void prototypesFollowTheFirstViewsAndNothingElseChangesThem() {
    Design design = design();
    Operand<?>[] held = new Operand<?>[1];
    try (StepRig rig =
        Trials.rig(
            design,
            (d, c) -> {
              Step step = Training.condition(d, c);
              held[0] = step.outputs().get(Step.EMBEDDING); // [2B, Q], first views first
              return step;
            })) {
      @SuppressWarnings("unchecked")
      float[] h = rig.look((Operand<TFloat32>) held[0]);
      double[] mean = new double[Q];
      for (int i = 0; i < B * Q; i++) {
        mean[i % Q] += h[i] / B;
      }
      float[] start = new float[3 * Q];
      for (int i = 0; i < start.length; i++) { // the last points away from all, and has no member
        start[i] = i / Q == 2 ? (float) (-1e3 * mean[i % Q]) : (i % 3 - 1) * 0.5f * (i / Q + 1);
      }
      rig.write(ClusterTask.parameters(new Matrix(3, Q, start), 3));
      int[] cluster = new int[B];
      float[] sums = new float[3 * Q];
      int[] members = new int[3];
      for (int row = 0; row < B; row++) {
        double best = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < 3; k++) {
          double dot = 0;
          for (int j = 0; j < Q; j++) {
            dot += h[row * Q + j] * start[k * Q + j];
          }
          if (dot > best) {
            best = dot;
            cluster[row] = k;
          }
        }
        members[cluster[row]]++;
        for (int j = 0; j < Q; j++) {
          sums[cluster[row] * Q + j] += h[row * Q + j];
        }
      }
      assertThat(members[2]).isZero();
      rig.train(0);
      float[] now = rig.stored("clusters.prototypes");
      for (int i = 0; i < now.length; i++) {
        int k = i / Q;
        if (members[k] == 0) {
          assertThat(now[i]).isEqualTo(start[i]); // to the bit
        } else {
          assertThat(now[i]).isCloseTo(sums[i] / members[k], within(1e-4f));
        }
      }
      assertThat(rig.stored("clusters.centres")).containsExactly(start);
    }
  }

  /** Weights and running statistics of what makes h; the decoder learns all the same. */
  @Test
  void aFrozenEncoderIsTheSameToTheBit() {
    for (String variational : List.of("false", "true")) {
      Design design = design("condition-frozen=true", "variational=" + variational);
      try (StepRig rig = Trials.rig(design, Training::condition)) {
        float[] start = new float[3 * Q];
        for (int i = 0; i < start.length; i++) {
          start[i] = (i * 7 % 5 - 2) * 0.3f;
        }
        rig.write(ClusterTask.parameters(new Matrix(3, Q, start), 3));
        Map<String, Value> before = rig.snapshot();
        float first = Tensors.floats(rig.train(0).get(Step.LOSS))[0];
        for (int i = 0; i < 20; i++) {
          rig.train(0);
        }
        assertThat(Tensors.floats(rig.train(0).get(Step.LOSS))[0]).isLessThan(0.9f * first);
        Map<String, Value> after = rig.snapshot();
        List<String> moved =
            before.keySet().stream()
                .filter(name -> !name.startsWith("optimizer."))
                .filter(name -> !before.get(name).equals(after.get(name)))
                .toList();
        assertThat(moved)
            .contains("decoder.start.weight", "clusters.prototypes")
            .noneMatch(name -> name.startsWith("encoder.") || name.startsWith("latent."))
            .noneMatch(name -> name.startsWith("projection."));
      }
      try (StepRig rig = Trials.rig(design("variational=" + variational), Training::condition)) {
        Map<String, Value> before = rig.snapshot(); // as published it moves
        rig.train(0);
        Map<String, Value> after = rig.snapshot();
        assertThat(before.keySet().stream().filter(n -> !before.get(n).equals(after.get(n))))
            .contains("latent.mean.weight")
            .anyMatch(name -> name.startsWith("encoder.") && name.endsWith("running_mean"));
      }
    }
  }

  @Test
  void noGradientReachesPrototypes() {
    try (StepRig rig = Trials.rig(design(), Training::condition)) {
      assertThat(rig.trained()).isNotEmpty().noneMatch(name -> name.startsWith("clusters."));
      var found = Gradients.ofTrained(rig.scope(), rig.made(Step.LOSS), rig.scope().parameters());
      assertThat(found.keySet()).noneMatch(parameter -> parameter.name().startsWith("clusters."));
      assertThat(found.keySet()).anyMatch(parameter -> parameter.name().startsWith("encoder."));
    }
  }

  @Test
  void afterTrainingTheConditionChangesTheImageUnlessItIsSwitchedOff() {
    for (boolean condition : List.of(true, false)) {
      Design design = design("condition=" + condition);
      Map<String, Value> trained;
      try (StepRig rig = Trials.rig(design, Training::condition)) {
        float[] start = new float[3 * Q];
        for (int i = 0; i < start.length; i++) {
          start[i] = (i * 7 % 5 - 2) * 0.3f;
        }
        rig.write(ClusterTask.parameters(new Matrix(3, Q, start), 3));
        for (int i = 0; i < 10; i++) {
          rig.train(0);
        }
        trained = new HashMap<>(rig.snapshot());
      }
      trained.keySet().removeIf(name -> name.startsWith("optimizer."));
      float[] change =
          Graphs.floats(
              trained,
              scope -> {
                Autoencoder f = new Autoencoder(scope, design);
                Operand<TFloat32> h = Graphs.tensor(scope, new float[Q], 1, Q);
                Operand<TFloat32> one = Graphs.tensor(scope, new float[] {1, 0, 0}, 1, 3);
                Operand<TFloat32> two = Graphs.tensor(scope, new float[] {0, 0, 1}, 1, 3);
                return scope
                    .tf()
                    .math
                    .sub(f.decode(h, one, Pass.INFERENCE), f.decode(h, two, Pass.INFERENCE));
              });
      double most = 0;
      for (float value : change) {
        most = Math.max(most, Math.abs(value));
      }
      if (condition) {
        assertThat(most).isGreaterThan(1e-3);
      } else {
        assertThat(most).isZero();
      }
    }
  }
}
