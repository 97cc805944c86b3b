package juxta.plugin.medcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import juxta.api.Dataset;
import juxta.api.Matrix;
import juxta.api.ModelFunction;
import juxta.api.Sampler;
import juxta.api.Schedule;
import juxta.api.Split;
import juxta.api.TrainingPhase;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.testkit.Graphs;
import juxta.testkit.TrialImages;
import juxta.toolkit.data.Samplers;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedTest {
  @TempDir Path folder;

  @Test
  void greyKernelsSeeWhatColourKernelsSeeOfTheSameImageThrice() {
    Random random = new Random(3);
    float[] kernel = new float[2 * 2 * 3 * 4];
    float[] grey = new float[5 * 5];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = random.nextFloat() - 0.5f;
    }
    for (int i = 0; i < grey.length; i++) {
      grey[i] = random.nextFloat();
    }
    float[] thrice = new float[3 * grey.length];
    for (int i = 0; i < thrice.length; i++) {
      thrice[i] = grey[i / 3];
    }
    Value summed = ForeignWeights.summed(Tensors.floats(new long[] {2, 2, 3, 4}, kernel));
    assertThat(summed.shape()).containsExactly(2L, 2L, 1L, 4L);
    float[] seen = convolved(grey, 1, Tensors.floats(summed));
    float[] wanted = convolved(thrice, 3, kernel);
    for (int i = 0; i < wanted.length; i++) {
      assertThat(seen[i]).isCloseTo(wanted[i], within(1e-5f));
    }
  }

  private static float[] convolved(float[] image, int channels, float[] kernel) {
    return Graphs.floats(
        scope ->
            scope
                .tf()
                .nn
                .conv2d(
                    Graphs.tensor(scope, image, 1, 5, 5, channels),
                    Graphs.tensor(scope, kernel, 2, 2, channels, 4),
                    List.of(1L, 1L, 1L, 1L),
                    "VALID"));
  }

  @Test
  void featuresComeBackFromTheirFile() {
    Matrix features = new Matrix(2, 3, new float[] {1, -2, 0.5f, 4, 5, 6});
    FeatureFile.write(folder.resolve("f.safetensors"), features);
    Matrix read = FeatureFile.read(folder.resolve("f.safetensors"));
    assertThat(read.rows()).isEqualTo(2);
    assertThat(read.values()).containsExactly(features.values());
  }

  @Test
  void aTransferNeedsWeights() {
    assertThatThrownBy(() -> new MedClusterTransfer().plan(FakeSetup.of(Blobs.of(12), 4)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("weights: ");
    String gone = folder.resolve("none.npz").toString();
    assertThat(MedClusterTransfer.WEIGHTS.missing(gone)).get().asString().contains(gone);
    assertThat(MedClusterTransfer.WEIGHTS.missing("init")).isEmpty();
    // a model that was trained is opened without the file that it began with
    FakeSetup trained = FakeSetup.of(Blobs.of(12), 4, "weights=" + gone);
    assertThat(new MedClusterTransfer().plan(trained).functions()).isNotEmpty();
  }

  @Test
  void labelsAreNeeded() {
    FakeSetup setup = FakeSetup.of(new TrialImages(8, 16), 4, "weights=init");
    assertThatThrownBy(() -> new MedClusterTransfer().plan(setup))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("labels");
    assertThatThrownBy(() -> new MedClusterSupervised().plan(setup))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("labels");
  }

  @Test
  void predictedClassesStandInThePlaceOfClusters() {
    FakeSetup setup = FakeSetup.of(Blobs.of(3), 3);
    // the bias alone decides
    Map<String, Value> bias =
        Map.of(
            "classifier.weight", Tensors.floats(new long[] {16, 3}, new float[48]),
            "classifier.bias", Tensors.floats(new long[] {3}, 0, 2, 1));
    for (ModelFunction function : Supervision.functions(setup)) {
      String output = function.name().equals("assign") ? "cluster" : "class";
      float[] classes =
          Graphs.floats(
              bias,
              scope ->
                  function
                      .body()
                      .apply(
                          scope,
                          juxta.api.Batch.of(
                              "image", Trials.images(scope, setup.data().train(), 3)))
                      .get(output));
      assertThat(classes).containsExactly(1, 1, 1);
    }
  }

  @Test
  void theBestValidationAccuracyIsKeptAndTestLabelsAreNotLookedAt() {
    Sampler sampler = Samplers.shuffled(Dataset.TRAIN, 12, 4);
    TrainingPhase phase =
        TrainingPhase.of(9, sampler, Map.of("rate", Schedule.constant(1)), context -> null);
    FakeSetup without = FakeSetup.of(Blobs.of(12), 4);
    assertThat(Supervision.watched(without, phase, context -> null).validation()).isEmpty();

    Dataset held = new Held(Blobs.of(12));
    Matrix scores = // of the labels 0, 1, 2: right, wrong, right
        new Matrix(3, 3, new float[] {3, 1, 1, 3, 1, 1, 0, 0, 1});
    Optional<TrainingPhase.Validation> watch =
        Supervision.watched(FakeSetup.of(held, 4), phase, context -> scores).validation();
    assertThat(watch).isPresent();
    assertThat(watch.get().keepBest()).isTrue();
    assertThat(watch.get().lowerIsBetter()).isFalse();
    assertThat(watch.get().every()).isEqualTo(3);
    assertThat(watch.get().measure().apply(null)).isCloseTo(2 / 3.0, within(1e-9));
  }

  /** With three images for validation, and a test split that must not be read. */
  private record Held(Blobs images) implements Dataset {
    @Override
    public String id() {
      return "held";
    }

    @Override
    public juxta.api.DataKind kind() {
      return images.kind();
    }

    @Override
    public Map<String, Split> splits() {
      return Map.of(
          Dataset.TRAIN, images.train(), Dataset.VALIDATION, Blobs.of(3).split(Dataset.TEST));
    }

    @Override
    public List<String> classes() {
      return images.classes();
    }

    @Override
    public String fingerprint() {
      return "0";
    }
  }
}
