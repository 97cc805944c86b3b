package juxta.plugin.fba;

import juxta.api.Method;

/** FBA-Net as it first was, with one decoder. */
public final class FbaSingle {
  private FbaSingle() {}

  /**
   * Called by the service loader.
   *
   * @return the method
   */
  public static Method provider() {
    return new Fba(Arm.SINGLE);
  }
}
