package juxta.engine.run;

import java.util.Map;
import java.util.Optional;

/**
 * What a user asked for, before it is checked.
 *
 * @param method id of the method
 * @param data id of the data set, or {@code id:path}
 * @param preset name of the preset, empty for the method's {@code paper}
 * @param config values of a configuration file by key
 * @param given values of the command line by key; they win over the file
 */
public record Request(
    String method,
    String data,
    Optional<String> preset,
    Map<String, String> config,
    Map<String, String> given) {
  /**
   * Copies.
   *
   * @param method see the record
   * @param data see the record
   * @param preset see the record
   * @param config see the record
   * @param given see the record
   */
  public Request {
    config = Map.copyOf(config);
    given = Map.copyOf(given);
  }
}
