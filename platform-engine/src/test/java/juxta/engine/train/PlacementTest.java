package juxta.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import juxta.api.Arithmetic;
import juxta.engine.hardware.Card;
import juxta.engine.hardware.Device;
import juxta.engine.hardware.Processor;
import juxta.engine.hardware.Team;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RewriterConfig.NumIterationsType;
import org.tensorflow.proto.RewriterConfig.Toggle;

/** bf16 is what layers do on a card, and a rewrite of the graph on a processor. */
class PlacementTest {
  private static final Placement CARD =
      new Placement(
          new Device.OnCard(new Card(1, "NVIDIA H100", OptionalDouble.of(9), 1L << 36)), 1);
  private static final Placement PROCESSOR =
      new Placement(
          new Device.OnProcessor(new Processor("some", Set.of("amx_bf16", "amx_tile")), 2, true),
          1);

  @Test
  void layersRoundOnCards() {
    assertThat(CARD.arithmetic(Precision.BF16)).isEqualTo(new Arithmetic(true, false));
    assertThat(CARD.arithmetic(Precision.FLOAT32)).isEqualTo(new Arithmetic(false, false));
    assertThat(rewrite(CARD, Precision.BF16)).isEqualTo(Toggle.DEFAULT);
    assertThat(CARD.config(Precision.BF16).getGpuOptions().getVisibleDeviceList()).isEqualTo("1");
  }

  @Test
  void theGraphIsRewrittenOnProcessors() {
    assertThat(PROCESSOR.arithmetic(Precision.BF16)).isEqualTo(new Arithmetic(true, true));
    assertThat(PROCESSOR.arithmetic(Precision.FLOAT32)).isEqualTo(Arithmetic.FLOAT32);
    assertThat(rewrite(PROCESSOR, Precision.BF16)).isEqualTo(Toggle.ON);
    assertThat(rewrite(PROCESSOR, Precision.FLOAT32)).isEqualTo(Toggle.DEFAULT);
  }

  /** One pass alone lost equal bits for equal seeds. */
  @Test
  void processorsRewriteAGraphTwiceWithoutWhatIsForCards() {
    for (Precision precision : Precision.values()) {
      RewriterConfig rewrite = PROCESSOR.config(precision).getGraphOptions().getRewriteOptions();
      assertThat(rewrite.getMetaOptimizerIterations())
          .isEqualTo(NumIterationsType.DEFAULT_NUM_ITERS);
      assertThat(rewrite.getLayoutOptimizer()).isEqualTo(Toggle.OFF);
      RewriterConfig card = CARD.config(precision).getGraphOptions().getRewriteOptions();
      assertThat(card).isEqualTo(RewriterConfig.getDefaultInstance());
    }
  }

  /** Else it makes sums of many out of sums of two, whose last bits hang on what came in first. */
  @Test
  void severalDevicesAddTwoAtATime() {
    Device processor = PROCESSOR.device();
    Placement two =
        new Placement(processor, 1, 1, false, new Team(List.of(processor, processor)), true);
    for (Precision precision : Precision.values()) {
      assertThat(
              two.config(precision)
                  .getGraphOptions()
                  .getRewriteOptions()
                  .getArithmeticOptimization())
          .isEqualTo(Toggle.OFF);
    }
    for (ConfigProto others : List.of(PROCESSOR.config(Precision.FLOAT32), two.passes())) {
      assertThat(others.getGraphOptions().getRewriteOptions().getArithmeticOptimization())
          .isEqualTo(Toggle.DEFAULT); // passes round as those of one device
    }
  }

  private static Toggle rewrite(Placement placement, Precision precision) {
    return placement
        .config(precision)
        .getGraphOptions()
        .getRewriteOptions()
        .getAutoMixedPrecisionOnednnBfloat16();
  }
}
