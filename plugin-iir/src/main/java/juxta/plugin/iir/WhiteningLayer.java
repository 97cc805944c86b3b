package juxta.plugin.iir;

import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Settings;
import juxta.api.UserException;
import juxta.toolkit.contrast.Similarity;
import juxta.toolkit.nn.Initializers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** {@code x -> (x - mean) projection}, at length 1; changes nothing until it is fitted. */
final class WhiteningLayer {
  static final String MEAN = "whitening.mean";
  static final String PROJECTION = "whitening.projection";

  private final GraphScope scope;
  private final Parameter<TFloat32> mean;
  private final Parameter<TFloat32> projection;

  WhiteningLayer(GraphScope root, int width, Settings settings) {
    scope = root;
    mean = root.state(MEAN, TFloat32.class, Initializers.zeros(), width);
    projection =
        root.state(
            PROJECTION,
            TFloat32.class,
            DescriptorNetwork.identity(),
            width,
            components(width, settings));
  }

  /** Number of components that are kept. */
  static int components(int width, Settings settings) {
    int asked = settings.get(IirSettings.COMPONENTS).orElse(width);
    if (asked > width) {
      throw new UserException(
          "whitening-components: "
              + asked
              + " of descriptors of length "
              + width
              + "; ask for fewer");
    }
    return asked;
  }

  /** [B, D] to [B, k]. */
  Operand<TFloat32> apply(Operand<TFloat32> d) {
    Ops tf = scope.tf();
    return Similarity.unit(
        scope, tf.linalg.matMul(tf.math.sub(d, mean.value()), projection.value()));
  }
}
