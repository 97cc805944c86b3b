package juxta.plugin.fba;

import java.util.ArrayList;
import java.util.List;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.ChannelDropout;
import juxta.toolkit.nn.Conv3d;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The expanding half of V-Net: from the encoder's maps to logits at full size. Maps of the same
 * size are added to what comes from below.
 */
final class Decoder {
  private final GraphScope scope;
  private final List<Upsampling.Layer> ups = new ArrayList<>();
  private final List<Stack> stacks = new ArrayList<>();
  private final ChannelDropout dropout;
  private final Conv3d out;

  Decoder(GraphScope scope, Upsampling kind, int width, int classes, double dropoutRate) {
    this.scope = scope;
    this.dropout = new ChannelDropout(scope, dropoutRate);
    for (int l = VNet.LEVELS - 2; l >= 0; l--) {
      int channels = width << l;
      GraphScope level = scope.sub(VNet.map(l));
      ups.add(kind.create(level.sub("up"), 2 * channels, channels));
      stacks.add(Stack.of(level, VNet.DEPTHS.get(l), channels, channels));
    }
    this.out = new Conv3d(scope.sub("out"), width, classes, 1, 1, 0, true);
  }

  /** Features [N, X, Y, Z, C] and logits [N, X, Y, Z, classes]. */
  Decoded apply(Features features, Pass pass) {
    Ops tf = scope.tf();
    Operand<TFloat32> x = features.map(VNet.map(VNet.LEVELS - 1));
    for (int i = 0; i < ups.size(); i++) {
      Operand<TFloat32> skip = features.map(VNet.map(VNet.LEVELS - 2 - i));
      x = stacks.get(i).apply(tf.math.add(ups.get(i).apply(x, pass), skip), pass);
    }
    return new Decoded(x, out.apply(dropout.apply(x, pass)));
  }
}
