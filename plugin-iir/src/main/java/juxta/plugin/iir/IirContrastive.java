package juxta.plugin.iir;

import juxta.api.Method;

/** Contrastive features as they are. */
public final class IirContrastive {
  private IirContrastive() {}

  /**
   * Called by the service loader.
   *
   * @return the method
   */
  public static Method provider() {
    return new Iir(Arm.CONTRASTIVE);
  }
}
