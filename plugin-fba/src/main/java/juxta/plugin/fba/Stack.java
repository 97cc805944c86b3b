package juxta.plugin.fba;

import java.util.ArrayList;
import java.util.List;
import juxta.api.GraphScope;
import juxta.api.Pass;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Several convolutions of one size, one after the other. */
record Stack(List<ConvBlock> blocks) {
  static Stack of(GraphScope scope, int number, int in, int out) {
    List<ConvBlock> blocks = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      blocks.add(ConvBlock.same(scope.sub(Integer.toString(i)), i == 0 ? in : out, out));
    }
    return new Stack(blocks);
  }

  Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass) {
    Operand<TFloat32> y = x;
    for (ConvBlock block : blocks) {
      y = block.apply(y, pass);
    }
    return y;
  }
}
