package juxta.api;

import java.util.List;
import org.apiguardian.api.API;

/** A model, data, and the engine that applies one to the other: what tasks and evaluators share. */
@API(status = API.Status.STABLE, since = "0.1")
public interface ModelContext {
  /**
   * The data.
   *
   * @return the data set
   */
  Dataset data();

  /**
   * The model: of an evaluation frozen, of a task with the weights of this moment.
   *
   * @return the model
   */
  Model model();

  /**
   * Seed for whatever is drawn.
   *
   * @return the run's seed
   */
  long seed();

  /**
   * Applies a function of the model to every record of a split.
   *
   * @param function name of the function
   * @param split name of the split
   * @param output which output of the function
   * @return a row a record, in order
   * @throws UserException if the model lacks the function
   */
  Matrix run(String function, String split, String output);

  /**
   * Prepares a function of the model for inputs that are not records as stored: windows of a scan,
   * an image at several scales.
   *
   * @param function name of the function
   * @param inputs fields that it will be given, with the shape of one record; -1 where it differs
   * @return runs the function; the caller closes it
   * @throws UserException if the model lacks the function
   */
  Evaluation.Applied open(String function, List<Field> inputs);

  /**
   * Tells the user how far the work is, with a rate and a remaining time.
   *
   * @param done units done
   * @param total units in all
   * @param unit what is counted, in the plural
   */
  void progress(long done, long total, String unit);
}
