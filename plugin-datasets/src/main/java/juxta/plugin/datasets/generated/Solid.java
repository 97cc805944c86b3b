package juxta.plugin.datasets.generated;

/** A body in space, by its signed distance; lengths are in shares of the scan's side. */
sealed interface Solid {
  /**
   * How far a point lies outside; negative inside. Exact on the surface, about right near it.
   *
   * @return the distance
   */
  double distance(Point point);

  /**
   * A point or a step.
   *
   * @param x along the first axis
   * @param y along the second axis
   * @param z along the third axis
   */
  record Point(double x, double y, double z) {
    Point minus(Point other) {
      return new Point(x - other.x, y - other.y, z - other.z);
    }

    Point plus(Point other, double times) {
      return new Point(x + times * other.x, y + times * other.y, z + times * other.z);
    }

    double dot(Point other) {
      return x * other.x + y * other.y + z * other.z;
    }

    double length() {
      return Math.sqrt(dot(this));
    }

    Point unit() {
      double length = length();
      return new Point(x / length, y / length, z / length);
    }

    Point cross(Point other) {
      return new Point(
          y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }
  }

  /**
   * An ellipsoid.
   *
   * @param centre its middle
   * @param u direction of the first half axis, of length 1
   * @param v direction of the second one, of length 1 and square to the first
   * @param radii lengths of the half axes
   */
  record Ellipsoid(Point centre, Point u, Point v, Point radii) implements Solid {
    @Override
    public double distance(Point point) {
      Point from = point.minus(centre);
      Point own = new Point(from.dot(u), from.dot(v), from.dot(u.cross(v)));
      Point scaled = new Point(own.x / radii.x, own.y / radii.y, own.z / radii.z);
      double reach = scaled.length();
      if (reach == 0) {
        return -Math.min(radii.x, Math.min(radii.y, radii.z));
      }
      // distance along the ray from the centre
      return own.length() * (1 - 1 / reach);
    }
  }

  /**
   * A tube with round ends.
   *
   * @param from middle of one end
   * @param to middle of the other
   * @param radius its thickness
   */
  record Tube(Point from, Point to, double radius) implements Solid {
    @Override
    public double distance(Point point) {
      Point along = to.minus(from);
      Point away = point.minus(from);
      double share = Math.min(1, Math.max(0, away.dot(along) / along.dot(along)));
      return away.plus(along, -share).length() - radius;
    }
  }
}
