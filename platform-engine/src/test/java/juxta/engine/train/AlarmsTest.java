package juxta.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import juxta.api.Step;
import org.junit.jupiter.api.Test;

class AlarmsTest {
  private static final Step.Alarm HIGH = new Step.Alarm("share", 0.9, "it is silent");

  private static List<String> said(Alarms alarms, int steps, double value) {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      said.addAll(alarms.due(Map.of("loss", 1.0, "share", value)));
    }
    return said;
  }

  @Test
  void whatStaysHighIsSaidOnce() {
    Alarms alarms = new Alarms(List.of(HIGH));
    assertThat(said(alarms, Alarms.PATIENCE - 1, 0.9)).isEmpty();
    assertThat(said(alarms, 1, 1))
        .containsExactly("it is silent (share is 1.00 for the 50th step in a row)");
    assertThat(said(alarms, 3 * Alarms.PATIENCE, 1)).isEmpty();
    assertThat(said(alarms, 1, 0)).isEmpty();
    assertThat(said(alarms, Alarms.PATIENCE, 1)).isEmpty();
  }

  @Test
  void aLowValueInBetweenBeginsAnew() {
    Alarms alarms = new Alarms(List.of(HIGH));
    assertThat(said(alarms, Alarms.PATIENCE - 1, 1)).isEmpty();
    assertThat(said(alarms, 1, 0.89)).isEmpty();
    assertThat(said(alarms, Alarms.PATIENCE - 1, 1)).isEmpty();
    assertThat(said(alarms, 1, 1)).hasSize(1);
  }

  @Test
  void whatIsNoOutputIsNeverSaid() {
    Alarms alarms = new Alarms(List.of(new Step.Alarm("other", 0, "never")));
    assertThat(said(alarms, 2 * Alarms.PATIENCE, 1)).isEmpty();
  }
}
