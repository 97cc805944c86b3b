package juxta.plugin.iir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import juxta.api.Matrix;
import juxta.api.Phase;
import juxta.api.UserException;
import juxta.api.Value;
import juxta.testkit.StandInTask;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;

class WhiteningTest {
  /** Gives descriptors of its own and remembers what was asked and written. */
  private static final class Task extends StandInTask {
    private final Matrix descriptors;
    private final List<String> asked = new ArrayList<>();

    Task(Matrix descriptors) {
      super(Path.of(""));
      this.descriptors = descriptors;
    }

    @Override
    public Matrix run(String function, String split, String output) {
      asked.add(function + " of " + split);
      return descriptors;
    }
  }

  private static Task task() {
    Random random = new Random(4);
    float[] values = new float[8 * Trials.WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * (1 + i % Trials.WIDTH);
    }
    return new Task(new Matrix(8, Trials.WIDTH, values));
  }

  private static Task after(String phase, String... settings) {
    Task task = task();
    new Iir(Arm.CLASSIFIER_AP)
        .plan(Trials.setup(settings)).phases().stream()
            .filter(p -> p.name().equals(phase))
            .map(Phase.Task.class::cast)
            .findFirst()
            .orElseThrow()
            .body()
            .accept(task);
    return task;
  }

  @Test
  void seesTrainingImagesOnly() {
    for (String kind : List.of("pca", "supervised")) {
      assertThat(after("whiten", "whitening=" + kind).asked).containsExactly("describe of train");
    }
    assertThat(after("start", "descriptor-start=pca").asked).containsExactly("pooled of train");
  }

  /** What the model applies is what was fitted: zero mean, no correlation. */
  @Test
  void whatIsWrittenWhitens() {
    Task task = after("whiten", "whitening=pca", "whitening-power=0.5", "whitening-components=4");
    float[] mean = Tensors.floats(task.written().get(WhiteningLayer.MEAN));
    Value projection = task.written().get(WhiteningLayer.PROJECTION);
    assertThat(projection.shape()).containsExactly((long) Trials.WIDTH, 4L);
    float[] p = Tensors.floats(projection);
    double[][] white = new double[8][4];
    for (int row = 0; row < 8; row++) {
      for (int k = 0; k < 4; k++) {
        for (int i = 0; i < Trials.WIDTH; i++) {
          white[row][k] += (task.descriptors.at(row, i) - mean[i]) * (double) p[i * 4 + k];
        }
      }
    }
    for (int a = 0; a < 4; a++) {
      double sum = 0;
      for (int b = 0; b < 4; b++) {
        double product = 0;
        for (double[] row : white) {
          product += row[a] * row[b] / 7;
        }
        assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-4));
      }
      for (double[] row : white) {
        sum += row[a];
      }
      assertThat(sum).isCloseTo(0, within(1e-4));
    }
  }

  /** x W + b of the layer is the whitened x. */
  @Test
  void theLayerStartsAsWhitening() {
    Task task = after("start", "descriptor-start=pca", "descriptor-size=3", "whitening-power=0.5");
    float[] w = Tensors.floats(task.written().get("descriptor.weight"));
    float[] b = Tensors.floats(task.written().get("descriptor.bias"));
    for (int k = 0; k < 3; k++) {
      double mean = 0;
      double square = 0;
      for (int row = 0; row < 8; row++) {
        double y = b[k];
        for (int i = 0; i < Trials.WIDTH; i++) {
          y += (double) task.descriptors.at(row, i) * w[i * 3 + k];
        }
        mean += y / 8;
        square += y * y / 7;
      }
      assertThat(mean).isCloseTo(0, within(1e-4));
      assertThat(square).isCloseTo(1, within(1e-3));
    }
  }

  @Test
  void phasesFollowTheArm() {
    assertThat(phases(Arm.CLASSIFIER, "weights=init")).isEmpty();
    assertThat(phases(Arm.CLASSIFIER, "weights=init", "whitening=pca")).containsExactly("whiten");
    assertThat(phases(Arm.CONTRASTIVE)).containsExactly("contrast");
    assertThat(phases(Arm.CONTRASTIVE_AP, "whitening=pca", "descriptor-start=pca"))
        .containsExactly("contrast", "start", "tune", "whiten");
    assertThat(phases(Arm.CONTRASTIVE_AP, "contrast-iterations=0")).containsExactly("tune");
    assertThat(phases(Arm.CONTRASTIVE, "weights=pom.xml")).containsExactly("weights", "contrast");
  }

  private static List<String> phases(Arm arm, String... settings) {
    return new Iir(arm).plan(Trials.setup(settings)).phases().stream().map(Phase::name).toList();
  }

  @Test
  void mistakesAreToldTogether() {
    assertThatThrownBy(() -> new Iir(Arm.CLASSIFIER).plan(Trials.setup("weights=", "scales=1,x")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("scales: '1,x' is no list of factors")
        .hasMessageContaining("needs a classifier's weights: --set weights=FILE");
  }
}
