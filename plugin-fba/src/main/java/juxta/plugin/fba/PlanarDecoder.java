package juxta.plugin.fba;

import java.util.ArrayList;
import java.util.List;
import juxta.api.Features;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.Conv2d;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The expanding half of U-Net: from the maps of {@link UNet} to logits at full size. Maps of the
 * same size are set beside what comes from below.
 */
final class PlanarDecoder {
  private final GraphScope scope;
  private final List<PlanarUpsampling.Layer> ups = new ArrayList<>();
  private final List<PlanarBlock> blocks = new ArrayList<>();
  private final Conv2d out;

  private PlanarDecoder(GraphScope scope, PlanarUpsampling kind, int width, int classes) {
    this.scope = scope;
    for (int l = UNet.LEVELS - 2; l >= 0; l--) {
      int channels = width << l;
      GraphScope level = scope.sub(UNet.map(l));
      ups.add(kind.create(level.sub("up"), 2 * channels, channels));
      // no dropout: the rates of the specification belong to the five levels of the encoder
      blocks.add(new PlanarBlock(level, 2 * channels, channels, 0));
    }
    // 3 x 3, where the decoders of volumes end with 1 x 1 (own choice)
    this.out = PlanarBlock.conv(scope.sub("out"), width, classes, 3);
  }

  /**
   * Makes the parameters of one of the three decoders: bilinear, nearest, transposed.
   *
   * @param index number of the decoder, from 0
   * @param width channels of the encoder's first level
   */
  static PlanarDecoder of(GraphScope scope, int index, int width, int classes) {
    return new PlanarDecoder(scope, PlanarUpsampling.values()[index], width, classes);
  }

  /** Features [N, X, Y, 1, C] and logits [N, X, Y, 1, classes]. */
  Decoded apply(Features features, Pass pass) {
    Operand<TFloat32> x = features.map(UNet.map(UNet.LEVELS - 1)); // [N, X / 16, Y / 16, 16 f]
    for (int i = 0; i < ups.size(); i++) {
      Operand<TFloat32> skip = features.map(UNet.map(UNet.LEVELS - 2 - i)); // [N, x, y, c]
      Operand<TFloat32> both = // [N, x, y, 2 c]
          scope.tf().concat(List.of(skip, ups.get(i).apply(x)), scope.tf().constant(3));
      x = blocks.get(i).apply(both, pass); // [N, x, y, c]
    }
    return new Decoded(Planes.slices(scope, x), Planes.slices(scope, out.apply(x)));
  }
}
