package juxta.api;

import java.nio.file.Path;
import java.util.Map;
import org.apiguardian.api.API;

/** What a task may use: the model with the weights of this moment, and its parameters. */
@API(status = API.Status.STABLE, since = "0.1")
public interface TaskContext extends ModelContext {
  /**
   * The folder of the plan's artefacts.
   *
   * @return an existing folder
   */
  Path artefacts();

  /**
   * The value of a parameter.
   *
   * @param parameter its full name
   * @return the value, in the graph's layout
   */
  Value read(String parameter);

  /**
   * Writes parameters; those that no phase has made yet take this as their first value.
   *
   * @param parameters values by full name, in the graph's layout
   */
  void write(Map<String, Value> parameters);

  /**
   * Logs a scalar.
   *
   * @param name its name
   * @param value its value
   */
  void log(String name, double value);
}
