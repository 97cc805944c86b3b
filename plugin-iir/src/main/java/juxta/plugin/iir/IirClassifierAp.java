package juxta.plugin.iir;

import juxta.api.Method;

/** A classifier fine-tuned with average precision: whether contrastive pre-training matters. */
public final class IirClassifierAp {
  private IirClassifierAp() {}

  /**
   * Called by the service loader.
   *
   * @return the method
   */
  public static Method provider() {
    return new Iir(Arm.CLASSIFIER_AP);
  }
}
