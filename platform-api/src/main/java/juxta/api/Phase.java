package juxta.api;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apiguardian.api.API;

/** A part of a run: training steps, or a task between them. */
@API(status = API.Status.STABLE, since = "0.1")
public sealed interface Phase {
  /**
   * Name of the phase, unique in the plan, in kebab-case.
   *
   * @return the name
   */
  String name();

  /**
   * Training steps.
   *
   * @param name name of the phase
   * @param create makes the phase when its turn has come; gets the folder of the plan's artefacts,
   *     where tasks before it may have left files
   */
  record Training(String name, Function<Path, TrainingPhase> create) implements Phase {}

  /**
   * Work between training phases, such as mining pairs or clustering embeddings. Its results are
   * parameters that it writes, or files in the artefacts' folder. If a run is killed during a task,
   * the task starts again from the beginning.
   *
   * @param name name of the phase
   * @param body does the work
   */
  record Task(String name, Consumer<TaskContext> body) implements Phase {}
}
