package juxta.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/** What a task may use. */
@API(status = API.Status.STABLE, since = "0.1")
public interface TaskContext {
  /**
   * The model with the weights of this moment.
   *
   * @return the model
   */
  Model model();

  /**
   * The data.
   *
   * @return the data set
   */
  Dataset data();

  /**
   * The run's seed.
   *
   * @return the seed
   */
  long seed();

  /**
   * The folder of the plan's artefacts.
   *
   * @return an existing folder
   */
  Path artefacts();

  /**
   * Applies a function of the model to every record of a split.
   *
   * @param function name of the function
   * @param split name of the split
   * @param output which output of the function
   * @return a row a record, in order
   */
  Matrix run(String function, String split, String output);

  /**
   * Prepares a function of the model, with the weights of this moment, for inputs that are not
   * records as stored: windows of a scan, an image at several scales.
   *
   * @param function name of the function
   * @param inputs fields that it will be given, with the shape of one record; -1 where it differs
   * @return runs the function; the caller closes it
   * @throws UserException if the model lacks the function
   */
  Evaluation.Applied open(String function, List<Field> inputs);

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
   * Tells the user how far the task is, with a rate and a remaining time.
   *
   * @param done units done
   * @param total units in all
   * @param unit what is counted, in the plural
   */
  void progress(long done, long total, String unit);

  /**
   * Logs a scalar.
   *
   * @param name its name
   * @param value its value
   */
  void log(String name, double value);
}
