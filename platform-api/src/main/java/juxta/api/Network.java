package juxta.api;

import org.apiguardian.api.API;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** An encoder whose parameters exist; it can be applied many times. */
@API(status = API.Status.STABLE, since = "0.1")
public interface Network {
  /**
   * Length D of the embedding.
   *
   * @return D
   */
  int width();

  /**
   * Applies the network.
   *
   * @param input [B, H, W, C] for images; any H and W that the encoder can take
   * @param pass in which mode
   * @return the features
   */
  Features apply(Operand<TFloat32> input, Pass pass);

  /**
   * Applies the same parameters for the prediction of pixels: the last map is as fine as the
   * network can make it (of a ResNet that shrinks its input by 32, by 16), and an early one lies
   * beside it where there is one.
   *
   * @param input [B, H, W, C] for images; any H and W that the encoder can take
   * @param pass in which mode
   * @return the features; by default those of {@link #apply}
   */
  default Features dense(Operand<TFloat32> input, Pass pass) {
    return apply(input, pass);
  }
}
