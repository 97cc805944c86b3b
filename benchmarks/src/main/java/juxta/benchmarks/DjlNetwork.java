package juxta.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/** The network of {@link BareNetwork} made of DJL's blocks. */
final class DjlNetwork {
  private DjlNetwork() {}

  /** Images [N, 3, H, W] to features [N, 512]. */
  static SequentialBlock encoder() {
    SequentialBlock encoder =
        new SequentialBlock().add(convolution(64, 3, 1)).add(norm()).add(Activation.reluBlock());
    int in = 64;
    for (int stage = 0; stage < 4; stage++) {
      int width = 64 << stage;
      encoder.add(block(in, width, stage == 0 ? 1 : 2)).add(block(width, width, 1));
      in = width;
    }
    return encoder.add(Pool.globalAvgPool2dBlock());
  }

  /** Features [N, D] to projections [N, out]. */
  static SequentialBlock head(int width, int out) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(width).optBias(false).build())
        .add(norm())
        .add(Activation.reluBlock())
        .add(Linear.builder().setUnits(out).optBias(false).build())
        .add(norm());
  }

  /** NT-Xent of projections [2B, D], with 1 in {@code targets} where rows belong together. */
  static NDArray loss(NDArray z, NDArray targets, NDArray self, float temperature) {
    NDArray unit = z.normalize(2, 1);
    NDArray logits = unit.matMul(unit.transpose()).div(temperature).sub(self.mul(1e9f));
    return logits.logSoftmax(1).mul(targets).sum().neg().div(z.getShape().get(0));
  }

  private static Block block(int in, int width, int stride) {
    SequentialBlock residual =
        new SequentialBlock()
            .add(convolution(width, 3, stride))
            .add(norm())
            .add(Activation.reluBlock())
            .add(convolution(width, 3, 1))
            .add(norm());
    Block past =
        in == width
            ? Blocks.identityBlock()
            : new SequentialBlock().add(convolution(width, 1, stride)).add(norm());
    return new ParallelBlock(
        branches ->
            new NDList(
                Activation.relu(
                    branches.get(0).singletonOrThrow().add(branches.get(1).singletonOrThrow()))),
        List.of(residual, past));
  }

  private static Block convolution(int out, int kernel, int stride) {
    return Conv2d.builder()
        .setKernelShape(new Shape(kernel, kernel))
        .setFilters(out)
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(kernel / 2, kernel / 2))
        .optBias(false)
        .build();
  }

  private static Block norm() {
    return BatchNorm.builder().optEpsilon(1e-5f).optMomentum(0.9f).build();
  }
}
