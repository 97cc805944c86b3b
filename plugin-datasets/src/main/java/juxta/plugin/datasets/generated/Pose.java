package juxta.plugin.datasets.generated;

/**
 * Where a figure lies in the picture, which reaches from -1 to 1 on both axes, y downwards.
 *
 * @param x centre
 * @param y centre
 * @param scale length of the figure's unit
 * @param cos cosine of the turn
 * @param sin sine of the turn
 */
record Pose(double x, double y, double scale, double cos, double sin) {
  static Pose of(double x, double y, double scale, double radians) {
    return new Pose(x, y, scale, StrictMath.cos(radians), StrictMath.sin(radians));
  }

  double toPictureX(double u, double v) {
    return x + scale * (cos * u - sin * v);
  }

  double toPictureY(double u, double v) {
    return y + scale * (sin * u + cos * v);
  }

  /** The figure's first coordinate of a point of the picture. */
  double toFigureU(double px, double py) {
    return (cos * (px - x) + sin * (py - y)) / scale;
  }

  /** The figure's second coordinate of a point of the picture. */
  double toFigureV(double px, double py) {
    return (cos * (py - y) - sin * (px - x)) / scale;
  }

  /** The share nearer to the middle, to upright, and to a size. */
  Pose mixed(double size, double share) {
    double left = 1 - share;
    return of(
        left * x, left * y, scale + share * (size - scale), left * StrictMath.atan2(sin, cos));
  }

  Pose moved(double dx, double dy) {
    return new Pose(x + dx, y + dy, scale, cos, sin);
  }
}
