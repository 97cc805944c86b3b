package juxta.plugin.datasets.generated;

import java.util.ArrayList;
import java.util.List;
import juxta.toolkit.data.Dice;

/**
 * A tooth of a phantom, crown up.
 *
 * @param x its middle
 * @param neck height of the border between crown and root
 * @param width at the neck
 * @param height that of the crown
 * @param length of the roots
 * @param roots one or two
 * @param taper how blunt roots are: exponent of their narrowing
 * @param bend how far the tips lie to the right
 * @param pulp width of the canal as a share of the root's
 * @param filled whether the crown has a filling
 */
record Tooth(
    double x,
    double neck,
    double width,
    double height,
    double length,
    int roots,
    double taper,
    double bend,
    double pulp,
    boolean filled) {
  private static final int STEPS = 14;

  static Tooth of(Dice dice, double x, double neck, double length, int roots, boolean filled) {
    return new Tooth(
        x + dice.between(-0.01, 0.01),
        neck,
        dice.between(0.29, 0.33),
        dice.between(0.38, 0.46),
        length * dice.between(0.97, 1.03),
        roots,
        dice.between(1.3, 2.6),
        dice.between(-0.07, 0.07),
        dice.between(0.14, 0.26),
        filled);
  }

  /**
   * The outlines of the roots.
   *
   * @param margin how much wider than the root on each side, in units of half the film
   */
  List<Outline> roots(double margin) {
    if (roots == 1) {
      return List.of(root(0, width / 2, margin));
    }
    double half = width * 0.27;
    return List.of(
        root(-width / 2 + half, half, margin), root(width / 2 - half, half, margin), trunk(margin));
  }

  /** The canals in the roots. */
  List<Outline> canals() {
    if (roots == 1) {
      return List.of(canal(0, width * pulp / 2));
    }
    return List.of(
        canal(-width * 0.23, width * pulp * 0.3), canal(width * 0.23, width * pulp * 0.3));
  }

  private Outline canal(double offset, double half) {
    return root(offset, half, 0);
  }

  /** Where two roots are still one. */
  private Outline trunk(double margin) {
    double half = width / 2 + margin;
    double low = neck + 0.28 * length;
    return Outline.of(
        x - half, neck, x + half, neck, x + half * 0.98, low, x, low + 0.02, x - half * 0.98, low);
  }

  private Outline root(double offset, double half, double margin) {
    List<double[]> left = new ArrayList<>();
    List<double[]> right = new ArrayList<>();
    for (int i = 0; i <= STEPS; i++) {
      double t = (double) i / STEPS;
      double narrow = half * (1 - 0.85 * StrictMath.pow(t, taper)) * tip(t) + margin;
      double spread = offset * (1 + 0.45 * t) + bend * t * t;
      double y = neck + t * (length + margin);
      left.add(new double[] {x + spread - narrow, y});
      right.add(0, new double[] {x + spread + narrow, y});
    }
    left.addAll(right);
    return polygon(left);
  }

  /** Roots end round. */
  private static double tip(double t) {
    return t < 0.9 ? 1 : StrictMath.sqrt(Math.max(0, 1 - (t - 0.9) * (t - 0.9) / 0.01));
  }

  /** The crown's outline. */
  Outline crown() {
    double half = width / 2;
    double top = neck - height;
    return Outline.of(
        x - half,
        neck,
        x - half * 1.18,
        neck - height * 0.45,
        x - half * 1.05,
        top + 0.05,
        x - half * 0.6,
        top,
        x,
        top + 0.04,
        x + half * 0.6,
        top,
        x + half * 1.05,
        top + 0.05,
        x + half * 1.18,
        neck - height * 0.45,
        x + half,
        neck);
  }

  /** What lies under the enamel. */
  Outline dentine() {
    double half = width / 2 * 0.72;
    double top = neck - height * 0.68;
    return Outline.of(
        x - half * 1.25,
        neck,
        x - half,
        top + 0.08,
        x - half * 0.5,
        top,
        x + half * 0.5,
        top,
        x + half,
        top + 0.08,
        x + half * 1.25,
        neck);
  }

  /** The filling's outline, whether there is one or not. */
  Outline filling() {
    double half = width * 0.29;
    double top = neck - height * 0.98;
    return Outline.of(
        x - half,
        top,
        x + half,
        top,
        x + half * 0.75,
        top + height * 0.42,
        x - half * 0.75,
        top + height * 0.42);
  }

  private static Outline polygon(List<double[]> points) {
    double[] flat = new double[2 * points.size()];
    for (int i = 0; i < points.size(); i++) {
      flat[2 * i] = points.get(i)[0];
      flat[2 * i + 1] = points.get(i)[1];
    }
    return Outline.of(flat);
  }
}
