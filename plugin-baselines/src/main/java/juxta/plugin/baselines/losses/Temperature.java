package juxta.plugin.baselines.losses;

import juxta.api.Setting;

/** The setting that softmax losses share. */
final class Temperature {
  /** Divides the cosines. */
  static final Setting<Double> SETTING =
      Setting.real("temperature", 0.1)
          .range(1e-4, 100)
          .describe("the cosines are divided by it before the softmax")
          .source("SimCLR, section 5 and table 5");

  private Temperature() {}
}
