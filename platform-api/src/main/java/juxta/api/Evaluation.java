package juxta.api;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/** What an evaluator works with: a frozen model, the data, and the engine. */
@API(status = API.Status.STABLE, since = "0.1")
public interface Evaluation extends ModelContext {
  /**
   * The evaluator's settings.
   *
   * @return the resolved settings
   */
  Settings settings();

  /**
   * A folder for files that the evaluator leaves beside its scores.
   *
   * @return an existing folder of the run
   */
  Path directory();

  /**
   * Applies a function of the model to every record of a split. Results are kept for the other
   * evaluators of the same run.
   *
   * @param function name of the function
   * @param split name of the split
   * @param output which output of the function
   * @return a row a record, in order
   * @throws UserException if the model lacks the function
   */
  @Override
  Matrix run(String function, String split, String output);

  /**
   * A function of the frozen model with its weights, ready to run. Several threads may run it at
   * once.
   */
  interface Applied extends AutoCloseable {
    /**
     * Applies the function once.
     *
     * @param batch values by field, after the function's preparation if it has one; the first axis
     *     of each runs over the records
     * @param output which output of the function
     * @return floats, the first axis running over the records
     * @throws UserException if the function has no such output
     */
    Value run(Map<String, Value> batch, String output);

    /**
     * Applies the function to many batches, which may differ in shape. Where several devices share
     * the work the batches are dealt out to them.
     *
     * @param batches what {@link #run} takes; asked for as they are needed, by one thread
     * @param output which output of the function
     * @param rows takes what was made of each, in order
     * @throws UserException if the function has no such output
     */
    default void each(Iterator<Map<String, Value>> batches, String output, Consumer<Value> rows) {
      while (batches.hasNext()) {
        rows.accept(run(batches.next(), output));
      }
    }

    /**
     * Applies the function to records as stored, text among them; the function's preparation is
     * done first.
     *
     * @param records values of each record, by field; of the shapes that were named
     * @param output which output of the function
     * @return floats, the first axis running over the records
     * @throws UserException if the function has no such output
     */
    Value records(List<Map<String, Value>> records, String output);

    /**
     * Why a record that a user made up can have no meaningful answer.
     *
     * @param record values by field
     * @return see {@link Preparation#objection}
     */
    Optional<String> objection(Map<String, Value> record);

    @Override
    void close();
  }

  /**
   * Makes a view with the model's augmentation, of any kind: most evaluators take {@link
   * View.Kind#PROBE} to train on and {@link View.Kind#EVALUATION} to score.
   *
   * @param scope where to build
   * @param batch records as stored
   * @param view which view
   * @return the batch with views in place of records
   */
  Batch view(GraphScope scope, Batch batch, View view);

  /**
   * Trains a head with the same engine that trains methods.
   *
   * @param name name of the head
   * @param data what it is trained on, the evaluator's data or something derived from them
   * @param phase the training
   * @param functions functions of the head; graphs may call {@link Model#apply} of the frozen model
   * @return runs the functions of the trained head
   */
  Trained train(String name, Dataset data, TrainingPhase phase, List<ModelFunction> functions);

  /** A trained head. */
  interface Trained {
    /**
     * Applies a function of the head to every record of a split of the data that it was trained
     * with.
     *
     * @param function name of the function
     * @param split name of the split
     * @param output which output of the function
     * @return a row a record, in order
     */
    Matrix run(String function, String split, String output);

    /**
     * Prepares a function of the head for records that the caller feeds, a few at a time.
     *
     * @param function name of the function
     * @param inputs fields that it will be given, with the shape of one record
     * @return runs the function; the caller closes it
     */
    default Applied open(String function, List<Field> inputs) {
      throw new UnsupportedOperationException("this engine runs heads over whole splits only");
    }
  }
}
