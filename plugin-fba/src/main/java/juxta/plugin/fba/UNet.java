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
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The contracting half of U-Net (Ronneberger et al., 2015) for single slices of scans: five levels
 * of two 3 x 3 convolutions with max pooling between them. Its maps {@code level1} to {@code
 * level5}, [N, x, y, c], feed planar decoders.
 */
public final class UNet implements Encoder {
  /** Levels. */
  static final int LEVELS = 5;

  /** Probability of each level that an element between its convolutions is dropped. */
  static final List<Double> DROPOUT = List.of(.05, .1, .2, .3, .5);

  static final Setting<Integer> WIDTH =
      Setting.integer("width", 16)
          .range(1, 256)
          .describe("channels of the first level; they double with each of the others")
          .source("networks/UNet.py");

  /** Made by the service loader. */
  public UNet() {}

  /** Name of the map of a level, from 0. */
  static String map(int level) {
    return "level" + (level + 1);
  }

  @Override
  public String id() {
    return "unet";
  }

  @Override
  public String summary() {
    return "contracting half of U-Net for slices of volumes, five levels for decoders to use";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Ronneberger, Fischer, Brox",
            "U-Net: Convolutional Networks for Biomedical Image Segmentation",
            2015,
            "https://arxiv.org/abs/1505.04597"));
  }

  @Override
  public Set<DataKind> kinds() {
    return Set.of(DataKind.VOLUMES);
  }

  @Override
  public Set<String> maps() {
    return IntStream.range(0, LEVELS).mapToObj(UNet::map).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(WIDTH);
  }

  @Override
  public Network create(GraphScope scope, long[] input, Settings settings) {
    int divisor = 1 << LEVELS - 1;
    boolean fits = input[2] <= 1; // lengths that are not known yet are below 0
    for (int axis = 0; axis < 2; axis++) {
      fits &= input[axis] <= 0 || input[axis] % divisor == 0;
    }
    if (!fits) {
      throw new UserException(
          "encoder unet: patches of "
              + input[0]
              + " x "
              + input[1]
              + " x "
              + input[2]
              + " voxels; it takes single slices (the last axis 1) whose other axes are multiples"
              + " of "
              + divisor
              + ", as the augmentation 'slice' makes them");
    }
    return new Contraction(scope, (int) input[3], settings.get(WIDTH));
  }

  private static final class Contraction implements Network {
    private final GraphScope scope;
    private final int width;
    private final List<PlanarBlock> levels = new ArrayList<>();

    Contraction(GraphScope scope, int channels, int width) {
      this.scope = scope;
      this.width = width;
      for (int l = 0; l < LEVELS; l++) {
        int in = l == 0 ? channels : width << l - 1;
        levels.add(new PlanarBlock(scope.sub(map(l)), in, width << l, DROPOUT.get(l)));
      }
    }

    @Override
    public int width() {
      return width << LEVELS - 1;
    }

    @Override
    public Features apply(Operand<TFloat32> input, Pass pass) { // [N, X, Y, 1, C]
      Ops tf = scope.tf();
      Map<String, Operand<TFloat32>> maps = new LinkedHashMap<>();
      Operand<TFloat32> x = Planes.of(scope, input); // [N, X, Y, C]
      for (int l = 0; l < LEVELS; l++) {
        x = levels.get(l).apply(x, pass); // [N, X / 2^l, Y / 2^l, f 2^l]
        maps.put(map(l), x);
        if (l < LEVELS - 1) {
          Operand<TInt32> two = scope.ints(1, 2, 2, 1);
          x = tf.nn.maxPool(x, two, two, "VALID"); // half of each side
        }
      }
      return new Features(tf.math.mean(x, scope.ints(1, 2)), maps);
    }
  }
}
