package juxta.testkit;

import java.util.Map;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv3d;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The smallest encoder of volumes that has weights, running statistics and a map. */
final class TinyVolumeNetwork implements Network {
  private static final int WIDTH = 4;

  private final GraphScope scope;
  private final Conv3d conv;
  private final BatchNorm norm;

  TinyVolumeNetwork(GraphScope scope, int channels) {
    this.scope = scope;
    conv = new Conv3d(scope.sub("conv"), channels, WIDTH, 4, 4, 0, true);
    norm = new BatchNorm(scope.sub("norm"), WIDTH);
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public Features apply(Operand<TFloat32> input, Pass pass) {
    Operand<TFloat32> map = // [B, x, y, z, D]
        scope.tf().nn.relu(norm.apply(conv.apply(input), pass));
    return new Features(
        scope.tf().math.mean(map, scope.ints(1, 2, 3)), Map.of(Features.FEATURE_MAP, map));
  }
}
