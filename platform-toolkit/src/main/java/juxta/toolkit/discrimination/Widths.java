package juxta.toolkit.discrimination;

import java.util.Optional;
import juxta.api.Setting;

/** The settings that say how wide heads are. */
public final class Widths {
  private Widths() {}

  /**
   * Hidden width of the projection head, the encoder's unless a user sets another.
   *
   * @param source where that comes from
   * @return the setting
   */
  public static Setting<Optional<Integer>> projectionHidden(String source) {
    return Setting.integer("projection-hidden")
        .range(1, 1 << 16)
        .unset("the encoder's width", "0")
        .describe("hidden width of the projection head")
        .source(source);
  }

  /**
   * Hidden width of the projection head.
   *
   * @param width default
   * @param source where it comes from
   * @return the setting
   */
  public static Setting<Integer> projectionHidden(int width, String source) {
    return Setting.integer("projection-hidden", width)
        .range(1, 1 << 16)
        .describe("hidden width of the projection head")
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
}
