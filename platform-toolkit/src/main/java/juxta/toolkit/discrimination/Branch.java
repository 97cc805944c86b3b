package juxta.toolkit.discrimination;

import juxta.api.GraphScope;
import juxta.api.Network;
import juxta.api.Pass;
import juxta.api.Setup;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * An encoder f and the projection head g on it. Its parameters lie at {@code encoder} and {@code
 * projection}, those of a moving average of it at {@code momentum.encoder} and {@code
 * momentum.projection}.
 *
 * @param encoder f
 * @param projection g
 */
public record Branch(Network encoder, Head projection) {
  /** Makes a projection head. */
  @FunctionalInterface
  public interface Projection {
    /**
     * Makes the head.
     *
     * @param scope where its parameters go
     * @param in D, length of the encoder's features
     * @return the head
     */
    Head on(GraphScope scope, int in);
  }

  /**
   * What a branch makes of a batch.
   *
   * @param feature h = f(x), [B, D]
   * @param projection z = g(h), [B, out]
   */
  public record Encoded(Operand<TFloat32> feature, Operand<TFloat32> projection) {}

  /**
   * A branch that is trained.
   *
   * @param setup the run, whose encoder is used
   * @param scope where the parameters go
   * @param projection makes g
   * @return the branch
   */
  public static Branch online(Setup setup, GraphScope scope, Projection projection) {
    Network f = setup.encoder(scope.sub("encoder"));
    return new Branch(f, projection.on(scope.sub("projection"), f.width()));
  }

  /**
   * The moving average of the trained branch in the same scope. Its value in a step already follows
   * the trained weights with which the step begins; running statistics are its own.
   *
   * @param setup the run, whose encoder is used
   * @param scope the scope of the trained branch
   * @param projection makes g, as that of the trained branch
   * @param m momentum, a scalar in [0, 1]
   * @return the branch, through which no gradient flows
   */
  public static Branch averaged(
      Setup setup, GraphScope scope, Projection projection, Operand<TFloat32> m) {
    GraphScope copy = scope.sub("momentum");
    Network f = setup.encoder(copy.sub("encoder").averageOf(scope.sub("encoder"), m));
    GraphScope head = copy.sub("projection").averageOf(scope.sub("projection"), m);
    return new Branch(f, projection.on(head, f.width()));
  }

  /**
   * Applies f, then g.
   *
   * @param x [B, H, W, C]
   * @param pass in which mode
   * @return h and z
   */
  public Encoded apply(Operand<TFloat32> x, Pass pass) {
    Operand<TFloat32> h = encoder.apply(x, pass).embedding(); // [B, D]
    return new Encoded(h, projection.apply(h, pass));
  }
}
