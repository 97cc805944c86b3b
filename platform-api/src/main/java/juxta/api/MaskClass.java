package juxta.api;

/**
 * A class that masks tell apart.
 *
 * @param name its name
 * @param colour how pictures show it, 0xRRGGBB
 */
public record MaskClass(String name, int colour) {}
