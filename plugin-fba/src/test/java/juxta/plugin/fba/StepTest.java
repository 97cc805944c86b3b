package juxta.plugin.fba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import juxta.api.Dataset;
import juxta.api.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole steps of FBA-Net and of what it is compared with. */
class StepTest {
  /** With two channels none can be dropped. */
  private static final String[] LEARNING = {"rate=0.1", "decoder-dropout=0", "dice-weight=1"};

  private static final String[] NETWORKS = {"encoder", "decoder1", "decoder2", "decoder3"};

  @Test
  void labelsOfUnlabelledScansChangeNothing() {
    try (Rig hidden = new Rig(Arm.FBA, TinyScans.of(2, 0));
        Rig wrong = new Rig(Arm.FBA, TinyScans.of(2, 1))) {
      assertThat(wrong.train(3)).isEqualTo(hidden.train(3));
      assertThat(wrong.weights(NETWORKS)).isEqualTo(hidden.weights(NETWORKS));
    }
  }

  @Test
  void withoutItsContrastItIsMcNetPlus() {
    try (Rig with = new Rig(Arm.FBA, TinyScans.of(2, 0));
        Rig without = new Rig(Arm.FBA, TinyScans.of(2, 0), "contrast-weight=0");
        Rig mcNetPlus = new Rig(Arm.MCNET_PLUS, TinyScans.of(2, 0))) {
      with.train(1);
      without.train(1);
      mcNetPlus.train(1);
      // gradients are added up in another order, which further steps would amplify
      assertThat(distance(without, mcNetPlus)).isLessThan(1e-5);
      assertThat(distance(with, mcNetPlus)).isGreaterThan(1e-4);
    }
  }

  /** The greatest difference of two numbers of the networks. */
  private static double distance(Rig one, Rig other) {
    Map<String, List<Float>> a = one.weights(NETWORKS);
    Map<String, List<Float>> b = other.weights(NETWORKS);
    assertThat(a.keySet()).isEqualTo(b.keySet());
    double most = 0;
    for (String name : a.keySet()) {
      for (int i = 0; i < a.get(name).size(); i++) {
        most = Math.max(most, Math.abs(a.get(name).get(i) - b.get(name).get(i)));
      }
    }
    return most;
  }

  @Test
  void theLossIsTheWeightedSumOfItsTerms() {
    try (Rig rig = new Rig(Arm.FBA, TinyScans.of(2, 0), "ramp-step=1", "ramp-length=8")) {
      Map<String, Float> out = rig.train(4); // t = 4, half way up
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
    try (Rig rig = new Rig(arm, TinyScans.of(2, 0).revealed(), LEARNING)) {
      float first = rig.train(1).get("loss-dice");
      assertThat(rig.train(15).get("loss-dice")).isLessThan(0.85f * first);
      assertThat(rig.weights("decoder").keySet().stream().map(n -> n.substring(0, 8)).distinct())
          .hasSize(arm.decoders());
      assertThat(rig.weights("contrast").isEmpty()).isEqualTo(!arm.contrast());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FBA", "LABELLED_ONLY"})
  void slicesOfSeveralClassesAreLearned(Arm arm) {
    try (Rig rig = new Rig(arm, TinyScans.of(4, 0).revealed(), LEARNING)) {
      float first = rig.train(1).get("loss");
      assertThat(rig.train(15).get("loss")).isLessThan(0.85f * first);
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
      int[] drawn = Rig.phase(Arm.LABELLED_ONLY, data).sampler().indices(3, step).get("main");
      assertThat(Arrays.stream(drawn).max().orElseThrow()).isLessThan(TinyScans.LABELLED);
    }
  }

  private static Map<String, String> streams(Arm arm, TinyScans data) {
    return Rig.phase(arm, data).sampler().streams().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, stream -> stream.getValue().split()));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Rig.phase(Arm.ALL_LABELS, TinyScans.of(2, 0)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has masks for 4 of its 8 training scans only");
    assertThatThrownBy(() -> Rig.phase(Arm.FBA, TinyScans.of(2, 0), "select=nowhere"))
        .hasMessageContaining("select");
  }
}
