package juxta.plugin.fba;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import juxta.api.DataKind;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Reference;
import juxta.api.Setting;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.toolkit.nn.ChannelDropout;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The contracting half of V-Net (Milletari et al., 2016), plain as in the semi-supervised
 * literature: five levels of 3 x 3 x 3 convolutions, without residual connections, with strided
 * convolutions between them. Its maps {@code level1} to {@code level5} feed decoders.
 */
public final class VNet implements Encoder {
  /** Levels. */
  static final int LEVELS = 5;

  /** Convolutions of each level. */
  static final List<Integer> DEPTHS = List.of(1, 2, 3, 3, 3);

  static final Setting<Integer> WIDTH =
      Setting.integer("width", 16)
          .range(1, 256)
          .describe("f, channels of the first level; they double with each of the others")
          .source("networks/VNet.py");

  static final Setting<Double> DROPOUT =
      Setting.real("dropout", 0.5)
          .range(0, 0.99)
          .describe("probability that a channel of the last level is dropped in training")
          .source("networks/VNet.py");

  /** Made by the service loader. */
  public VNet() {}

  /** Name of the map of a level, from 0. */
  static String map(int level) {
    return "level" + (level + 1);
  }

  @Override
  public String id() {
    return "vnet";
  }

  @Override
  public String summary() {
    return "contracting half of V-Net for volumes, five levels for decoders to use";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Milletari, Navab, Ahmadi",
            "V-Net: Fully Convolutional Neural Networks for Volumetric Medical Image Segmentation",
            2016,
            "https://arxiv.org/abs/1606.04797"));
  }

  @Override
  public Set<DataKind> kinds() {
    return Set.of(DataKind.VOLUMES);
  }

  @Override
  public Set<String> maps() {
    return IntStream.range(0, LEVELS).mapToObj(VNet::map).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(WIDTH, DROPOUT);
  }

  @Override
  public Network create(GraphScope scope, long[] input, Settings settings) {
    int divisor = 1 << LEVELS - 1;
    for (int axis = 0; axis < 3; axis++) {
      if (input[axis] > 0 && input[axis] % divisor != 0) {
        throw new UserException(
            "encoder vnet: patches of "
                + input[0]
                + " x "
                + input[1]
                + " x "
                + input[2]
                + " voxels; each axis must be a multiple of "
                + divisor);
      }
    }
    return new Contraction(scope, (int) input[3], settings.get(WIDTH), settings.get(DROPOUT));
  }

  private static final class Contraction implements Network {
    private final GraphScope scope;
    private final int width;
    private final List<Stack> levels = new ArrayList<>();
    private final List<ConvBlock> downs = new ArrayList<>();
    private final ChannelDropout dropout;

    Contraction(GraphScope scope, int channels, int width, double dropout) {
      this.scope = scope;
      this.width = width;
      this.dropout = new ChannelDropout(scope, dropout);
      for (int l = 0; l < LEVELS; l++) {
        int out = width << l;
        GraphScope level = scope.sub(map(l));
        levels.add(Stack.of(level, DEPTHS.get(l), l == 0 ? channels : out, out));
        if (l < LEVELS - 1) {
          downs.add(ConvBlock.down(level.sub("down"), out, 2 * out));
        }
      }
    }

    @Override
    public int width() {
      return width << LEVELS - 1;
    }

    @Override
    public Features apply(Operand<TFloat32> input, Pass pass) {
      Map<String, Operand<TFloat32>> maps = new LinkedHashMap<>();
      Operand<TFloat32> x = input; // [N, X, Y, Z, C]
      for (int l = 0; l < LEVELS; l++) {
        x = levels.get(l).apply(x, pass); // [N, X / 2^l, Y / 2^l, Z / 2^l, f 2^l]
        if (l == LEVELS - 1) {
          x = dropout.apply(x, pass);
        }
        maps.put(map(l), x);
        if (l < LEVELS - 1) {
          x = downs.get(l).apply(x, pass);
        }
      }
      return new Features(scope.tf().math.mean(x, scope.ints(1, 2, 3)), maps);
    }
  }
}
