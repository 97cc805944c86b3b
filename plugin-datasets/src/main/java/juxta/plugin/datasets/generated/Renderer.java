package juxta.plugin.datasets.generated;

import juxta.toolkit.data.Dice;

/** Draws a scene as a colour picture. */
final class Renderer {
  private final Scene scene;
  private final int side;
  private final float[] pixels; // [side, side, 3], 0 to 1

  private Renderer(Scene scene, int side) {
    this.scene = scene;
    this.side = side;
    this.pixels = new float[side * side * 3];
  }

  /**
   * Draws.
   *
   * @param scene what to draw
   * @param side pixels along each edge
   * @return bytes in the order [side, side, 3]
   */
  static byte[] draw(Scene scene, int side) {
    Renderer renderer = new Renderer(scene, side);
    renderer.background();
    for (Scene.Piece piece : scene.clutter()) {
      renderer.piece(piece, Coverage.of(piece.outline().at(piece.pose()), side), false);
    }
    renderer.shadow();
    float[] mask = mask(scene, side);
    renderer.piece(scene.object(), mask, true);
    return renderer.expose();
  }

  /** The object's share of each pixel. */
  public static float[] mask(Scene scene, int side) {
    return Coverage.of(scene.object().outline().at(scene.object().pose()), side);
  }

  private double centre(int pixel) {
    return (pixel + 0.5) / side * 2 - 1;
  }

  private void background() {
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        blend(y * side + x, scene.background().at(centre(x), centre(y)), 1, 1);
      }
    }
  }

  private void shadow() {
    Scene.Light light = scene.light();
    Pose pose = scene.object().pose().moved(-0.12 * light.x(), -0.12 * light.y());
    float[] cover = Coverage.of(scene.object().outline().at(pose), side);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] *= (float) (1 - light.shadow() * cover[i / 3]);
    }
  }

  private void piece(Scene.Piece piece, float[] cover, boolean lit) {
    Pose pose = piece.pose();
    Scene.Light light = scene.light();
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int i = y * side + x;
        if (cover[i] > 0) {
          double px = centre(x);
          double py = centre(y);
          Colour colour = piece.texture().at(pose.toFigureU(px, py), pose.toFigureV(px, py));
          double shade = 1;
          if (lit) {
            double towards = (px - pose.x()) * light.x() + (py - pose.y()) * light.y();
            shade += light.gradient() * towards / pose.scale() + light.rim() * rim(cover, x, y);
          }
          blend(i, colour, shade, cover[i]);
        }
      }
    }
  }

  /** How far the border near a pixel faces the light: minus the slope of the coverage. */
  private double rim(float[] cover, int x, int y) {
    int left = Math.max(0, x - 1);
    int right = Math.min(side - 1, x + 1);
    int above = Math.max(0, y - 1);
    int below = Math.min(side - 1, y + 1);
    double dx = cover[y * side + right] - cover[y * side + left];
    double dy = cover[below * side + x] - cover[above * side + x];
    return -(dx * scene.light().x() + dy * scene.light().y());
  }

  private void blend(int pixel, Colour colour, double shade, double share) {
    int i = 3 * pixel;
    pixels[i] += (float) (share * (shade * colour.red() - pixels[i]));
    pixels[i + 1] += (float) (share * (shade * colour.green() - pixels[i + 1]));
    pixels[i + 2] += (float) (share * (shade * colour.blue() - pixels[i + 2]));
  }

  private byte[] expose() {
    Scene.Light light = scene.light();
    double[] tint = {light.tint().red(), light.tint().green(), light.tint().blue()};
    Dice dice = new Dice(light.noiseSeed());
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      double value = pixels[i] * tint[i % 3] + light.noise() * dice.bell();
      bytes[i] = (byte) Math.max(0, Math.min(255, Math.floor(256 * value)));
    }
    return bytes;
  }
}
