package juxta.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A frozen model: named functions and the weights behind them. */
@API(status = API.Status.STABLE, since = "0.1")
public interface Model {
  /**
   * Names of its functions.
   *
   * @return the names
   */
  Set<String> functions();

  /**
   * Fields that a function takes.
   *
   * @param function name of the function
   * @return the fields, with the shape of one record as the method declares it
   * @throws UserException if the model lacks the function
   */
  List<Field> inputs(String function);

  /**
   * Builds a function into another graph, with weights that are not trained. All that is built into
   * one graph shares them, so a function may be built there more than once.
   *
   * @param function name of the function
   * @param scope root of that graph
   * @param batch the inputs, after the function's preparation if it has one
   * @return outputs by name
   * @throws UserException if the model lacks the function
   */
  Map<String, Operand<TFloat32>> apply(String function, GraphScope scope, Batch batch);

  /**
   * Builds a function into the graph of a head's training, with weights that start as the model's
   * and are trained further. The trained head's functions see them by {@link #apply}; the model
   * itself stays as it is.
   *
   * @param function name of the function
   * @param scope root of that graph
   * @param batch the inputs, after the function's preparation if it has one
   * @return outputs by name
   * @throws UserException if the model lacks the function, or it cannot be trained further; by
   *     default no function can
   */
  default Map<String, Operand<TFloat32>> tune(String function, GraphScope scope, Batch batch) {
    throw new UserException("the model's function '" + function + "' cannot be trained further");
  }
}
