package juxta.toolkit.image;

/**
 * How views are blurred.
 *
 * @param probability probability of a Gaussian blur
 * @param kernel length of the kernel as a share of the side; 0 keeps the whole Gaussian
 */
public record Blurring(PerView probability, double kernel) {
  /** Length about the given share of the side, and odd; three sigmas where it is not cut off. */
  int radius(int side) {
    return kernel == 0 ? 6 : (int) (side * kernel) / 2;
  }
}
