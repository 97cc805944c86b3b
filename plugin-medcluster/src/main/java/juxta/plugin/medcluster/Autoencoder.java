package juxta.plugin.medcluster;

import java.util.Optional;
import juxta.api.GraphScope;
import juxta.api.Pass;
import juxta.toolkit.discrimination.Head;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The networks of MedCluster in one graph: encoder, latent layer, projection head, clusters,
 * decoder. All are made, whatever a step or a function uses, so that every graph of a run has the
 * same parameters.
 */
final class Autoencoder {
  static final String ENCODER = "encoder";

  private final juxta.api.Network encoder;
  private final Latent latent;
  private final Head projection;
  private final Decoder decoder;
  private final Prototypes prototypes;
  private final boolean conditioned;

  /**
   * Makes the parameters.
   *
   * @param root root of the graph
   * @param design what the networks look like
   */
  Autoencoder(GraphScope root, Design design) {
    int q = design.latent();
    this.encoder = design.setup().encoder(root.sub(ENCODER));
    this.latent = new Latent(root.sub("latent"), encoder.width(), q, design.variational());
    this.projection = // q -> 2 q -> 2 q -> q
        Head.from(root.sub("projection"), q)
            .linear(2 * q, true)
            .relu()
            .linear(2 * q, true)
            .relu()
            .linear(q, true);
    this.prototypes = new Prototypes(root, design.room(), q, design.temperature());
    this.decoder = new Decoder(root.sub("decoder"), q, design.room(), design.image());
    this.conditioned = design.conditioned();
  }

  /** h of a training step, from views [B, H, W, C]. */
  Latent.Code code(Operand<TFloat32> views) {
    return latent.drawn(encoder.apply(views, Pass.TRAINING).embedding());
  }

  /** The same of an encoder that is kept: no gradient and no running statistic changes it. */
  Latent.Code keptCode(Operand<TFloat32> views) {
    return latent.kept(encoder.apply(views, Pass.INFERENCE).embedding());
  }

  /** h of views [B, H, W, C] as they are, without chance: what is clustered, [B, Q]. */
  Operand<TFloat32> embed(Operand<TFloat32> views) {
    return embed(views, Pass.INFERENCE);
  }

  /** h in another mode. */
  Operand<TFloat32> embed(Operand<TFloat32> views, Pass pass) {
    return latent.mean(encoder.apply(views, pass).embedding());
  }

  /** z, [B, Q], which only the contrastive loss sees. */
  Operand<TFloat32> project(Operand<TFloat32> h, Pass pass) {
    return projection.apply(h, pass);
  }

  /** x̂ without a condition. */
  Operand<TFloat32> decode(Operand<TFloat32> h, Pass pass) {
    return decoder.apply(h, Optional.empty(), pass);
  }

  /** x̂ of h and its soft assignment c, where the run conditions its decoder. */
  Operand<TFloat32> decode(Operand<TFloat32> h, Operand<TFloat32> c, Pass pass) {
    return decoder.apply(h, conditioned ? Optional.of(c) : Optional.empty(), pass);
  }

  Prototypes prototypes() {
    return prototypes;
  }
}
