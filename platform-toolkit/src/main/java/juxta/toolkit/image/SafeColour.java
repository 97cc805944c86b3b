package juxta.toolkit.image;

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
}
