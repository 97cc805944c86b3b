package juxta.toolkit.discrimination;

import juxta.api.Setting;

/** The settings that say how wide heads are. */
public final class Widths {
  private Widths() {}

  /**
   * Hidden width of the projection head.
   *
   * @param width default, 0 for the encoder's width
   * @param source where it comes from
   * @return the setting
   */
  public static Setting<Integer> projectionHidden(int width, String source) {
    return Setting.integer("projection-hidden", width)
        .range(0, 1 << 16)
        .describe("hidden width of the projection head, 0 for the encoder's width")
        .source(source);
  }

  /**
   * Output width of the projection head.
   *
   * @param width default
   * @param source where it comes from
   * @return the setting
   */
  public static Setting<Integer> projectionOut(int width, String source) {
    return Setting.integer("projection-out", width)
        .range(1, 1 << 16)
        .describe("output width of the projection head")
        .source(source);
  }

  /**
   * Hidden width of the prediction head.
   *
   * @param width default
   * @param source where it comes from
   * @return the setting
   */
  public static Setting<Integer> predictionHidden(int width, String source) {
    return Setting.integer("prediction-hidden", width)
        .range(1, 1 << 16)
        .describe("hidden width of the prediction head")
        .source(source);
  }

  /**
   * A width that may be the encoder's.
   *
   * @param width as set
   * @param encoder D
   * @return the width, or D in place of 0
   */
  public static int orEncoders(int width, int encoder) {
    return width == 0 ? encoder : width;
  }
}
