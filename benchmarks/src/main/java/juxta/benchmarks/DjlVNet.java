package juxta.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.norm.BatchNorm;

/**
 * V-Net on patches, with the Dice loss of the foreground. DJL has no transposed convolution of
 * volumes; one of 2 x 2 x 2 with stride 2 is the same as a convolution of 1 x 1 x 1 to eight times
 * the channels, put side by side.
 */
record DjlVNet() implements DjlTask {
  private static final int[] DEPTHS = {1, 2, 3, 3, 3};

  @Override
  public SequentialBlock network() {
    return new SequentialBlock().add(level(0)).add(convolution(2, 1, 1, 0, true));
  }

  /** A level with all that lies below it: it keeps the size. */
  private static Block level(int level) {
    int width = VolumeSetup.WIDTH << level;
    SequentialBlock down = new SequentialBlock();
    stack(down, DEPTHS[level], width);
    if (level == DEPTHS.length - 1) {
      return down;
    }
    SequentialBlock below = new SequentialBlock();
    block(below, 2 * width, 2, 2, 0);
    below.add(level(level + 1)).add(convolution(8 * width, 1, 1, 0, false));
    below.add(LambdaBlock.singleton(DjlVNet::sideBySide, "sideBySide"));
    below.add(norm()).add(Activation.reluBlock());
    SequentialBlock up = new SequentialBlock();
    up.add(down)
        .add(
            new ParallelBlock(
                both ->
                    new NDList(both.get(0).singletonOrThrow().add(both.get(1).singletonOrThrow())),
                java.util.List.of(Blocks.identityBlock(), below)));
    stack(up, DEPTHS[level], width);
    return up;
  }

  private static void stack(SequentialBlock to, int depth, int width) {
    for (int i = 0; i < depth; i++) {
      block(to, width, 3, 1, 1);
    }
  }

  private static void block(SequentialBlock to, int width, int kernel, int stride, int padding) {
    to.add(convolution(width, kernel, stride, padding, true))
        .add(norm())
        .add(Activation.reluBlock());
  }

  /** [B, 8 C, X, Y, Z] to [B, C, 2 X, 2 Y, 2 Z]. */
  private static NDArray sideBySide(NDArray x) {
    Shape s = x.getShape();
    long c = s.get(1) / 8;
    return x.reshape(s.get(0), 2, 2, 2, c, s.get(2), s.get(3), s.get(4))
        .transpose(0, 4, 5, 1, 6, 2, 7, 3)
        .reshape(s.get(0), c, 2 * s.get(2), 2 * s.get(3), 2 * s.get(4));
  }

  private static Block convolution(int out, int kernel, int stride, int padding, boolean bias) {
    return Conv3d.builder()
        .setKernelShape(new Shape(kernel, kernel, kernel))
        .setFilters(out)
        .optStride(new Shape(stride, stride, stride))
        .optPadding(new Shape(padding, padding, padding))
        .optBias(bias)
        .build();
  }

  private static Block norm() {
    return BatchNorm.builder().optEpsilon(1e-5f).optMomentum(0.9f).build();
  }

  @Override
  public Shape input(Options options) {
    return new Shape(
        VolumeSetup.BATCH, 1, VolumeSetup.PATCH[0], VolumeSetup.PATCH[1], VolumeSetup.PATCH[2]);
  }

  @Override
  public NDArray batch(NDManager manager, Options options) {
    return manager.randomNormal(input(options)).add(truth(manager, options));
  }

  /** A bright block in the middle. */
  private NDArray truth(NDManager manager, Options options) {
    NDArray t = manager.zeros(input(options));
    t.set(new ai.djl.ndarray.index.NDIndex(":, :, 12:36, 12:36, 8:24"), 1);
    return t;
  }

  @Override
  public Loss loss(NDManager manager, Options options) {
    NDArray t = truth(manager, options);
    NDArray size = t.sum();
    return logits -> {
      NDArray p = Activation.sigmoid(logits.get(":, 1:2").sub(logits.get(":, 0:1")));
      return p.mul(t).sum().mul(2).div(p.sum().add(size)).neg().add(1);
    };
  }
}
