package juxta.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import juxta.engine.train.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contenders are the same network, and all of them learn. */
class NetworksTest {
  private static final Options TINY = new Options(4, 16, 6, 0, 1, PeerTask.RESNET18, 100, false);

  /** torchvision's ResNet-18 without the classifier, with a 3x3 stem. */
  private static final long ENCODER = 11_168_832;

  private static final long HEAD = 512 * 512 + 2 * 512 + 512 * 128 + 2 * 128;

  @Test
  void juxtaHasTorchvisionsParameters() {
    assertThat(Parameters.juxta(32)).isEqualTo(ENCODER);
  }

  @ParameterizedTest
  @EnumSource(PeerTask.class)
  void djlLearns(PeerTask task) throws IOException {
    try (ChildLane djl = new ChildLane(task, TINY)) {
      learns(djl);
    }
  }

  @Test
  void djlHasTorchvisionsParameters() throws IOException {
    try (ChildLane djl = new ChildLane(PeerTask.RESNET18, TINY)) {
      assertThat(djl.parameters()).isEqualTo(ENCODER + HEAD);
    }
  }

  @ParameterizedTest
  @EnumSource(PeerTask.class)
  void djlAndJuxtaTrainAsManyValues(PeerTask task) throws IOException {
    try (ChildLane djl = new ChildLane(task, TINY)) {
      // a transposed convolution of ours has a bias, which a normalisation takes away again; the
      // last normalisation of DJL's head has one
      long extra = task == PeerTask.VNET ? 8 + 16 + 32 + 64 : -SimclrSetup.PROJECTION;
      assertThat(Parameters.of(task, TINY)).isEqualTo(djl.parameters() + extra);
    }
  }

  @Test
  void bareGraphHasTorchvisionsParametersAndLearns() {
    try (BareLane bare = new BareLane(TINY, Precision.FLOAT32.config(1))) {
      assertThat(bare.parameters()).isEqualTo(ENCODER + HEAD);
      learns(bare);
    }
  }

  @Test
  void engineStepsWhenAskedAndStopsWhenClosed() {
    Noise data = new Noise(4, 16);
    try (EngineLane engine = EngineLane.resnet18("juxta", data, Precision.FLOAT32, TINY)) {
      Lane.Sample sample = engine.step();
      assertThat(sample.loss()).isFinite().isPositive();
      assertThat(sample.millis()).isPositive();
    }
  }

  private static void learns(Lane lane) {
    double first = lane.step().loss();
    double last = first;
    for (int i = 1; i < TINY.steps(); i++) {
      last = lane.step().loss();
    }
    assertThat(last).isLessThan(first);
  }
}
