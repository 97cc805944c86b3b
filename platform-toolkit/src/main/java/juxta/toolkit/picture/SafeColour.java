package juxta.toolkit.picture;

import java.awt.Color;

/**
 * Colours for pictures, which colour-blind readers tell apart.
 *
 * <p>Source: Okabe and Ito, "Color Universal Design", 2008. Their black is left to the background.
 */
public enum SafeColour {
  /** Orange. */
  ORANGE(0xE69F00),
  /** Sky blue. */
  SKY(0x56B4E9),
  /** Bluish green. */
  GREEN(0x009E73),
  /** Yellow. */
  YELLOW(0xF0E442),
  /** Blue. */
  BLUE(0x0072B2),
  /** Vermilion, a red. */
  VERMILION(0xD55E00),
  /** Reddish purple. */
  PURPLE(0xCC79A7);

  private static final double GOLDEN = 0.618034;

  private final int rgb;

  SafeColour(int rgb) {
    this.rgb = rgb;
  }

  /**
   * The colour as a number.
   *
   * @return 0xRRGGBB
   */
  public int rgb() {
    return rgb;
  }

  /**
   * A colour for each of many things: the safe ones first, then hues that differ.
   *
   * @param index the thing's number, from 0
   * @return 0xRRGGBB
   */
  public static int of(int index) {
    return index < values().length
        ? values()[index].rgb
        : Color.HSBtoRGB((float) (index * GOLDEN % 1), 0.75f, 0.9f) & 0xFFFFFF;
  }
}
