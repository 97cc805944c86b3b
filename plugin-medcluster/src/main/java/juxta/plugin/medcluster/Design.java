package juxta.plugin.medcluster;

import java.util.List;
import juxta.api.Field;
import juxta.api.Settings;
import juxta.api.Setup;
import juxta.api.UserException;
import juxta.api.View;

/**
 * What the networks of a run look like.
 *
 * @param setup the run
 * @param latent Q
 * @param room clusters that there is room for
 * @param temperature tau_c
 * @param variational whether h is drawn
 * @param conditioned whether the trained decoder sees c
 * @param image what is decoded
 */
record Design(
    Setup setup,
    int latent,
    int room,
    double temperature,
    boolean variational,
    boolean conditioned,
    Decoder.Shape image) {

  /** Whether images have classes that clusters can stand for. */
  boolean labelled() {
    return setup.data().train().has(Field.LABEL) && setup.data().classes().size() > 1;
  }

  /**
   * Reads the settings.
   *
   * @param setup the run
   * @param secondPhase whether the run has a second phase; without one nothing learns to use c
   * @throws UserException if the views do not fit the decoder
   */
  static Design of(Setup setup, boolean secondPhase) {
    Settings s = setup.settings();
    List<Long> stored = setup.data().train().field(Field.IMAGE).shape();
    int side = setup.side(View.Kind.GLOBAL);
    int blocks = s.get(MedClusterSettings.DECODER_BLOCKS);
    if (side % (1 << blocks) != 0) {
      throw new UserException(
          "decoder-blocks: "
              + blocks
              + " blocks double the sides "
              + blocks
              + " times, but views of "
              + side
              + " pixels are no multiple of "
              + (1 << blocks)
              + "; pass fewer blocks or another --set augmentation.size");
    }
    if (side != setup.side(View.Kind.EVALUATION)) {
      throw new UserException(
          "augmentation: views to train on have "
              + side
              + " pixels and those to use the model on "
              + setup.side(View.Kind.EVALUATION)
              + "; an autoencoder needs one size, as augmentation 'medical' has");
    }
    return new Design(
        setup,
        s.get(MedClusterSettings.LATENT),
        MedClusterSettings.room(s),
        s.get(MedClusterSettings.CLUSTER_TEMPERATURE),
        s.get(MedClusterSettings.VARIATIONAL),
        secondPhase && s.get(MedClusterSettings.CONDITION),
        new Decoder.Shape(
            side,
            stored.get(stored.size() - 1).intValue(),
            blocks,
            s.get(MedClusterSettings.DECODER_WIDTH)));
  }
}
