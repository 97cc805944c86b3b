package juxta.plugin.datasets.generated;

import java.util.ArrayList;
import java.util.List;
import juxta.plugin.datasets.generated.Solid.Ellipsoid;
import juxta.plugin.datasets.generated.Solid.Point;
import juxta.plugin.datasets.generated.Solid.Tube;
import juxta.toolkit.data.Dice;

/**
 * What a generated scan shows: a chamber with vessels, which is the foreground, and bodies of like
 * brightness around it, which are not.
 *
 * @param organ the foreground
 * @param others bodies to be told apart from it
 * @param slope change of brightness across the scan
 * @param edge width of the blurred surface, in shares of the side
 * @param noise deviation of the noise, where the organ is brighter than the rest by 1
 */
record SolidScene(List<Solid> organ, List<Solid> others, Point slope, double edge, double noise) {
  /** Height of the scan in shares of its side. */
  static final double DEPTH = 2.0 / 3;

  /** Draws lots for a scene. */
  static SolidScene draw(Dice dice) {
    Point centre =
        new Point(dice.between(0.4, 0.6), dice.between(0.4, 0.6), DEPTH * dice.between(0.42, 0.58));
    Point radii =
        new Point(dice.between(0.17, 0.25), dice.between(0.12, 0.18), dice.between(0.1, 0.15));
    Point u = direction(dice);
    List<Solid> organ = new ArrayList<>();
    organ.add(new Ellipsoid(centre, u, square(u, dice), radii));
    int vessels = 2 + dice.below(3);
    for (int i = 0; i < vessels; i++) {
      Point end = centre.plus(direction(dice), dice.between(0.22, 0.32));
      organ.add(new Tube(centre, end, dice.between(0.035, 0.055)));
    }
    List<Solid> others = new ArrayList<>();
    int wanted = 4 + dice.below(4);
    for (int i = 0; i < wanted; i++) {
      Point at = new Point(dice.between(0, 1), dice.between(0, 1), dice.between(0, DEPTH));
      double radius = dice.between(0.04, 0.09);
      Point round =
          new Point(radius, radius * dice.between(0.7, 1.3), radius * dice.between(0.7, 1.3));
      Point axis = direction(dice);
      Ellipsoid other = new Ellipsoid(at, axis, square(axis, dice), round);
      // what would touch the organ is left out: the mask stays right at its border
      if (distance(organ, at) > 1.5 * radius + 0.03) {
        others.add(other);
      }
    }
    Point slope = new Point(0, 0, 0).plus(direction(dice), dice.between(0, 0.8));
    return new SolidScene(organ, others, slope, dice.between(0.02, 0.05), dice.between(0.15, 0.3));
  }

  static double distance(List<Solid> solids, Point point) {
    double least = Double.POSITIVE_INFINITY;
    for (Solid solid : solids) {
      least = Math.min(least, solid.distance(point));
    }
    return least;
  }

  /** Evenly on the sphere; only with arithmetic that is the same on all machines. */
  private static Point direction(Dice dice) {
    while (true) {
      Point point = new Point(dice.between(-1, 1), dice.between(-1, 1), dice.between(-1, 1));
      double length = point.length();
      if (length > 0.1 && length < 1) {
        return point.unit();
      }
    }
  }

  private static Point square(Point u, Dice dice) {
    while (true) {
      Point v = u.cross(direction(dice));
      if (v.length() > 0.1) {
        return v.unit();
      }
    }
  }
}
