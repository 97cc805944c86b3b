package juxta.engine.run;

import java.util.function.Supplier;
import juxta.api.Encoder;
import juxta.api.Features;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.engine.catalogue.Registered;
import juxta.engine.train.ComponentFault;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A network that is held to what its encoder says of it: what goes wrong behind it would be put
 * down to the method.
 *
 * @param encoder what made it
 * @param network what it made
 */
record CheckedNetwork(Registered<Encoder> encoder, Network network) implements Network {
  @Override
  public int width() {
    return network.width();
  }

  @Override
  public Features apply(Operand<TFloat32> input, Pass pass) {
    return checked("apply()", () -> network.apply(input, pass));
  }

  @Override
  public Features dense(Operand<TFloat32> input, Pass pass) {
    return checked("dense()", () -> network.dense(input, pass));
  }

  private Features checked(String where, Supplier<Features> call) {
    Features features = ComponentFault.in(encoder, where, call);
    Shape shape = features.embedding().shape();
    boolean rank = shape.isUnknown() || shape.numDimensions() == 2;
    boolean width = shape.isUnknown() || !rank || shape.get(1) < 0 || shape.get(1) == width();
    if (!rank || !width) {
      throw ComponentFault.nonsense(
              where, "made an embedding of shape " + shape + " where it says [B, " + width() + "]")
          .of(encoder);
    }
    return features;
  }
}
