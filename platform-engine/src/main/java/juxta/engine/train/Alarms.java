package juxta.engine.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import juxta.api.Step;

/** Counts for how many steps in a row outputs have been too high, and says so once of each. */
final class Alarms {
  /** Steps in a row after which the user is told. */
  static final int PATIENCE = 50;

  private final Map<Step.Alarm, Integer> high = new LinkedHashMap<>();

  Alarms(List<Step.Alarm> alarms) {
    alarms.forEach(alarm -> high.put(alarm, 0));
  }

  /** What is to be said after a step with these scalars, mostly nothing. */
  List<String> due(Map<String, Double> scalars) {
    List<String> messages = new ArrayList<>();
    high.replaceAll(
        (alarm, before) -> {
          Double value = scalars.get(alarm.output());
          if (before >= PATIENCE || value == null) {
            return before;
          }
          int count = value >= alarm.bound() ? before + 1 : 0;
          if (count == PATIENCE) {
            messages.add(
                String.format(
                    Locale.ROOT,
                    "%s (%s is %.3g for the %dth step in a row)",
                    alarm.message(),
                    alarm.output(),
                    value,
                    PATIENCE));
          }
          return count;
        });
    return messages;
  }
}
