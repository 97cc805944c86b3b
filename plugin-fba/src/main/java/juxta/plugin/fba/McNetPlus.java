package juxta.plugin.fba;

import juxta.api.Method;

/** MC-Net+, which FBA-Net adds its contrast to. */
public final class McNetPlus {
  private McNetPlus() {}

  /**
   * Called by the service loader.
   *
   * @return the method
   */
  public static Method provider() {
    return new Fba(Arm.MCNET_PLUS);
  }
}
