package juxta.plugin.datasets;

import java.util.List;

/**
 * What a picture shows, apart from how it is drawn: the renderer makes pixels of it at any size,
 * and the outline of the object in its pose is the ground truth of where it is.
 *
 * @param background the pattern behind everything
 * @param clutter small things that lie behind the object
 * @param object the thing that the label names
 * @param light how it is lit and how noisy the camera is
 */
record Scene(Texture background, List<Piece> clutter, Piece object, Light light) {
  Scene {
    clutter = List.copyOf(clutter);
  }

  /**
   * A figure in its place.
   *
   * @param outline the figure
   * @param texture its surface, in the figure's coordinates
   * @param pose where it lies
   */
  record Piece(Outline outline, Texture texture, Pose pose) {}

  /**
   * Lighting and camera.
   *
   * @param x direction towards the light, of length 1 together with y
   * @param y direction towards the light, downwards
   * @param gradient how much brighter the lit side of the object is than its middle
   * @param rim how much brighter borders are that face the light
   * @param shadow darkness of the shadow that the object casts, 0 to 1
   * @param tint factors on red, green and blue of the whole picture
   * @param noise standard deviation of the pixel noise, 0 to 1
   * @param noiseSeed fixes the noise
   */
  record Light(
      double x,
      double y,
      double gradient,
      double rim,
      double shadow,
      Colour tint,
      double noise,
      long noiseSeed) {}
}
