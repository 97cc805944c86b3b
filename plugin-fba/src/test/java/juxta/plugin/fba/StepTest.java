package juxta.plugin.fba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import juxta.api.Dataset;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.testkit.StepRig;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole steps of FBA-Net and of what it is compared with. */
class StepTest {
  /** With two channels none can be dropped. */
  private static final String[] LEARNING = {"rate=0.1", "decoder-dropout=0", "dice-weight=1"};

  private static final String[] NETWORKS = {"encoder", "decoder1", "decoder2", "decoder3"};

  @Test
  void labelsOfUnlabelledScansChangeNothing() {
    try (StepRig hidden = Trials.rig(Arm.FBA, TinyScans.of(2, 0));
        StepRig wrong = Trials.rig(Arm.FBA, TinyScans.of(2, 1))) {
      assertThat(Trials.train(wrong, 3)).isEqualTo(Trials.train(hidden, 3));
      assertThat(Trials.weights(wrong, NETWORKS)).isEqualTo(Trials.weights(hidden, NETWORKS));
    }
  }

  @Test
  void withoutItsContrastItIsMcNetPlus() {
    try (StepRig with = Trials.rig(Arm.FBA, TinyScans.of(2, 0));
        StepRig without = Trials.rig(Arm.FBA, TinyScans.of(2, 0), "contrast-weight=0");
        StepRig mcNetPlus = Trials.rig(Arm.MCNET_PLUS, TinyScans.of(2, 0))) {
      Trials.train(with, 1);
      Trials.train(without, 1);
      Trials.train(mcNetPlus, 1);
      // gradients are added up in another order, which further steps would amplify
      assertThat(distance(without, mcNetPlus)).isLessThan(1e-5);
      assertThat(distance(with, mcNetPlus)).isGreaterThan(1e-4);
    }
  }

  /** The greatest difference of two numbers of the networks. */
  private static double distance(StepRig one, StepRig other) {
    Map<String, Value> a = Trials.weights(one, NETWORKS);
    Map<String, Value> b = Trials.weights(other, NETWORKS);
    assertThat(a.keySet()).isEqualTo(b.keySet());
    double most = 0;
    for (String name : a.keySet()) {
      float[] x = Tensors.floats(a.get(name));
      float[] y = Tensors.floats(b.get(name));
      for (int i = 0; i < x.length; i++) {
        most = Math.max(most, Math.abs(x[i] - y[i]));
      }
    }
    return most;
  }

  @Test
  void theLossIsTheWeightedSumOfItsTerms() {
    try (StepRig rig = Trials.rig(Arm.FBA, TinyScans.of(2, 0), "ramp-step=1", "ramp-length=8")) {
      Map<String, Float> out = Trials.train(rig, 4); // t = 4, half way up
      double ramp = Math.exp(-5 * 0.25);
      assertThat(out.get("loss"))
          .isCloseTo(
              (float)
                  (0.5 * out.get("loss-dice")
                      + ramp * out.get("loss-consistency")
                      + out.get("loss-contrast")),
              within(1e-5f));
    }
  }

  @ParameterizedTest
  @EnumSource(Arm.class)
  void everyArmLearns(Arm arm) {
    try (StepRig rig = Trials.rig(arm, TinyScans.of(2, 0).revealed(), LEARNING)) {
      float first = Trials.train(rig, 1).get("loss-dice");
      assertThat(Trials.train(rig, 15).get("loss-dice")).isLessThan(0.85f * first);
      assertThat(
              Trials.weights(rig, "decoder").keySet().stream()
                  .map(n -> n.substring(0, 8))
                  .distinct())
          .hasSize(arm.decoders());
      assertThat(Trials.weights(rig, "contrast").isEmpty()).isEqualTo(!arm.contrast());
    }
  }

  @ParameterizedTest
  @CsvSource({"FBA, released", "FBA, pooled", "LABELLED_ONLY,"})
  void slicesOfSeveralClassesAreLearned(Arm arm, String contrast) {
    List<String> settings = new ArrayList<>(List.of(LEARNING));
    if (contrast != null) {
      settings.add("contrast=" + contrast);
    }
    try (StepRig rig =
        Trials.rig(arm, TinyScans.of(4, 0).revealed(), settings.toArray(String[]::new))) {
      float first = Trials.train(rig, 1).get("loss");
      assertThat(Trials.train(rig, 15).get("loss")).isLessThan(0.85f * first);
    }
  }

  @Test
  void armsSeeTheScansThatTheyMaySee() {
    TinyScans data = TinyScans.of(2, 0).revealed();
    assertThat(streams(Arm.ALL_LABELS, data)).containsOnly(Map.entry("main", Dataset.REVEALED));
    assertThat(streams(Arm.LABELLED_ONLY, data)).containsOnly(Map.entry("main", Dataset.TRAIN));
    for (Arm arm : List.of(Arm.FBA, Arm.SINGLE, Arm.MCNET_PLUS)) {
      assertThat(streams(arm, data))
          .containsOnly(
              Map.entry(Streams.LABELLED, Dataset.TRAIN),
              Map.entry(Streams.UNLABELLED, Dataset.TRAIN));
    }
    for (int step = 0; step < 50; step++) {
      int[] drawn = Trials.phase(Arm.LABELLED_ONLY, data).sampler().indices(3, step).get("main");
      assertThat(Arrays.stream(drawn).max().orElseThrow()).isLessThan(TinyScans.LABELLED);
    }
  }

  /** What is learned depends on it, so rows that see more would not be comparable. */
  @ParameterizedTest
  @EnumSource(Arm.class)
  void everyArmSeesAsManyLabelledPatchesAStep(Arm arm) {
    TinyScans data = TinyScans.of(2, 0).revealed();
    for (int asked : new int[] {1, 2, 3}) {
      var streams = Trials.phase(arm, data, "labelled-batch=" + asked).sampler().streams();
      String name = arm.masks() == Arm.Masks.SEEN ? Streams.LABELLED : "main";
      assertThat(streams.get(name).size()).isEqualTo(asked);
    }
    for (String preset : FbaPresets.NAMES) {
      assertThat(FbaPresets.of(preset, arm).get("labelled-batch"))
          .isEqualTo(FbaPresets.of(preset, Arm.FBA).get("labelled-batch"));
    }
  }

  private static Map<String, String> streams(Arm arm, TinyScans data) {
    return Trials.phase(arm, data).sampler().streams().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, stream -> stream.getValue().split()));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Trials.phase(Arm.ALL_LABELS, TinyScans.of(2, 0)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has masks for 4 of its 8 training scans only");
    assertThatThrownBy(() -> Trials.phase(Arm.FBA, TinyScans.of(2, 0), "select=nowhere"))
        .hasMessageContaining("select");
    assertThatThrownBy(
            () -> Trials.phase(Arm.LABELLED_ONLY, TinyScans.of(2, 0), "labelled-batch=5"))
        .isInstanceOf(UserException.class)
        .hasMessage("labelled-batch: 5 is more than the batch of 4; pass a larger --batch");
    assertThatThrownBy(() -> Trials.rig(Arm.FBA, TinyScans.of(2, 0), "contrast=other").close())
        .hasMessage("contrast: 'other' is none of released, pooled");
  }
}
