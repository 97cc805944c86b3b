package juxta.plugin.baselines.evaluators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import juxta.api.Features;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.Settings;
import juxta.toolkit.graph.Gradients;
import juxta.toolkit.graph.GraphBuilder;
import juxta.toolkit.graph.GraphSession;
import juxta.toolkit.graph.Tensors;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class DeepLabHeadTest {
  private static final SegmentationSettings NARROW =
      SegmentationSettings.of(
          Settings.of(Map.of("channels", "6", "early-channels", "3", "rates", "1,2")));

  private static Operand<TFloat32> map(GraphBuilder builder, int side, int channels) {
    Ops tf = builder.root().tf();
    return tf.random.statelessRandomNormal(
        tf.constant(new int[] {2, side, side, channels}), tf.constant(new long[] {side, channels}));
  }

  @Test
  void scoresAreAsFineAsTheEarlyMapOrElseAsTheLast() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      Operand<TFloat32> last = map(builder, 4, 5);
      Operand<TFloat32> with =
          new DeepLabHead(builder.root().sub("a"), Pass.TRAINING, NARROW)
              .apply(
                  Map.of(Features.FEATURE_MAP, last, Features.LOW_LEVEL, map(builder, 16, 4)), 7);
      Operand<TFloat32> without =
          new DeepLabHead(builder.root().sub("b"), Pass.INFERENCE, NARROW)
              .apply(Map.of(Features.FEATURE_MAP, last), 7);
      assertThat(with.shape().asArray()).containsExactly(2, 16, 16, 7);
      assertThat(without.shape().asArray()).containsExactly(2, 4, 4, 7);
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        session.step(0);
        for (var value : session.values(Map.of(), List.of(with, without), List.of())) {
          for (float x : Tensors.floats(value)) {
            assertThat(Float.isFinite(x)).isTrue();
          }
        }
      }
    }
  }

  @Test
  void gradientsReachEveryPartAndBothMaps() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      Operand<TFloat32> last = map(builder, 4, 5);
      Operand<TFloat32> early = map(builder, 8, 4);
      Operand<TFloat32> scores =
          new DeepLabHead(builder.root(), Pass.TRAINING, NARROW)
              .apply(Map.of(Features.FEATURE_MAP, last, Features.LOW_LEVEL, early), 3);
      Ops tf = builder.root().tf();
      Operand<TFloat32> loss =
          tf.math.mean(
              tf.math.square(DeepLabHead.resized(tf, scores, 16, 16)),
              tf.constant(new int[] {0, 1, 2, 3}));
      assertThat(Gradients.ofTrained(builder.root(), loss, builder.parameters()).keySet())
          .hasSize((int) builder.parameters().stream().filter(Parameter::trained).count());
      List<Operand<TFloat32>> gradients = Gradients.of(builder.root(), loss, List.of(last, early));
      try (GraphSession session = new GraphSession(builder)) {
        session.initialize();
        session.step(0);
        for (var value : session.values(Map.of(), gradients, List.of())) {
          float largest = 0;
          for (float x : Tensors.floats(value)) {
            largest = Math.max(largest, Math.abs(x));
          }
          assertThat(largest).isPositive();
        }
      }
    }
  }

  @Test
  void protocolsGiveWhatTheUserDoesNot() {
    SegmentationSettings paper = SegmentationSettings.of(Settings.DEFAULTS);
    assertThat(paper.channels()).isEqualTo(256);
    assertThat(paper.early()).isEqualTo(48);
    assertThat(paper.rates()).containsExactly(6, 12, 18);
    assertThat(paper.labelled()).isEqualTo(0.01);
    assertThat(paper.epochs()).isEqualTo(150);
    assertThat(paper.batch()).isEqualTo(16);
    assertThat(paper.rate()).isEqualTo(1e-4);
    assertThat(paper.fall()).isEqualTo(0.98);
    assertThat(paper.side()).isZero();
    assertThat(paper.tuned()).isTrue();
    SegmentationSettings small =
        SegmentationSettings.of(
            Settings.of(Map.of("protocol", "small", "side", "0", "encoder", "frozen")));
    assertThat(small.channels()).isEqualTo(64);
    assertThat(small.side()).isZero();
    assertThat(small.tuned()).isFalse();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> SegmentationSettings.of(Settings.of(Map.of("rates", "6,x"))))
        .hasMessage("segmentation.rates: '6,x' is no list of whole numbers such as 6,12,18");
  }
}
