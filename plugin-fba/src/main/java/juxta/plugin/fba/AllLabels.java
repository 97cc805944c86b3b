package juxta.plugin.fba;

import juxta.api.Method;

/** Training on all scans with their masks: the upper bound. */
public final class AllLabels {
  private AllLabels() {}

  /**
   * Called by the service loader.
   *
   * @return the method
   */
  public static Method provider() {
    return new Fba(Arm.ALL_LABELS);
  }
}
