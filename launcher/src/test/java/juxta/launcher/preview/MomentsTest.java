package juxta.launcher.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MomentsTest {
  private static final double EXACT = 1e-9;

  @Test
  void partsTogetherAreTheWhole() {
    Moments whole = of(1, 2, 3, 4, 10);
    Moments parts = Moments.NONE.and(of(1, 2)).and(of(3, 4, 10)).and(Moments.NONE);
    for (Moments moments : List.of(whole, parts)) {
      assertThat(moments.count()).isEqualTo(5);
      assertThat(moments.least()).isEqualTo(1);
      assertThat(moments.greatest()).isEqualTo(10);
      assertThat(moments.mean()).isEqualTo(4, within(EXACT));
      assertThat(moments.deviation()).isEqualTo(Math.sqrt(10), within(EXACT));
    }
  }

  @Test
  void smallDifferencesOfLargeNumbersAreKept() {
    Moments moments = of(1e9, 1e9 + 1, 1e9 + 2);
    assertThat(moments.mean()).isEqualTo(1e9 + 1, within(1e-6));
    assertThat(moments.deviation()).isEqualTo(Math.sqrt(2 / 3.0), within(1e-6));
  }

  @Test
  void whatIsNoNumberIsCountedApart() {
    Moments moments = of(Double.NaN, 5, Double.POSITIVE_INFINITY);
    assertThat(moments.count()).isEqualTo(1);
    assertThat(moments.wild()).isEqualTo(2);
    assertThat(moments.greatest()).isEqualTo(5);
    assertThat(of(Double.NaN).deviation()).isZero();
  }

  @Test
  void theMedianOfAnEvenNumberIsTheLowerOne() {
    assertThat(Spread.of(List.of(9, 1, 4, 7))).isEqualTo(new Spread(1, 4, 9));
    assertThat(Spread.of(List.of(3)).one()).isTrue();
  }

  private static Moments of(double... numbers) {
    Moments.Gatherer gatherer = new Moments.Gatherer();
    for (double number : numbers) {
      gatherer.add(number);
    }
    return gatherer.moments();
  }
}
