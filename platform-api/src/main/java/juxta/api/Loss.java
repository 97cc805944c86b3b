package juxta.api;

import org.apiguardian.api.API;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Turns similarities and targets into a scalar. */
@API(status = API.Status.STABLE, since = "0.1")
public interface Loss extends Component {
  /**
   * The loss, a mean over the queries.
   *
   * @param scope where to build
   * @param comparison what is compared
   * @param settings this loss's settings
   * @return a scalar
   */
  Operand<TFloat32> apply(GraphScope scope, Comparison comparison, Settings settings);
}
