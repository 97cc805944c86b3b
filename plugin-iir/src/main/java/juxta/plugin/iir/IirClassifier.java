package juxta.plugin.iir;

import juxta.api.Method;

/** A classifier's features as they are: what the paper starts from. */
public final class IirClassifier {
  private IirClassifier() {}

  /**
   * Called by the service loader.
   *
   * @return the method
   */
  public static Method provider() {
    return new Iir(Arm.CLASSIFIER);
  }
}
