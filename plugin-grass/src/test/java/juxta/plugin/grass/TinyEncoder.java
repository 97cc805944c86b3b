package juxta.plugin.grass;

import java.util.List;
import java.util.Map;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv2d;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** One convolution of patches, batch normalisation and ReLU; its map is pooled. */
final class TinyEncoder implements Network {
  static final int WIDTH = 6;

  /** What the encoder makes of its map. */
  enum Kind {
    /** The embedding is its mean. */
    POOLED,
    /** The embedding is the mean of another tensor, as that of a class token. */
    APART,
    /** There is no map among the features. */
    WITHOUT
  }

  /** One application. */
  record Use(Operand<TFloat32> input, Operand<TFloat32> map, Pass pass) {}

  private final GraphScope scope;
  private final Kind kind;
  private final List<Use> uses;
  private final Conv2d conv;
  private final BatchNorm norm;

  TinyEncoder(GraphScope scope, Kind kind, int patch, List<Use> uses) {
    this.scope = scope;
    this.kind = kind;
    this.uses = uses;
    this.conv = new Conv2d(scope.sub("conv"), 3, WIDTH, patch, patch);
    this.norm = new BatchNorm(scope.sub("norm"), WIDTH);
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public Features apply(Operand<TFloat32> input, Pass pass) {
    Operand<TFloat32> x = norm.apply(conv.apply(input), pass);
    Operand<TFloat32> map = scope.tf().nn.relu(x); // [2N, h, w, D]
    uses.add(new Use(input, map, pass));
    Operand<TFloat32> embedding =
        scope.tf().math.mean(kind == Kind.APART ? x : map, scope.ints(1, 2));
    return new Features(
        embedding, kind == Kind.WITHOUT ? Map.of() : Map.of(Features.FEATURE_MAP, map));
  }
}
