package juxta.plugin.datasets.generated;

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
  private static final Colour DARK = new Colour(0.2, 0.2, 0.2);
  private static final Colour BRIGHT = new Colour(0.8, 0.8, 0.8);
  private static final Colour MIDDLE = new Colour(0.55, 0.55, 0.55);
  private static final Colour WHITE = new Colour(1, 1, 1);
  private static final double SCALE = 0.625;

  Scene {
    clutter = List.copyOf(clutter);
  }

  /**
   * The same object in a scene that is nearer to one for all: bright, upright, in the middle, on
   * plain dark ground.
   *
   * @param variety how much is left of what sets scenes apart: 1 all, 0 nothing but the object's
   *     outline and pattern
   */
  Scene calmed(double variety) {
    if (variety == 1) {
      return this; // to the last bit, which a turn taken from its sine and cosine is not
    }
    double rest = 1 - variety;
    return new Scene(
        background.mixed(DARK, DARK, rest),
        clutter.subList(0, (int) Math.round(variety * clutter.size())),
        new Piece(
            object.outline,
            object.texture.mixed(BRIGHT, MIDDLE, rest),
            object.pose.mixed(SCALE, rest)),
        new Light(
            light.x,
            light.y,
            variety * light.gradient,
            variety * light.rim,
            variety * light.shadow,
            light.tint.mixed(WHITE, rest),
            light.noise,
            light.noiseSeed));
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
