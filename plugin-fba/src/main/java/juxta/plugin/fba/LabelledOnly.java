package juxta.plugin.fba;

import juxta.api.Method;

/** Training on the labelled scans alone: what a method with unlabelled ones must beat. */
public final class LabelledOnly {
  private LabelledOnly() {}

  /**
   * Called by the service loader.
   *
   * @return the method
   */
  public static Method provider() {
    return new Fba(Arm.LABELLED_ONLY);
  }
}
