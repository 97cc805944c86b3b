package juxta.toolkit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import juxta.api.Arithmetic;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Finds convolutions that a plug-in made with TensorFlow's own operations where {@link
 * Contractions} would not: oneDNN 3.5 computes them, or what flows back through them, wrong on a
 * processor.
 */
public final class OwnConvolutions {
  private static final Set<String> BACKWARD =
      Set.of("Conv2DBackpropInput", "Conv3DBackpropInputV2");
  private static final Set<String> FORWARD = Set.of("Conv2D", "Conv3D");

  private OwnConvolutions() {}

  /**
   * The numbers of channels that come out wrong.
   *
   * @param graph a whole graph of training
   * @param arithmetic of the graph
   * @return numbers of channels, each once; empty on cards and where all is well
   */
  public static List<Long> wrong(Graph graph, Arithmetic arithmetic) {
    List<Long> found = new ArrayList<>();
    if (arithmetic.processor()) {
      graph
          .operations()
          .forEachRemaining(
              operation -> {
                long channels = channels(operation);
                boolean wrong =
                    BACKWARD.contains(operation.type())
                        ? channels > InputGradient.FEW && channels % InputGradient.BLOCK != 0
                        : arithmetic.bf16() && channels % 2 == 1;
                if (wrong && !found.contains(channels)) {
                  found.add(channels);
                }
              });
    }
    return found;
  }

  /** Input channels of a convolution in float32, 0 where they are not known, and of all else. */
  private static long channels(GraphOperation operation) {
    if (!BACKWARD.contains(operation.type()) && !FORWARD.contains(operation.type())) {
      return 0;
    }
    Output<?> kernel = operation.input(1);
    Shape shape = kernel.shape();
    return kernel.type() == TFloat32.class && shape.numDimensions() > 2
        ? Math.max(0, shape.get(shape.numDimensions() - 2))
        : 0;
  }
}
