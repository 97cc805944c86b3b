package juxta.plugin.datasets.generated;

import java.util.List;
import java.util.Locale;
import juxta.toolkit.data.Dice;

/**
 * The classes of the generated objects. They differ under every rotation, and each object of a
 * class has proportions of its own.
 */
enum Silhouette {
  DISC {
    @Override
    Outline draw(Dice dice) {
      return Outline.of(Outline.wheel(32, 0.85));
    }
  },
  CROSS {
    @Override
    Outline draw(Dice dice) {
      double a = dice.between(0.24, 0.36);
      return Outline.of(
          -a, -1, a, -1, a, -a, 1, -a, 1, a, a, a, a, 1, -a, 1, -a, a, -1, a, -1, -a, -a, -a);
    }
  },
  RING {
    @Override
    Outline draw(Dice dice) {
      double hole = dice.between(0.42, 0.58);
      return new Outline(List.of(Outline.wheel(32, 0.95), Outline.wheel(24, hole)));
    }
  },
  TRIANGLE {
    @Override
    Outline draw(Dice dice) {
      return Outline.of(Outline.wheel(3, 1.1));
    }
  },
  CRESCENT {
    @Override
    Outline draw(Dice dice) {
      return crescent(dice.between(0.35, 0.5), dice.between(0.76, 0.84));
    }
  },
  STAR {
    @Override
    Outline draw(Dice dice) {
      return Outline.of(Outline.wheel(10, 1.1, dice.between(0.4, 0.5)));
    }
  },
  SQUARE {
    @Override
    Outline draw(Dice dice) {
      return Outline.of(-0.78, -0.78, 0.78, -0.78, 0.78, 0.78, -0.78, 0.78);
    }
  },
  ARROW {
    @Override
    Outline draw(Dice dice) {
      double shaft = dice.between(0.18, 0.28);
      double head = dice.between(-0.2, 0.1);
      return Outline.of(
          0, -1.05, 0.85, head, shaft, head, shaft, 1.05, -shaft, 1.05, -shaft, head, -0.85, head);
    }
  },
  HEART {
    @Override
    Outline draw(Dice dice) {
      return heart(dice.between(0.85, 1.1));
    }
  },
  GEAR {
    @Override
    Outline draw(Dice dice) {
      double root = dice.between(0.6, 0.7);
      return Outline.of(Outline.wheel(28, 1, 1, root, root));
    }
  };

  /** A disc out of which a second one, moved to the right, has bitten a piece. */
  private static Outline crescent(double shift, double bite) {
    int steps = 20;
    double radius = 1;
    // Both circles meet at this abscissa.
    double meet = (radius * radius - bite * bite + shift * shift) / (2 * shift);
    double height = StrictMath.sqrt(radius * radius - meet * meet);
    double outer = StrictMath.atan2(height, meet);
    double inner = StrictMath.atan2(height, meet - shift);
    double[] points = new double[4 * steps];
    for (int i = 0; i < steps; i++) {
      double t = (double) i / steps;
      double along = outer + t * (2 * StrictMath.PI - 2 * outer);
      points[2 * i] = radius * StrictMath.cos(along);
      points[2 * i + 1] = radius * StrictMath.sin(along);
      double back = 2 * StrictMath.PI - inner - t * (2 * StrictMath.PI - 2 * inner);
      points[2 * (steps + i)] = shift + bite * StrictMath.cos(back);
      points[2 * (steps + i) + 1] = bite * StrictMath.sin(back);
    }
    return Outline.of(points);
  }

  private static Outline heart(double width) {
    int steps = 32;
    double[] points = new double[2 * steps];
    for (int i = 0; i < steps; i++) {
      double t = 2 * StrictMath.PI * i / steps;
      double sin = StrictMath.sin(t);
      points[2 * i] = width * sin * sin * sin;
      points[2 * i + 1] =
          -(13 * StrictMath.cos(t)
                  - 5 * StrictMath.cos(2 * t)
                  - 2 * StrictMath.cos(3 * t)
                  - StrictMath.cos(4 * t))
              / 16;
    }
    return Outline.of(points);
  }

  abstract Outline draw(Dice dice);

  /** The class name that users see. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
