package juxta.plugin.baselines.encoders;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import juxta.toolkit.nn.Padding;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A ResNet (He et al., 2016, arXiv 1512.03385) as torchvision builds it, without the classifier.
 * Inputs may have any height and width.
 */
final class ResNet implements Network {
  /**
   * What a ResNet is made of.
   *
   * @param blocks number of blocks of each stage
   * @param bottleneck whether blocks are bottlenecks
   * @param width channels of the first stage's convolutions, doubled in every further stage
   * @param imagenetStem whether it begins with a 7x7 convolution of stride 2 and max pooling, which
   *     shrink the input by 4, or with one 3x3 convolution that keeps its size
   * @param zeroInit whether the last normalisation of each block starts with the weight 0
   */
  record Plan(
      List<Integer> blocks,
      boolean bottleneck,
      int width,
      boolean imagenetStem,
      boolean zeroInit) {}

  private final GraphScope scope;
  private final boolean imagenetStem;
  private final Conv2d conv1;
  private final BatchNorm bn1;
  private final List<List<Block>> stages = new ArrayList<>();
  private final int width;

  ResNet(GraphScope scope, int channels, Plan plan) {
    this.scope = scope;
    this.imagenetStem = plan.imagenetStem();
    this.conv1 =
        new Conv2d(
            scope.sub("conv1"), channels, plan.width(), imagenetStem ? 7 : 3, imagenetStem ? 2 : 1);
    this.bn1 = new BatchNorm(scope.sub("bn1"), plan.width());
    int in = plan.width();
    for (int stage = 0; stage < plan.blocks().size(); stage++) {
      List<Block> blocks = new ArrayList<>();
      stages.add(blocks);
      int stageWidth = plan.width() << stage;
      for (int i = 0; i < plan.blocks().get(stage); i++) {
        GraphScope at = scope.sub("layer" + (stage + 1)).sub(Integer.toString(i));
        int stride = stage > 0 && i == 0 ? 2 : 1;
        if (plan.bottleneck()) {
          blocks.add(new Bottleneck(at, in, stageWidth, stride, plan.zeroInit()));
          in = stageWidth * Bottleneck.EXPANSION;
        } else {
          blocks.add(new BasicBlock(at, in, stageWidth, stride, plan.zeroInit()));
          in = stageWidth * BasicBlock.EXPANSION;
        }
      }
    }
    this.width = in;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public Features apply(Operand<TFloat32> input, Pass pass) {
    Operand<TFloat32> x = stem(input, pass);
    for (List<Block> stage : stages) {
      x = shrunk(x, stage, pass);
    }
    return features(x, Map.of(Features.FEATURE_MAP, x));
  }

  /**
   * Behind the stem that shrinks by 4 the last stage has its kernels spread in place of a stride,
   * so that the input shrinks by 16 in all, and the early map is that of the first stage, as in
   * DeepLabV3+. Otherwise the input shrinks by 8 anyway, and the early map is that of the second
   * stage, again four times as fine as the last.
   */
  @Override
  public Features dense(Operand<TFloat32> input, Pass pass) {
    Operand<TFloat32> x = stem(input, pass);
    Operand<TFloat32> early = x;
    for (int stage = 0; stage < stages.size(); stage++) {
      boolean spread = imagenetStem && stage == stages.size() - 1;
      x = spread ? spread(x, stages.get(stage), pass) : shrunk(x, stages.get(stage), pass);
      early = stage == (imagenetStem ? 0 : 1) ? x : early;
    }
    return features(x, Map.of(Features.FEATURE_MAP, x, Features.LOW_LEVEL, early));
  }

  private Operand<TFloat32> stem(Operand<TFloat32> input, Pass pass) {
    Ops tf = scope.tf();
    Operand<TFloat32> x = tf.nn.relu(bn1.apply(conv1.apply(input), pass));
    // zeros stand in for PyTorch's minus infinity: after the rectifier nothing is below them
    return imagenetStem
        ? tf.nn.maxPool(
            Padding.zeros(tf, x, 1),
            tf.constant(new int[] {1, 3, 3, 1}),
            tf.constant(new int[] {1, 2, 2, 1}),
            "VALID")
        : x;
  }

  private static Operand<TFloat32> shrunk(Operand<TFloat32> x, List<Block> stage, Pass pass) {
    Operand<TFloat32> y = x;
    for (Block block : stage) {
      y = block.apply(y, pass);
    }
    return y;
  }

  private static Operand<TFloat32> spread(Operand<TFloat32> x, List<Block> stage, Pass pass) {
    Operand<TFloat32> y = x;
    for (int i = 0; i < stage.size(); i++) {
      y = stage.get(i).dense(y, pass, i == 0 ? 1 : 2, 2);
    }
    return y;
  }

  private Features features(Operand<TFloat32> x, Map<String, Operand<TFloat32>> maps) {
    return new Features(scope.tf().math.mean(x, scope.ints(1, 2)), maps); // [B, D]
  }
}
