package juxta.plugin.fba;

import java.util.List;
import juxta.api.GraphScope;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Single slices of volumes, [N, X, Y, 1, C], as planes, [N, X, Y, C], and pixels of planes. */
final class Planes {
  private Planes() {}

  /** [N, X, Y, 1, C] to [N, X, Y, C]. */
  static Operand<TFloat32> of(GraphScope scope, Operand<TFloat32> slices) {
    return scope.tf().squeeze(slices, Squeeze.axis(List.of(3L)));
  }

  /** [N, X, Y, C] to [N, X, Y, 1, C]. */
  static Operand<TFloat32> slices(GraphScope scope, Operand<TFloat32> planes) {
    return scope.tf().expandDims(planes, scope.tf().constant(3));
  }

  /**
   * The pixels that an axis of n pixels shows when it is resized to m without interpolation: place
   * i shows the pixel nearest to {@code i (n - 1) / (m - 1)}, so that both ends stay where they
   * are. The specification says "nearest" only; this is the rule of scipy's {@code zoom} (own
   * choice). Enlarging and going back to n gives every pixel back.
   *
   * @param places i [m]
   * @param n a scalar, or [N, 1] for lengths of each record
   * @param m a scalar
   * @return of the shape to which the places and n broadcast
   */
  static Operand<TInt32> nearest(
      GraphScope scope, Operand<TInt32> places, Operand<TInt32> n, Operand<TInt32> m) {
    var math = scope.tf().math;
    Operand<TInt32> one = scope.tf().constant(1);
    Operand<TInt32> two = scope.tf().constant(2);
    Operand<TInt32> span = math.sub(m, one);
    // whole numbers throughout: floor((2 i (n - 1) + m - 1) / (2 (m - 1))) rounds halves up
    Operand<TInt32> above = math.add(math.mul(math.mul(places, two), math.sub(n, one)), span);
    return math.floorDiv(above, math.maximum(math.mul(span, two), one));
  }
}
