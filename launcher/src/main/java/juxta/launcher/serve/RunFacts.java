package juxta.launcher.serve;

import java.nio.file.Path;
import java.util.Map;
import juxta.engine.run.ReopenedRun;

/**
 * What the page says of a run.
 *
 * @param folder where its curves and scores lie
 * @param method id of the method
 * @param encoder id of the encoder, {@code -} where there is none
 * @param trainedOn the data that it was trained on, as the user named them
 * @param data the data that are searched
 * @param finished whether the training came to its end
 * @param settings all values that were given, by key
 */
public record RunFacts(
    Path folder,
    String method,
    String encoder,
    String trainedOn,
    String data,
    boolean finished,
    Map<String, String> settings) {
  /**
   * The facts of an opened run.
   *
   * @param run the run
   * @return the facts
   */
  public static RunFacts of(ReopenedRun run) {
    return new RunFacts(
        run.folder(),
        run.record().method(),
        run.choices().encoderName(),
        run.record().data(),
        run.dataName(),
        run.record().isDone(),
        run.choices().resolution().training().texts());
  }
}
