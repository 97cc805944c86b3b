package juxta.plugin.medcluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import juxta.toolkit.nn.Gelu;
import juxta.toolkit.nn.Initializers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * MedCluster's own encoder: blocks of a 4x4 convolution of stride 2, GELU and batch normalisation,
 * in this order, then a 2x2 average pool, flattened. Views of 32 pixels become 2 x 2 x 128 = 512
 * features (matteoferrante/VAESIM, class AESIMCLR).
 */
public final class ConvGelu implements Encoder {
  private static final String SOURCE = "matteoferrante/VAESIM, classes/AESIMCLR.py";

  static final Setting<Integer> BLOCKS =
      Setting.integer("blocks", 3).range(1, 7).describe("convolutions of stride 2").source(SOURCE);

  static final Setting<Integer> WIDTH =
      Setting.integer("width", 32)
          .range(1, 1024)
          .describe("channels of the first convolution, doubled by each further one")
          .source(SOURCE);

  /** Made by the service loader. */
  public ConvGelu() {}

  @Override
  public String id() {
    return "conv-gelu";
  }

  @Override
  public String summary() {
    return "convolutions of stride 2 with GELU, pooled and flattened: 512 features of 32 pixels";
  }

  @Override
  public Set<String> maps() {
    return Set.of(Features.FEATURE_MAP);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(BLOCKS, WIDTH);
  }

  @Override
  public Network create(GraphScope scope, long[] input, Settings settings) {
    int blocks = settings.get(BLOCKS);
    int rows = (int) input[0] >> blocks >> 1;
    int columns = (int) input[1] >> blocks >> 1;
    if (rows < 1 || columns < 1) {
      throw new UserException(
          "encoder.blocks: "
              + blocks
              + " blocks and a pool leave nothing of "
              + input[0]
              + " x "
              + input[1]
              + " pixels; pass fewer, or larger views (--set augmentation.size=32)");
    }
    return new Blocks(scope, (int) input[2], blocks, settings.get(WIDTH), rows * columns);
  }

  private static final class Blocks implements Network {
    private final GraphScope scope;
    private final int width;
    private final List<Conv2d> convolutions = new ArrayList<>();
    private final List<BatchNorm> norms = new ArrayList<>();

    Blocks(GraphScope scope, int channels, int blocks, int first, int places) {
      this.scope = scope;
      int in = channels;
      for (int i = 0; i < blocks; i++) {
        int out = first << i;
        convolutions.add(
            new Conv2d(
                scope.sub("conv" + (i + 1)),
                in,
                out,
                4,
                2,
                1,
                Initializers.pytorch(),
                Optional.of(Initializers.pytorchBias(16L * in))));
        norms.add(new BatchNorm(scope.sub("bn" + (i + 1)), out));
        in = out;
      }
      this.width = places * in;
    }

    @Override
    public int width() {
      return width;
    }

    @Override
    public Features apply(Operand<TFloat32> input, Pass pass) {
      Ops tf = scope.tf();
      Operand<TFloat32> x = input; // [B, H, W, C]
      for (int i = 0; i < convolutions.size(); i++) { // each halves H and W
        x = norms.get(i).apply(Gelu.apply(tf, convolutions.get(i).apply(x)), pass);
      }
      List<Long> two = List.of(1L, 2L, 2L, 1L);
      Operand<TFloat32> pooled = tf.nn.avgPool(x, two, two, "VALID"); // [B, 2, 2, 128] of 32 pixels
      return new Features(
          tf.reshape(pooled, scope.ints(-1, width)), Map.of(Features.FEATURE_MAP, x));
    }
  }
}
