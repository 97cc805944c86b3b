package juxta.plugin.datasets.generated;

import java.util.List;

/**
 * The border of a flat figure: closed polygons under the even-odd rule, so that a polygon inside
 * another one is a hole. Figures lie around the origin within about one unit.
 *
 * @param contours polygons as x0, y0, x1, y1, …
 */
record Outline(List<double[]> contours) {
  Outline {
    contours = List.copyOf(contours);
  }

  static Outline of(double... polygon) {
    return new Outline(List.of(polygon));
  }

  /** A regular polygon whose corners take their distance from the origin from the list in turn. */
  static double[] wheel(int corners, double... radii) {
    double[] points = new double[2 * corners];
    for (int i = 0; i < corners; i++) {
      double angle = 2 * StrictMath.PI * i / corners;
      points[2 * i] = radii[i % radii.length] * StrictMath.sin(angle);
      points[2 * i + 1] = -radii[i % radii.length] * StrictMath.cos(angle);
    }
    return points;
  }

  /** The same figure, wider by a factor and lower by the same. */
  Outline stretched(double factor) {
    return new Outline(
        contours.stream().map(points -> scaled(points, factor, 1 / factor)).toList());
  }

  private static double[] scaled(double[] points, double x, double y) {
    double[] result = new double[points.length];
    for (int i = 0; i < points.length; i += 2) {
      result[i] = points[i] * x;
      result[i + 1] = points[i + 1] * y;
    }
    return result;
  }

  /** The figure as it lies in the picture. */
  Outline at(Pose pose) {
    return new Outline(contours.stream().map(points -> placed(points, pose)).toList());
  }

  private static double[] placed(double[] points, Pose pose) {
    double[] result = new double[points.length];
    for (int i = 0; i < points.length; i += 2) {
      result[i] = pose.toPictureX(points[i], points[i + 1]);
      result[i + 1] = pose.toPictureY(points[i], points[i + 1]);
    }
    return result;
  }
}
