package juxta.api;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** An encoder whose parameters exist; it can be applied many times. */
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
}
