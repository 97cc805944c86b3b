package juxta.plugin.medcluster;

import java.util.Map;
import juxta.api.GraphScope;
import juxta.api.Parameter;
import juxta.api.Value;
import juxta.toolkit.graph.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;

/** The saved map from clusters to the classes that they stand for; all the first until fitted. */
final class ClusterClasses {
  private static final String NAME = "classes";

  private ClusterClasses() {}

  /**
   * The map as a parameter's value.
   *
   * @param classes the class of each cluster, [K]
   * @return the value by the parameter's full name
   */
  static Map<String, Value> parameter(int[] classes) {
    return Map.of(
        Prototypes.PLACE + "." + NAME, Tensors.ints(new long[] {classes.length}, classes));
  }

  /**
   * The classes of clusters.
   *
   * @param root root of the graph
   * @param room number of clusters
   * @param clusters [B]
   * @return [B]
   */
  static Operand<TInt32> of(GraphScope root, int room, Operand<TInt32> clusters) {
    Parameter<TInt32> map =
        root.sub(Prototypes.PLACE)
            .state(
                NAME,
                TInt32.class,
                (tf, shape, seed) -> tf.fill(tf.constant(shape), tf.constant(0)),
                room);
    return root.tf().gather(map.value(), clusters, root.tf().constant(0));
  }
}
