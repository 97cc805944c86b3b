package juxta.toolkit.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import juxta.api.Schedule;
import juxta.toolkit.Conformance;
import org.junit.jupiter.api.Test;

class SchedulesTest {
  private static final JsonNode EXPECTED = Conformance.read("schedules").at("/expected");

  @Test
  void conform() {
    conforms("learning_rate", Schedules.warmupCosine(.4, 1e-6, 5, 20));
    conforms("momentum", Schedules.cosine(.996, 1, 20));
    conforms("weight_decay", Schedules.cosine(.04, .4, 20));
  }

  private static void conforms(String name, Schedule schedule) {
    double[] expected = Conformance.numbers(EXPECTED.get(name));
    for (int step = 0; step < expected.length; step++) {
      assertThat(at(schedule, step)).isCloseTo(expected[step], within(1e-9));
    }
  }

  @Test
  void stayAtTheirEnd() {
    assertThat(at(Schedules.warmupCosine(.4, .1, 5, 20), 1000)).isEqualTo(.1);
    assertThat(at(Schedules.warmupCosine(.4, .1, 0, 20), 0)).isEqualTo(.4);
    assertThat(at(Schedules.linear(1, 3, 4), 1)).isEqualTo(1.5);
    assertThat(at(Schedules.linear(1, 3, 4), 9)).isEqualTo(3);
    assertThat(at(Schedules.linear(1, 3, 0), 0)).isEqualTo(3);
    assertThat(at(Schedules.constant(2), 7)).isEqualTo(2);
  }

  @Test
  void decayInSteps() {
    Schedule schedule = Schedules.stepDecay(30, .1, 80, 60);
    assertThat(at(schedule, 59)).isEqualTo(30);
    assertThat(at(schedule, 60)).isCloseTo(3, within(1e-12));
    assertThat(at(schedule, 80)).isCloseTo(.3, within(1e-12));
    assertThat(at(Schedules.exponential(1, .98, 10), 29)).isCloseTo(.98 * .98, within(1e-12));
    assertThat(at(Schedules.scaled(schedule, 2), 0)).isEqualTo(60);
    assertThat(at(Schedules.perEpoch(Schedules.linear(0, 1, 10), 5), 14)).isEqualTo(.2);
  }

  /** GraSS's released schedule over 350 epochs, with the values that its code gives. */
  @Test
  void restartInWaves() {
    Schedule schedule =
        Schedules.piecewise(
            new Schedules.Piece(35_000, Schedules.linear(.6, 4.8, 35_000)),
            new Schedules.Piece(
                315_000,
                Schedules.piecewise(
                    new Schedules.Piece(105_210, Schedules.cosine(3.5968, .0048, 105_210)),
                    new Schedules.Piece(
                        209_790,
                        (step, history) ->
                            Schedules.cosine(1.1949, .0048, 105_210)
                                .at(Math.abs(step - 105_210), history)))));
    assertThat(at(schedule, 0)).isEqualTo(.6);
    assertThat(at(schedule, 60_000)).isCloseTo(3.119, within(1e-3));
    assertThat(at(schedule, 100_000)).isCloseTo(1.151, within(1e-3));
    assertThat(at(schedule, 200_000)).isCloseTo(.7265, within(1e-3));
    assertThat(at(schedule, 300_000)).isCloseTo(.5648, within(1e-3));
    Schedule waves = Schedules.cosineRestarts(.1, List.of(2., 1.), List.of(10L, 20L));
    assertThat(at(waves, 0)).isEqualTo(2);
    assertThat(at(waves, 5)).isCloseTo(1.05, within(1e-12));
    assertThat(at(waves, 10)).isEqualTo(1);
    assertThat(at(waves, 99)).isEqualTo(.1);
  }

  @Test
  void reduceOnPlateau() {
    Schedule schedule = Schedules.reduceOnPlateau(1, .8, 1, true);
    List<Double> history = new ArrayList<>();
    double[] losses = {3, 2, 2, 2, 2, 2, 1.9, 2, 2};
    double[] expected = {1, 1, 1, .8, .8, .8 * .8, .8 * .8, .8 * .8, .8 * .8 * .8};
    assertThat(schedule.at(0, history)).isEqualTo(1);
    for (int i = 0; i < losses.length; i++) {
      history.add(losses[i]);
      assertThat(schedule.at(i, history)).isCloseTo(expected[i], within(1e-12));
    }
    assertThat(Schedules.reduceOnPlateau(1, .5, 0, false).at(9, List.of(.1, .2, .2))).isEqualTo(.5);
    assertThat(Schedules.reduceOnPlateau(1, .5, 0, false).at(9, List.of(0., .1))).isEqualTo(1);
  }

  private static double at(Schedule schedule, long step) {
    return schedule.at(step, List.of());
  }
}
