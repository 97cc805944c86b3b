package juxta.toolkit.nn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import juxta.api.UserException;
import juxta.toolkit.graph.GraphBuilder;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class DilationTest {
  /** A user's mistake, so that whoever writes a model for any size writes it for one instead. */
  @Test
  void sidesThatAreNotKnownAreRefused() {
    try (Graph graph = new Graph()) {
      GraphBuilder builder = new GraphBuilder(graph, 1, "test");
      Placeholder<TFloat32> x =
          builder
              .root()
              .tf()
              .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, 6, 3)));
      Conv2d layer = new Conv2d(builder.root(), 3, 4, 3, 1);
      assertThatThrownBy(() -> layer.atrous(x, 2))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("needs to know the sides of its input, not [-1, -1, 6, 3]; choose");
    }
  }
}
