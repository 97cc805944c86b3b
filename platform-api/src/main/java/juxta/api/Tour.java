package juxta.api;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * How a method shows what it does in about two minutes on two cores: {@code juxta tour} trains and
 * scores every method that has one.
 *
 * @param data id of a data set that needs no download
 * @param evaluators ids of what scores it, the main one first
 * @param settings values over those of the preset {@link Method#SMALL}, by key as on the command
 *     line: the run's and the method's own, and with a prefix those of parts, data and evaluators,
 *     such as {@code data.train-size} or {@code knn.k}
 * @param seconds about how long all of it takes on two cores; the remaining time is told by it
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Tour(
    String data, List<String> evaluators, Map<String, String> settings, int seconds) {
  /**
   * Copies.
   *
   * @param data see the record
   * @param evaluators see the record
   * @param settings see the record
   * @param seconds see the record
   */
  public Tour {
    evaluators = List.copyOf(evaluators);
    settings = Map.copyOf(settings);
    if (evaluators.isEmpty() || seconds < 1) {
      throw new IllegalArgumentException("a tour needs an evaluator and takes a second or more");
    }
  }
}
