package juxta.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProbeBudgetTest {
  private static final long SECOND = 1_000_000_000L;

  private long now = 17 * SECOND;

  private ProbeBudget budget(double share) {
    return new ProbeBudget(share, () -> now);
  }

  private void step(ProbeBudget budget, double seconds) {
    now += (long) (seconds * SECOND);
    budget.step();
  }

  /** Looks at once if it may. */
  private boolean look(ProbeBudget budget, double seconds) {
    if (!budget.allows(2)) {
      return false;
    }
    now += (long) (seconds * SECOND);
    budget.looked();
    return true;
  }

  @Test
  void theFirstLookWaitsForWhatABeginAndSomeStepsSuggest() {
    ProbeBudget budget = budget(0.03);
    budget.phase();
    step(budget, 2);
    // a quarter of 2 s of beginning and of two steps of 0.5 s is 0.75 s, which is 3 % of 25 s, of
    // which it is the last
    int steps = 1;
    while (!budget.allows(2)) {
      step(budget, 0.5);
      steps++;
    }
    assertThat(budget.elapsed()).isCloseTo(24.5, within(0.01));
    assertThat(steps).isEqualTo(46);
  }

  @Test
  void allLooksTogetherStayBelowTheShareThen() {
    ProbeBudget budget = budget(0.03);
    budget.phase();
    for (int i = 0; i < 2000; i++) {
      step(budget, 0.1);
      look(budget, 0.3); // each is asked for after each step
      if (budget.looks() > 1) {
        assertThat(budget.spent()).isLessThanOrEqualTo(0.03 * budget.elapsed() + 1e-9);
      }
    }
    // 206.3 s, 6.2 s of looks
    assertThat(budget.looks()).isEqualTo(20);
    assertThat(budget.spent()).isCloseTo(6, within(1e-6));
  }

  @Test
  void soTheyDoWhereSomeTakeAQuarterLonger() {
    ProbeBudget budget = budget(0.03);
    budget.phase();
    int looks = 0;
    for (int i = 0; i < 2000; i++) {
      step(budget, 0.1);
      if (look(budget, looks % 2 == 0 ? 0.3 : 0.37)) {
        looks++;
      }
      if (looks > 1) {
        assertThat(budget.spent()).isLessThanOrEqualTo(0.03 * budget.elapsed() + 1e-9);
      }
    }
    assertThat(looks).isBetween(15, 20);
  }

  @Test
  void aPhaseBeginsWithTheLongestLookInMind() {
    ProbeBudget budget = budget(0.5);
    budget.phase();
    step(budget, 10);
    assertThat(look(budget, 4)).isTrue();
    step(budget, 1);
    assertThat(look(budget, 1)).isTrue();
    budget.phase();
    step(budget, 1);
    assertThat(budget.allows(2)).isTrue(); // 5 and 4 of 17 and 4
    now += 10 * SECOND;
    budget.looked();
    budget.phase();
    assertThat(budget.allows(2)).isFalse(); // 15 and 10 of 27 and 10
  }

  @Test
  void allOfTheTimeIsNoBound() {
    ProbeBudget budget = budget(1);
    budget.phase();
    step(budget, 1);
    assertThat(look(budget, 100)).isTrue();
    assertThat(look(budget, 100)).isTrue();
    assertThat(budget.looks()).isEqualTo(2);
  }

  @Test
  void beforeAnyPhaseNothingHasPassed() {
    assertThat(budget(0.5).elapsed()).isZero();
  }
}
