package juxta.plugin.datasets.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import juxta.plugin.datasets.generated.Solid.Ellipsoid;
import juxta.plugin.datasets.generated.Solid.Point;
import juxta.plugin.datasets.generated.Solid.Tube;
import juxta.toolkit.data.Dice;
import org.junit.jupiter.api.Test;

class SolidTest {
  private static final Point X = new Point(1, 0, 0);
  private static final Point Y = new Point(0, 1, 0);

  @Test
  void ballsKnowTheirDistance() {
    Ellipsoid ball = new Ellipsoid(new Point(1, 2, 3), X, Y, new Point(2, 2, 2));
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      Point point = new Point(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
      double expected = point.minus(ball.centre()).length() - 2;
      assertThat(ball.distance(point)).isCloseTo(expected, within(1e-9));
    }
    assertThat(ball.distance(ball.centre())).isEqualTo(-2);
  }

  @Test
  void surfacesOfTurnedEllipsoidsHaveDistanceZero() {
    Point u = new Point(1, 2, 2).unit();
    Point v = u.cross(X).unit();
    Ellipsoid ellipsoid = new Ellipsoid(new Point(0, 0, 0), u, v, new Point(3, 2, 1));
    Point zero = new Point(0, 0, 0);
    assertThat(ellipsoid.distance(zero.plus(u, 3))).isCloseTo(0, within(1e-9));
    assertThat(ellipsoid.distance(zero.plus(v, 2))).isCloseTo(0, within(1e-9));
    assertThat(ellipsoid.distance(zero.plus(u.cross(v), -1))).isCloseTo(0, within(1e-9));
    assertThat(ellipsoid.distance(zero.plus(u, 2.5))).isNegative();
    assertThat(ellipsoid.distance(zero.plus(v, 2.5))).isPositive();
  }

  @Test
  void tubesHaveRoundEnds() {
    Tube tube = new Tube(new Point(0, 0, 0), new Point(4, 0, 0), 1);
    assertThat(tube.distance(new Point(2, 3, 0))).isCloseTo(2, within(1e-12));
    assertThat(tube.distance(new Point(7, 4, 0))).isCloseTo(4, within(1e-12));
    assertThat(tube.distance(new Point(-2, 0, 0))).isCloseTo(1, within(1e-12));
    assertThat(tube.distance(new Point(1, 0, 0))).isEqualTo(-1);
  }

  @Test
  void otherBodiesKeepAwayFromTheOrgan() {
    for (int i = 0; i < 200; i++) {
      SolidScene scene = SolidScene.draw(new Dice(i));
      for (Solid other : scene.others()) {
        Point centre = ((Ellipsoid) other).centre();
        assertThat(SolidScene.distance(scene.organ(), centre)).isGreaterThan(0.03);
      }
    }
  }
}
