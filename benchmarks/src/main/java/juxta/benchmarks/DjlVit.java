package juxta.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;

/** ViT-T with patches of 4 x 4, class token and learned positions, of DJL's blocks. */
final class DjlVit {
  static final int WIDTH = 192;
  private static final int DEPTH = 12;
  private static final int HEADS = 3;
  private static final int PATCH = 4;

  private DjlVit() {}

  /** Images [N, 3, H, W] to features [N, 192]. */
  static SequentialBlock encoder() {
    SequentialBlock encoder =
        new SequentialBlock()
            .add(
                Conv2d.builder()
                    .setKernelShape(new Shape(PATCH, PATCH))
                    .setFilters(WIDTH)
                    .optStride(new Shape(PATCH, PATCH))
                    .build())
            .add(new Tokens());
    for (int i = 0; i < DEPTH; i++) {
      encoder
          .add(
              residual(
                  norm(),
                  linear(3 * WIDTH),
                  LambdaBlock.singleton(DjlVit::attend, "attend"),
                  linear(WIDTH)))
          .add(residual(norm(), linear(4 * WIDTH), Activation.geluBlock(), linear(WIDTH)));
    }
    return encoder.add(norm()).add(LambdaBlock.singleton(x -> x.get(":, 0"), "class"));
  }

  /** x + f(x). */
  private static Block residual(Block... blocks) {
    SequentialBlock f = new SequentialBlock();
    List.of(blocks).forEach(f::add);
    return new ParallelBlock(
        branches ->
            new NDList(branches.get(0).singletonOrThrow().add(branches.get(1).singletonOrThrow())),
        List.of(Blocks.identityBlock(), f));
  }

  private static Block norm() {
    return LayerNorm.builder().axis(2).optEpsilon(1e-6f).build();
  }

  private static Block linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  /** Queries, keys and values [B, T, 3 D] to what each token gathers [B, T, D]. */
  private static NDArray attend(NDArray qkv) {
    long batch = qkv.getShape().get(0);
    long tokens = qkv.getShape().get(1);
    NDArray parts = // [3, B, heads, T, D / heads]
        qkv.reshape(batch, tokens, 3, HEADS, WIDTH / HEADS).transpose(2, 0, 3, 1, 4);
    NDArray q = parts.get(0).mul((float) (1 / Math.sqrt((double) WIDTH / HEADS)));
    NDArray weights = q.matMul(parts.get(1).transpose(0, 1, 3, 2)).softmax(-1);
    return weights.matMul(parts.get(2)).transpose(0, 2, 1, 3).reshape(batch, tokens, WIDTH);
  }

  /** Patches [B, D, h, w] as tokens [B, 1 + h w, D], the class token first, with positions. */
  private static final class Tokens extends AbstractBlock {
    private final Parameter token =
        addParameter(Parameter.builder().setName("token").setType(Parameter.Type.OTHER).build());
    private final Parameter positions =
        addParameter(Parameter.builder().setName("position").setType(Parameter.Type.OTHER).build());

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> more) {
      NDArray x = inputs.singletonOrThrow();
      Shape shape = x.getShape();
      NDArray patches = x.reshape(shape.get(0), WIDTH, -1).transpose(0, 2, 1);
      NDArray first =
          store
              .getValue(token, x.getDevice(), training)
              .broadcast(new Shape(shape.get(0), 1, WIDTH));
      first.attach(x.getManager()); // else nothing that follows is freed after the step
      return new NDList(
          first.concat(patches, 1).add(store.getValue(positions, x.getDevice(), training)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {new Shape(inputs[0].get(0), tokens(inputs[0]), WIDTH)};
    }

    @Override
    protected void prepare(Shape[] inputs) {
      token.setShape(new Shape(1, 1, WIDTH));
      positions.setShape(new Shape(1, tokens(inputs[0]), WIDTH));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
      // there are none
    }

    private static long tokens(Shape input) {
      return 1 + input.get(2) * input.get(3);
    }
  }
}
