package juxta.plugin.spps;

import java.util.Map;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Linear;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** One linear layer over all pixels, and BN. */
final class TinyEncoder implements Network {
  private final GraphScope scope;
  private final Linear linear;
  private final BatchNorm norm;
  private final int pixels;
  private final int width;

  TinyEncoder(GraphScope scope, int pixels, int width) {
    this.scope = scope;
    this.pixels = pixels;
    this.width = width;
    this.linear = new Linear(scope.sub("fc"), pixels, width, true);
    this.norm = new BatchNorm(scope.sub("bn"), width);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public Features apply(Operand<TFloat32> images, Pass pass) {
    Operand<TFloat32> flat = scope.tf().reshape(images, scope.ints(-1, pixels));
    return new Features(norm.apply(linear.apply(flat), pass), Map.of());
  }
}
