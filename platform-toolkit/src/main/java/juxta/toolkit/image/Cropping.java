package juxta.toolkit.image;

/**
 * Which part of an image a view shows.
 *
 * @param global share of the image's area that a global view shows
 * @param local share of the image's area that a local view shows
 * @param flip probability of mirroring left and right
 */
public record Cropping(Range global, Range local, double flip) {}
