package juxta.plugin.fba;

import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.nn.BatchNorm;
import juxta.toolkit.nn.Conv3d;
import juxta.toolkit.nn.ConvTranspose3d;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The ways in which the decoders double the size: what makes their answers differ. */
enum Upsampling {
  TRANSPOSED {
    @Override
    Layer create(GraphScope scope, int in, int out) {
      ConvTranspose3d conv = new ConvTranspose3d(scope.sub("conv"), in, out, 2, 2);
      return after(scope, out, conv::apply);
    }
  },
  TRILINEAR {
    @Override
    Layer create(GraphScope scope, int in, int out) {
      Conv3d conv = new Conv3d(scope.sub("conv"), in, out, 3, 1, 1, true);
      return after(scope, out, x -> conv.apply(Enlargement.trilinear(scope, x)));
    }
  },
  NEAREST {
    @Override
    Layer create(GraphScope scope, int in, int out) {
      Conv3d conv = new Conv3d(scope.sub("conv"), in, out, 3, 1, 1, true);
      return after(scope, out, x -> conv.apply(Enlargement.nearest(scope.tf(), x)));
    }
  };

  /** A layer that doubles the size. */
  interface Layer {
    Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass);
  }

  /** The layer, with batch normalisation and ReLU at its end. */
  abstract Layer create(GraphScope scope, int in, int out);

  private interface Enlarged {
    Operand<TFloat32> of(Operand<TFloat32> x);
  }

  private static Layer after(GraphScope scope, int out, Enlarged enlarged) {
    BatchNorm norm = new BatchNorm(scope.sub("norm"), out);
    return (x, pass) -> scope.tf().nn.relu(norm.apply(enlarged.of(x), pass));
  }
}
