package juxta.picture;

/**
 * Inks to colours, as Pillow's {@code convert("RGB")} makes them of the mode CMYK: without colour
 * profiles, each channel darkened by its own ink and by black.
 *
 * @see <a href="https://github.com/python-pillow/Pillow/blob/9.4.0/src/libImaging/Convert.c">
 *     Convert.c, cmyk2rgb</a>
 */
final class Cmyk {
  private Cmyk() {}

  /**
   * What is left of a channel.
   *
   * @param ink cyan for red, magenta for green, yellow for blue, from 0 to 255, all the ink
   * @param black from 0 to 255
   */
  static int channel(int ink, int black) {
    int light = 255 - black;
    int product = ink * light + 128;
    return light - ((product >> 8) + product >> 8);
  }
}
