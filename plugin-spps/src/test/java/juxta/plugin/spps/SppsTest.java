package juxta.plugin.spps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import juxta.api.Phase;
import juxta.api.Plan;
import juxta.api.Sampler;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.testkit.StepRig;
import juxta.toolkit.graph.Tensors;
import juxta.toolkit.io.Layouts;
import juxta.toolkit.io.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SppsTest {
  @TempDir Path artefacts;

  private static Plan plan(FakeSetup setup) {
    return Trials.spps().plan(setup);
  }

  private TrainingPhase training(Plan plan, String name) {
    return plan.phases().stream()
        .filter(phase -> phase.name().equals(name))
        .map(phase -> ((Phase.Training) phase).create().apply(artefacts))
        .findFirst()
        .orElseThrow();
  }

  private FakeTask mine(FakeSetup setup) {
    FakeTask task = FakeTask.of(setup, plan(setup).functions(), artefacts);
    mine(setup, task);
    return task;
  }

  private static void mine(FakeSetup setup, FakeTask task) {
    for (Phase phase : plan(setup).phases()) {
      if (phase instanceof Phase.Task mining) {
        mining.body().accept(task);
      }
    }
  }

  private static List<String> names(Plan plan) {
    return plan.phases().stream().map(Phase::name).toList();
  }

  @Test
  void phasesAreThoseThatAreNeeded() {
    assertThat(names(plan(new FakeSetup()))).containsExactly("bootstrap", "mine", "train");
    assertThat(names(plan(new FakeSetup("reference=somewhere")))).containsExactly("mine", "train");
    assertThat(names(plan(new FakeSetup("pairs=none")))).containsExactly("train");
    assertThat(names(plan(new FakeSetup("pairs=random"))))
        .containsExactly("bootstrap", "mine", "train");
  }

  @ParameterizedTest
  @ValueSource(strings = {"simclr", "mocov2", "mocov3", "byol", "simsiam", "the-stranger"})
  void withoutPairsItIsTheFrameworkStepByStep(String framework) {
    String out = "projection-out=" + (framework.equals("the-stranger") ? "negated" : "5");
    FakeSetup alone = new FakeSetup(out);
    Plan plain = Trials.framework(framework).plan(alone);
    FakeSetup wrapped = new FakeSetup(out, "pairs=none", "framework=" + framework);
    TrainingPhase expected = ((Phase.Training) plain.phases().get(0)).create().apply(artefacts);
    TrainingPhase phase = training(plan(wrapped), "train");
    assertThat(phase.steps()).isEqualTo(expected.steps()).isEqualTo(10);
    try (StepRig first = alone.rig(plain.phases().get(0).name(), expected);
        StepRig second = wrapped.rig("train", phase)) {
      for (int step = 0; step < 6; step++) {
        assertThat(second.loss(step)).isEqualTo(first.loss(step));
      }
      assertThat(second.snapshot()).isEqualTo(first.snapshot());
    }
  }

  @Test
  void minesThenTrainsOnImagesAndPairs() throws Exception {
    FakeSetup setup = new FakeSetup("choose=all", "anchor-share=1", "pair-share=0.4");
    FakeTask task = mine(setup);
    PairFile file = PairFile.read(artefacts.resolve("pairs.txt"));
    assertThat(file.pairs()).hasSize(8);
    assertThat(file.header())
        .containsEntry("data", "trial")
        .containsEntry("images", "20")
        .containsEntry("features", "6")
        .containsEntry("source", "mined")
        .containsEntry("seed", "1");
    assertThat(task.logged()).containsEntry("pairs", 8.0).doesNotContainKey("pair-purity");
    assertThat(Files.readString(artefacts.resolve("similarities.csv"))).startsWith("similarity,");

    TrainingPhase phase = training(plan(setup), "train");
    assertThat(phase.steps()).isEqualTo(2 * 7); // 28 entries, 4 a step
    assertThat(training(plan(new FakeSetup("equal-steps=true")), "train").steps()).isEqualTo(2 * 5);
    try (StepRig rig = setup.rig("train", phase)) {
      assertThat(rig.names()).noneMatch(name -> name.startsWith("reference"));
      Map<String, Value> half = null;
      for (int step = 0; step < 4; step++) {
        half = step == 2 ? rig.snapshot() : half;
        rig.train(step);
      }
      Map<String, Value> whole = rig.snapshot();
      try (StepRig again = setup.rig("train", phase)) { // a run that was taken up again
        again.write(half);
        again.train(2);
        again.train(3);
        assertThat(again.snapshot()).isEqualTo(whole);
      }
    }
  }

  /** Positives of pairs and of single images are at the same place, among as many rows. */
  @Test
  void equalEmbeddingsLoseAsTheyDoAlone() {
    FakeSetup setup = new FakeSetup("choose=all", "anchor-share=1");
    mine(setup);
    try (StepRig rig = setup.rig("train", training(plan(setup), "train"))) {
      Map<String, Value> state = rig.snapshot();
      state.replaceAll(
          (name, value) ->
              name.equals("projection.4.weight")
                  ? Tensors.floats(new long[] {5}, new float[5])
                  : value);
      rig.write(state);
      assertThat(rig.loss(0)).isCloseTo(Math.log(2 * FakeSetup.B - 1), within(1e-5));
    }
  }

  @Test
  void theReferenceIsTrainedApart() {
    FakeSetup setup = new FakeSetup("bootstrap-epochs=3", "framework=byol");
    TrainingPhase phase = training(plan(setup), "bootstrap");
    assertThat(phase.steps()).isEqualTo(15);
    try (StepRig rig = setup.rig("bootstrap", phase)) {
      assertThat(rig.names())
          .contains("reference.encoder.fc.weight", "reference.momentum.encoder.fc.weight")
          .allMatch(name -> name.startsWith("reference.") || name.startsWith("optimizer."));
      Map<String, Value> before = rig.snapshot();
      rig.train(0);
      rig.train(1);
      assertThat(rig.snapshot().get("reference.encoder.fc.weight"))
          .isNotEqualTo(before.get("reference.encoder.fc.weight"));
    }
  }

  /** Mining reads the reference and nothing more. */
  @Test
  void theReferenceIsTheSameAfterMining() {
    FakeSetup setup = new FakeSetup();
    Plan plan = plan(setup);
    FakeTask task = FakeTask.of(setup, plan.functions(), artefacts);
    Map<String, Value> before = Map.copyOf(task.written());
    String checksum = Checksum.of(task, setup);
    mine(setup, task);
    assertThat(task.written()).isEqualTo(before);
    assertThat(PairFile.read(artefacts.resolve("pairs.txt")).header())
        .containsEntry("encoder-sha256", checksum);
  }

  @Test
  void anEmptyBandIsRefusedWithTheSimilaritiesThatThereAre() {
    assertThatThrownBy(() -> mine(new FakeSetup("similarity-min=0.99999", "similarity-max=1")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("from 0.99999 to 1.0")
        .hasMessageContaining("2 anchors' nearest images 50 % at most 0.")
        .hasMessageContaining("of all images 50 % at most")
        .hasMessageContaining("reference=");
    assertThatThrownBy(() -> plan(new FakeSetup("similarity-min=0.9", "similarity-max=0.8")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("pairs=none");
  }

  @Test
  void controlsHaveAsManyPairsAsWereMined() {
    mine(new FakeSetup("anchor-share=1"));
    List<Pair> mined = PairFile.read(artefacts.resolve("pairs.txt")).pairs();
    mine(new FakeSetup("anchor-share=1", "pairs=random"));
    PairFile random = PairFile.read(artefacts.resolve("pairs.txt"));
    assertThat(random.pairs()).hasSameSizeAs(mined).isNotEqualTo(mined);
    assertThat(random.header()).containsEntry("source", "random");
    assertThatThrownBy(() -> mine(new FakeSetup("pairs=same-class")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no labels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"encoder.", "", "reference.encoder."})
  void referencesComeFromFilesAndFolders(String place) {
    FakeSetup setup = new FakeSetup();
    FakeTask other = FakeTask.of(setup, plan(setup).functions(), artefacts);
    Map<String, Value> weights = new LinkedHashMap<>();
    ReferenceWeights.parameters(setup)
        .forEach(
            (name, parameter) -> {
              Value value = other.read(Spps.REFERENCE + "." + name);
              float[] doubled = Tensors.floats(value);
              for (int i = 0; i < doubled.length; i++) {
                doubled[i] = 2 * doubled[i] + 1;
              }
              weights.put(
                  place + name,
                  Layouts.toDisk(
                      parameter.layout(), Tensors.floats(parameter.dimensions(), doubled)));
            });
    Path run = artefacts.resolve("run");
    Path file = run.resolve("checkpoints/phase-01-step-000000009/weights.safetensors");
    Safetensors.writeValues(file, weights, Map.of());
    for (Path source : List.of(run, file)) {
      FakeTask task = mine(new FakeSetup("reference=" + source));
      assertThat(task.read("reference.encoder.fc.weight"))
          .isNotEqualTo(other.read("reference.encoder.fc.weight"));
      assertThat(Tensors.floats(task.read("reference.encoder.fc.weight"))[5])
          .isEqualTo(2 * Tensors.floats(other.read("reference.encoder.fc.weight"))[5] + 1);
    }
    assertThatThrownBy(() -> read(run, new FakeSetup(9)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("fc.weight' in")
        .hasMessageContaining("[6, 48]")
        .hasMessageContaining("[9, 48]")
        .hasMessageContaining("--encoder");
  }

  private static void read(Path source, FakeSetup setup) {
    ReferenceWeights.read(source, ReferenceEncoder.of(setup, List.of()));
  }

  @Test
  void whatHoldsNoReferenceIsRefused() {
    assertThatThrownBy(() -> read(artefacts.resolve("no"), new FakeSetup()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not there");
    assertThatThrownBy(() -> read(artefacts, new FakeSetup()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no checkpoint");
    Path file = artefacts.resolve("w.safetensors");
    Safetensors.writeValues(file, Map.of("x", Tensors.floats(new long[] {1}, 1)), Map.of());
    assertThatThrownBy(() -> read(file, new FakeSetup()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lacks weights")
        .hasMessageContaining("fc.weight");
  }

  @Test
  void viewsOfOneImageCanBeKeptApart() {
    FakeSetup setup = new FakeSetup("choose=all", "anchor-share=1", "mask-shared=true");
    mine(setup);
    TrainingPhase phase = training(plan(setup), "train");
    try (StepRig rig = setup.rig("train", phase)) {
      int shared = 0;
      int n = 2 * FakeSetup.B;
      for (int step = 0; step < 5; step++) {
        int[] images = phase.sampler().indices(1, step).get(Sampler.MAIN);
        float[] excluded = rig.at(step).look(setup.comparisons.get(0).excluded().orElseThrow());
        for (int u = 0; u < n; u++) {
          for (int v = 0; v < n; v++) {
            boolean positive = v == (u + FakeSetup.B) % n;
            boolean apart = u == v || (images[u] == images[v] && !positive);
            assertThat(excluded[u * n + v]).isEqualTo(apart ? 1 : 0);
            shared += apart && u != v ? 1 : 0;
          }
        }
      }
      assertThat(shared).isPositive();
      assertThat(rig.loss(0)).isFinite();
    }
    assertThatThrownBy(() -> plan(new FakeSetup("mask-shared=true", "framework=byol")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("simclr only");
  }
}
