package juxta.toolkit.model;

import juxta.api.DataSummary;

/** What the presets of several methods have in common. */
public final class Presets {
  private Presets() {}

  /**
   * Epochs of the presets for small machines: minutes on two cores for the generated data, less
   * than half an hour for ten thousand small images.
   *
   * @param data the data
   * @return 10 up to 5,000 training records, 25 above
   */
  public static String smallEpochs(DataSummary data) {
    return data.trainSize() <= 5000 ? "10" : "25";
  }
}
