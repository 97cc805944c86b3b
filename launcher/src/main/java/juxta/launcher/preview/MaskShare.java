package juxta.launcher.preview;

/**
 * How much of the masks a class has.
 *
 * @param index its index
 * @param share of all pixels or voxels, ignored ones among them, 0 to 1
 * @param records masks that have it
 */
public record MaskShare(int index, double share, int records) {}
