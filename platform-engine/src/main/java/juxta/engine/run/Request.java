package juxta.engine.run;

import java.util.List;
import java.util.Optional;

/**
 * What a user asked for, before it is checked.
 *
 * @param method id of the method
 * @param data id of the data set, or {@code id:path}
 * @param preset name of the preset, empty for the method's {@code paper}
 * @param evaluators ids of what scores the model, perhaps none
 * @param given values that count more than the preset's
 * @param recorded whether a run that is on record goes on or is opened: what was given then is all
 *     that it had, while the preset of that name may be another one by now
 */
public record Request(
    String method,
    String data,
    Optional<String> preset,
    List<String> evaluators,
    Overrides given,
    boolean recorded) {
  /**
   * Copies.
   *
   * @param method see the record
   * @param data see the record
   * @param preset see the record
   * @param evaluators see the record
   * @param given see the record
   * @param recorded see the record
   */
  public Request {
    evaluators = List.copyOf(evaluators);
  }

  /**
   * A request for a new run.
   *
   * @param method see the record
   * @param data see the record
   * @param preset see the record
   * @param evaluators see the record
   * @param given see the record
   */
  public Request(
      String method,
      String data,
      Optional<String> preset,
      List<String> evaluators,
      Overrides given) {
    this(method, data, preset, evaluators, given, false);
  }
}
