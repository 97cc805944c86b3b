package juxta.plugin.fba;

import juxta.api.GraphScope;
import juxta.toolkit.nn.Conv2d;
import juxta.toolkit.nn.ConvTranspose2d;
import org.tensorflow.Operand;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.types.TFloat32;

/**
 * The ways in which the decoders of slices double the size and halve the channels, in the order of
 * the decoders. Where the size grows without parameters, a 1 x 1 convolution before it halves the
 * channels (own choice, the specification does not say how).
 */
enum PlanarUpsampling {
  /** Bilinear with aligned corners. */
  BILINEAR {
    @Override
    Layer create(GraphScope scope, int in, int out) {
      Conv2d conv = PlanarBlock.conv(scope.sub("conv"), in, out, 1);
      return x -> {
        var shape = x.shape();
        return scope
            .tf()
            .image
            .resizeBilinear(
                conv.apply(x),
                scope.ints(2 * (int) shape.get(1), 2 * (int) shape.get(2)),
                ResizeBilinear.alignCorners(true));
      };
    }
  },
  /** Each pixel four times. */
  NEAREST {
    @Override
    Layer create(GraphScope scope, int in, int out) {
      Conv2d conv = PlanarBlock.conv(scope.sub("conv"), in, out, 1);
      return x -> Enlargement.nearest(scope.tf(), conv.apply(x));
    }
  },
  /** Transposed convolution, 2 x 2 with stride 2. */
  TRANSPOSED {
    @Override
    Layer create(GraphScope scope, int in, int out) {
      return new ConvTranspose2d(scope.sub("conv"), in, out, 2, 2)::apply;
    }
  };

  /** [N, x, y, in] to [N, 2x, 2y, out]; x and y are known when the graph is built. */
  interface Layer {
    Operand<TFloat32> apply(Operand<TFloat32> x);
  }

  /** Makes the parameters. */
  abstract Layer create(GraphScope scope, int in, int out);
}
