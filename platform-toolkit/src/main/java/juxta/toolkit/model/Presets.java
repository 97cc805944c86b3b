package juxta.toolkit.model;

import juxta.api.DataSummary;

/** What the presets of several methods have in common. */
public final class Presets {
  private Presets() {}

  /** Training records up to which a data set counts as few: minutes are to be enough for it. */
  private static final int FEW = 5000;

  /**
   * Epochs of the presets for small machines: minutes on two cores for the generated data, less
   * than half an hour for ten thousand small images.
   *
   * @param data the data
   * @return 10 up to 5,000 training records, 20 above
   */
  public static String smallEpochs(DataSummary data) {
    return data.trainSize() <= FEW ? "10" : "20";
  }

  /**
   * Records a step of the presets for small machines: few, since short runs need many steps more
   * than they need many negatives.
   *
   * @param data the data
   * @return 64 up to 5,000 training records, 128 above
   */
  public static String smallBatch(DataSummary data) {
    return data.trainSize() <= FEW ? "64" : "128";
  }
}
