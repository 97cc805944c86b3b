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
  private final List<Block> blocks = new ArrayList<>();
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
    Ops tf = scope.tf();
    Operand<TFloat32> x = tf.nn.relu(bn1.apply(conv1.apply(input), pass));
    if (imagenetStem) {
      // zeros stand in for PyTorch's minus infinity: after the rectifier nothing is below them
      x =
          tf.nn.maxPool(
              Padding.zeros(tf, x, 1),
              tf.constant(new int[] {1, 3, 3, 1}),
              tf.constant(new int[] {1, 2, 2, 1}),
              "VALID");
    }
    for (Block block : blocks) {
      x = block.apply(x, pass);
    }
    Operand<TFloat32> pooled = tf.math.mean(x, scope.ints(1, 2)); // [B, D]
    return new Features(pooled, Map.of(Features.FEATURE_MAP, x));
  }
}
