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
   * @return 16 up to 5,000 training records, 24 above
   */
  public static String smallEpochs(DataSummary data) {
    return data.trainSize() <= FEW ? "16" : "24";
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

  /**
   * Side of the views in the presets for small machines, for networks that take any side: training
   * on smaller views than those that features are taken of later leaves time for more epochs.
   *
   * @param data images with a known side
   * @return three quarters of the images' side, to the nearest multiple of 4
   */
  public static String smallViews(DataSummary data) {
    return Long.toString(Math.max(4, 4 * Math.round(data.imageSide() * 0.75 / 4)));
  }
}
