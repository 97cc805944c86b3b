package juxta.plugin.medcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import juxta.api.DataSummary;
import juxta.api.Method;
import juxta.api.ModelFunction;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.testkit.Graphs;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static Plan plan(String... settings) {
    return new MedCluster().plan(FakeSetup.of(Blobs.of(40), 4, settings));
  }

  private static long steps(Plan plan, String phase) {
    return plan.phases().stream()
        .filter(p -> p.name().equals(phase))
        .mapToLong(p -> ((Phase.Training) p).create().apply(Path.of("not-there")).steps())
        .sum();
  }

  @Test
  void theStepsOfAllEpochsAreSharedByBothPhases() {
    Plan plan = plan();
    assertThat(plan.phases().stream().map(Phase::name))
        .containsExactly("represent", "cluster", "condition", "finish");
    assertThat(steps(plan, "represent")).isEqualTo(50);
    assertThat(steps(plan, "condition")).isEqualTo(10); // 60 / 6
  }

  @Test
  void withoutASecondPhaseNothingIsConditioned() {
    Plan plan = plan("condition-share=0");
    assertThat(plan.phases().stream().map(Phase::name))
        .containsExactly("represent", "cluster", "finish");
    assertThat(steps(plan, "represent")).isEqualTo(60);
    assertThat(Design.of(FakeSetup.of(Blobs.of(40), 4), false).conditioned()).isFalse();
  }

  /** As many steps as before the second phase, so that its first weights can be scored. */
  @Test
  void aRunCanEndBeforeTheSecondPhase() {
    Plan plan = plan("end-after=cluster");
    assertThat(plan.phases().stream().map(Phase::name))
        .containsExactly("represent", "cluster", "finish");
    assertThat(steps(plan, "represent")).isEqualTo(steps(plan(), "represent")).isEqualTo(50);
    assertThat(plan("condition-frozen=true").phases().stream().map(Phase::name))
        .containsExactly("represent", "cluster", "condition", "finish");
  }

  @Test
  void theFunctionsAreThoseThatClusteringAsksFor() {
    assertThat(plan().functions().stream().map(ModelFunction::name))
        .contains("embed", "encode", "project", "assign", "reconstruct", "sample", "prototype");
  }

  @Test
  void thePaperPresetIsThatOfTheSpecification() {
    DataSummary data = DataSummary.of(Blobs.of(5000));
    assertThat(new MedCluster().preset(Method.PAPER, data))
        .isEqualTo(
            Map.of(
                "encoder", "conv-gelu",
                "augmentation", "medical",
                "loss", "ntxent",
                "loss.temperature", "0.5",
                "epochs", "120",
                "batch", "512"));
    assertThat(new MedCluster().preset(Method.PAPER, DataSummary.of(Blobs.of(40))))
        .containsEntry("batch", "40"); // fewer images than a batch
    assertThat(Settings.DEFAULTS.get(MedClusterSettings.LATENT)).isEqualTo(50);
    assertThat(Settings.DEFAULTS.get(MedClusterSettings.RECONSTRUCTION)).isEqualTo(0.1);
    assertThat(Settings.DEFAULTS.get(MedClusterSettings.MIX)).isEqualTo(1);
  }

  @Test
  void theAutoencoderHasNoContrastToSet() {
    Method method = new MedClusterAutoencoder();
    assertThat(method.settings()).doesNotContain(MedClusterSettings.CONTRAST);
    assertThat(method.preset(Method.SMALL, DataSummary.of(Blobs.of(40))))
        .doesNotContainKeys("loss", "loss.temperature")
        .containsEntry("encoder", "conv-gelu");
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeTraining() {
    refused("clusters", "clusters=41");
    refused("clusters-min", "clusters-min=41");
    refused("clusters-max", "clusters-min=5", "clusters-max=4");
    refused("decoder-blocks", "decoder-blocks=5");
  }

  private static void refused(String word, String... settings) {
    assertThatThrownBy(() -> plan(settings))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(word)
        .satisfies(e -> assertThat(((UserException) e).problems()).hasSize(1));
  }

  @Test
  void viewsThatAreTooSmallForTheEncoderAreRefused() {
    assertThatThrownBy(
            () ->
                Graphs.value(
                    Map.of(),
                    scope -> {
                      new ConvGelu()
                          .create(
                              scope, new long[] {16, 16, 1}, Settings.of(Map.of("blocks", "4")));
                      return scope.constant(0);
                    }))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("encoder.blocks");
  }
}
