package juxta.plugin.baselines.encoders;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Layout;
import juxta.api.Network;
import juxta.api.Parameter;
import juxta.api.Pass;
import juxta.api.UserException;
import juxta.toolkit.nn.Initializers;
import juxta.toolkit.nn.LayerNorm;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A vision transformer with a class token (Dosovitskiy et al., 2021, arXiv 2010.11929), with timm's
 * names. Its embedding is the normalised class token.
 *
 * <p>Images may have another size than at creation, as long as it is known when the graph is built
 * and the patches fit.
 */
final class VisionTransformer implements Network {
  /** Of all layer normalisations, as in timm. */
  static final double EPSILON = 1e-6;

  /**
   * What a vision transformer is made of.
   *
   * @param patch side of a patch in pixels
   * @param width length D of a token
   * @param depth number of blocks
   * @param heads number of attention heads
   * @param mlpRatio hidden units of a block over D
   * @param dropPath rate of stochastic depth in the last block, growing linearly from 0
   * @param initial first values
   * @param fixedPositions whether the position embedding is not learned
   */
  record Plan(
      int patch,
      int width,
      int depth,
      int heads,
      double mlpRatio,
      double dropPath,
      TransformerInit initial,
      boolean fixedPositions) {}

  private final GraphScope scope;
  private final Plan plan;
  private final Parameter<TFloat32> classToken;
  private final PositionEmbedding positions;
  private final PatchEmbedding patches;
  private final List<TransformerBlock> blocks = new ArrayList<>();
  private final LayerNorm norm;

  VisionTransformer(GraphScope scope, long[] input, Plan plan) {
    this.scope = scope;
    this.plan = plan;
    int channels = Inputs.channels(input);
    this.classToken =
        scope.weight("cls_token", Layout.PLAIN, Initializers.normal(1e-6), 1, 1, plan.width());
    this.positions =
        new PositionEmbedding(
            scope,
            patches(input[0], "height"),
            patches(input[1], "width"),
            plan.width(),
            plan.fixedPositions());
    this.patches =
        new PatchEmbedding(
            scope,
            plan.patch(),
            channels,
            plan.width(),
            plan.initial().patches(plan.patch(), channels, plan.width()));
    for (int i = 0; i < plan.depth(); i++) {
      double rate = plan.depth() == 1 ? 0 : plan.dropPath() * i / (plan.depth() - 1);
      blocks.add(new TransformerBlock(scope.sub("blocks").sub(Integer.toString(i)), plan, rate));
    }
    this.norm = new LayerNorm(scope.sub("norm"), plan.width(), EPSILON);
  }

  @Override
  public int width() {
    return plan.width();
  }

  @Override
  public Features apply(Operand<TFloat32> input, Pass pass) {
    Ops tf = scope.tf();
    int h = patches(input.shape().get(1), "height");
    int w = patches(input.shape().get(2), "width");
    int d = plan.width();
    Operand<TFloat32> x = patches.apply(input, h, w); // [B, h w, D]
    Operand<TFloat32> token = // [B, 1, D]
        tf.tile(
            classToken.value(), tf.stack(List.of(batch(tf, x), tf.constant(1), tf.constant(1))));
    x = tf.math.add(tf.concat(List.of(token, x), tf.constant(1)), positions.of(h, w));
    for (TransformerBlock block : blocks) {
      x = block.apply(x, pass);
    }
    x = norm.apply(x); // [B, 1 + h w, D]
    Operand<TFloat32> embedding = // [B, D]
        tf.reshape(tf.slice(x, scope.ints(0, 0, 0), scope.ints(-1, 1, -1)), scope.ints(-1, d));
    Operand<TFloat32> map = // [B, h, w, D]
        tf.reshape(
            tf.slice(x, scope.ints(0, 1, 0), scope.ints(-1, -1, -1)), scope.ints(-1, h, w, d));
    return new Features(embedding, Map.of(Features.TOKENS, x, Features.FEATURE_MAP, map));
  }

  private static Operand<TInt32> batch(Ops tf, Operand<TFloat32> x) {
    long known = x.shape().get(0);
    return known >= 0
        ? tf.constant((int) known)
        : tf.gather(tf.shape(x), tf.constant(0), tf.constant(0));
  }

  /** Number of patches along a side. */
  private int patches(long side, String name) {
    if (side <= 0 || side % plan.patch() != 0) {
      throw new UserException(
          "patches of "
              + plan.patch()
              + " pixels do not fill the image's "
              + name
              + (side <= 0 ? ", which is not known" : " of " + side + " pixels")
              + "; choose another patch or image size");
    }
    return (int) (side / plan.patch());
  }
}
