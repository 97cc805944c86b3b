package juxta.plugin.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.GraphScope;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.testkit.Conformance;
import juxta.testkit.Graphs;
import juxta.testkit.StepRig;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.discrimination.MultiCrop;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class SwavTest {
  private static final Swav METHOD = new Swav();

  /** The inputs of the reference in a graph. */
  private record Inputs(
      GraphScope scope,
      Operand<TFloat32> embeddings,
      Operand<TFloat32> c,
      Operand<TFloat32> z,
      Operand<TFloat32> scores) {
    static Inputs of(GraphScope scope, JsonNode file) {
      var tf = scope.tf();
      Operand<TFloat32> embeddings = Trials.input(scope, file, "embeddings"); // [5, 8, 16]
      Operand<TFloat32> c = // where gradients end
          tf.identity(
              tf.stopGradient(Similarity.unit(scope, Trials.input(scope, file, "prototypes"))));
      Operand<TFloat32> z = Similarity.unit(scope, tf.reshape(embeddings, scope.ints(40, 16)));
      return new Inputs(scope, embeddings, c, z, Swav.scores(scope, 5, 8, z, c));
    }

    Operand<TFloat32> crop(int i) {
      return scope.tf().slice(z, scope.ints(8 * i, 0), scope.ints(8, 16));
    }

    Operand<TFloat32> codes() {
      List<Operand<TFloat32>> codes = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        codes.add(Swav.codes(scope, Settings.DEFAULTS, Similarity.dot(scope, crop(i), c)));
      }
      return scope.tf().stack(codes);
    }

    Operand<TFloat32> codesWith(Operand<TFloat32> queue) {
      List<Operand<TFloat32>> codes = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Operand<TFloat32> rows =
            scope
                .tf()
                .reshape(
                    scope.tf().slice(queue, scope.ints(i, 0, 0), scope.ints(1, 16, 16)),
                    scope.ints(16, 16));
        codes.add(Swav.codesAmong(scope, Settings.DEFAULTS, 8, rows, crop(i), c));
      }
      return scope.tf().stack(codes);
    }

    Operand<TFloat32> loss(Operand<TFloat32> codes) {
      return Trials.crossEntropy(scope, MultiCrop.across(scope, 5, scores, codes), 0.1);
    }
  }

  @Test
  void conformsToTheReference() {
    JsonNode file = Conformance.read("swav");
    List<float[]> found =
        Graphs.all(
            scope -> {
              Inputs in = Inputs.of(scope, file);
              Operand<TFloat32> codes = in.codes();
              Operand<TFloat32> loss = in.loss(codes);
              Operand<TFloat32> among = in.codesWith(Trials.input(scope, file, "queue"));
              Operand<TFloat32> lossAmong = in.loss(among);
              return List.of(
                  in.c(),
                  in.scores(),
                  codes,
                  loss,
                  Trials.gradient(scope, loss, in.scores()),
                  Trials.gradient(scope, loss, in.embeddings()),
                  Trials.gradient(scope, loss, in.c()),
                  among,
                  lossAmong,
                  Trials.gradient(scope, lossAmong, in.embeddings()));
            });
    List<String> names =
        List.of(
            "prototypes_normalised",
            "scores",
            "codes",
            "loss",
            "grad_scores",
            "grad_embeddings",
            "grad_prototypes",
            "codes_with_queue",
            "loss_with_queue",
            "grad_embeddings_with_queue");
    for (int i = 0; i < names.size(); i++) {
      Trials.close(found.get(i), file, names.get(i));
    }
  }

  private static float[] codes(float[] scores, int n, String... settings) {
    return Graphs.floats(
        scope ->
            Swav.codes(
                scope,
                Settings.of(Trials.settings(METHOD, settings)),
                Graphs.tensor(scope, scores, n, scores.length / n)));
  }

  /** Rows sum to 1, columns to B / K, and a constant changes nothing; sharp ones stay finite. */
  @Test
  void codesUsePrototypesEvenly() {
    float[] equal = codes(new float[8 * 5], 8);
    assertThat(equal).containsOnly(equal[0]);
    assertThat((double) equal[0]).isCloseTo(0.2, within(1e-6));
    float[] scores = new float[8 * 4];
    float[] moved = new float[8 * 4];
    for (int i = 0; i < 32; i++) {
      scores[i] = (float) Math.sin(i * i) * 0.3f + (i % 4 == 0 ? 0.5f : 0); // one is popular
      moved[i] = scores[i] + 0.25f;
    }
    float[] few = codes(scores, 8);
    assertThat(codes(moved, 8)).containsExactly(few, within(1e-4f));
    double[] worst = new double[2];
    float[][] both = {few, codes(scores, 8, "sinkhorn-iterations=100")};
    for (int which = 0; which < 2; which++) {
      for (int k = 0; k < 4; k++) {
        double column = 0;
        for (int b = 0; b < 8; b++) {
          column += both[which][4 * b + k];
        }
        worst[which] = Math.max(worst[which], Math.abs(column - 2));
      }
      for (int b = 0; b < 8; b++) {
        double row = 0;
        for (int k = 0; k < 4; k++) {
          row += both[which][4 * b + k];
        }
        assertThat(row).isCloseTo(1, within(1e-5));
      }
    }
    assertThat(worst[1]).isLessThan(1e-2).isLessThanOrEqualTo(worst[0]);
    for (float code : codes(scores, 8, "epsilon=0.001")) {
      assertThat(code).isFinite();
    }
  }

  /** Without Sinkhorn the codes are the softmax, and all images may have the same prototype. */
  @Test
  void withoutSinkhornOnePrototypeTakesAll() {
    float[] scores = new float[6 * 3];
    for (int b = 0; b < 6; b++) {
      scores[3 * b] = 0.9f; // the favourite of all
      scores[3 * b + 1] = 0.1f * b;
      scores[3 * b + 2] = 0.5f - 0.1f * b;
    }
    float[] even = codes(scores, 6);
    float[] plain = codes(scores, 6, "sinkhorn-iterations=0");
    double evenShare = 0;
    double plainShare = 0;
    for (int b = 0; b < 6; b++) {
      evenShare += even[3 * b] / 6;
      plainShare += plain[3 * b] / 6;
    }
    assertThat(plainShare).isGreaterThan(0.95);
    assertThat(evenShare).isLessThan(0.5);
  }

  /** C stays to the last bit in the frozen steps, then moves, and its optimiser starts there. */
  @Test
  void prototypesAreFrozenAtFirst() {
    try (StepRig rig = Trials.rig(METHOD, "weight-decay=0.1")) { // 3 steps an epoch
      float[] first = rig.stored("prototypes.weight");
      float[] encoder = rig.stored("encoder.proj.weight");
      rig.train(0);
      rig.train(2);
      assertThat(rig.stored("prototypes.weight")).containsExactly(first);
      assertThat(rig.stored("optimizer.momentum.prototypes.weight")).containsOnly(0);
      assertThat(rig.stored("encoder.proj.weight")).isNotEqualTo(encoder);
      rig.scalar("learning-rate", 0);
      rig.train(3);
      float[] unit = rig.stored("prototypes.weight");
      for (int row = 0; row < 9; row++) {
        double square = 0;
        for (int column = 0; column < 5; column++) {
          square += unit[5 * row + column] * (double) unit[5 * row + column];
        }
        assertThat(square).isCloseTo(1, within(1e-5)); // the update starts from unit rows
      }
      rig.scalar("learning-rate", 0.1);
      rig.train(4);
      assertThat(rig.stored("prototypes.weight")).isNotEqualTo(unit);
    }
  }

  /** The queue is filled with the embeddings of its view, and counts once it is full. */
  @Test
  void aQueueCountsOnceItIsFull() {
    try (StepRig without = Trials.rig(METHOD, "queue=0");
        StepRig with = Trials.rig(METHOD, "queue=12", "queue-epoch=0")) {
      Trials.give(with, without);
      assertThat(with.at(1).output("loss")).isEqualTo(without.at(1).output("loss"));
      assertThat(with.at(2).output("loss")).isNotEqualTo(without.at(2).output("loss"));
      float[] old = with.stored("queue.1.rows");
      with.train(0);
      assertThat(with.stored("queue.1.rows")).isNotEqualTo(old);
    }
  }

  /** Two codes, each against all other views. */
  @Test
  void pairsOfViews() {
    for (int locals : List.of(0, 6)) {
      FakeSetup setup = Trials.setup(METHOD, "local-crops=" + locals);
      try (StepRig rig = Trials.rig(METHOD, setup)) {
        assertThat(setup.comparisons.get(0).targets().shape().get(0))
            .isEqualTo(2L * (1 + locals) * Trials.B);
        assertThat(rig.output("prototypes-used")).isBetween(1.0, 9.0);
      }
    }
  }

  @Test
  void settingsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> METHOD.plan(Trials.setup(METHOD, "queue=13")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("pass --set queue=12");
    assertThat(METHOD.settings()).allMatch(s -> !s.source().isBlank());
    assertThat(Map.of("local-crops", Swav.LOCAL.defaultValue())).containsValue(6);
  }
}
